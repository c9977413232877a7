package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.EventQueue;
import io.engage.spi.InboxStore;
import io.engage.spi.Leases;
import io.engage.spi.StaleVersion;
import io.engage.testkit.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host with transactions of its own may count on. */
@Tag("PO-2")
abstract class HostContract {
  private final List<Host> hosts = new ArrayList<>();
  private DataSource database;
  private Host host;
  private JpaStorage storage;

  abstract Host over(DataSource connections);

  private void open(Dialect dialect) {
    database = dialect == Dialect.H2 ? Databases.h2() : Databases.postgresql();
    Rows.execute(database, "create table sale (id varchar(40) primary key)");
    host = over(database);
    hosts.add(host);
    storage = JpaStorage.over(host.transactions()).build();
    commit(InboxChange.builder().inbox(Sample.workshop()), "entry-0");
  }

  @AfterEach
  void close() {
    hosts.forEach(Host::close);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_the_host_and_engage_store_is_committed_together(Dialect dialect) {
    open(dialect);

    host.inTransaction(
        () -> {
          host.sell("sale-1");
          keep("c1", "entry-1");
          assertThat(seenByOthers("c1")).isEmpty();
        });

    assertThat(seenByOthers("c1")).hasSize(1);
    assertThat(Rows.in(database, "sale")).isOne();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_the_host_rolls_back_leaves_nothing(Dialect dialect) {
    open(dialect);
    Map<String, Long> before = Rows.ofEngage(database);

    assertThatThrownBy(
            () ->
                host.inTransaction(
                    () -> {
                      host.sell("sale-1");
                      keep("c1", "entry-1");
                      throw new IllegalArgumentException("The till is closed");
                    }))
        .hasMessage("The till is closed");

    assertThat(Rows.ofEngage(database)).isEqualTo(before);
    assertThat(Rows.in(database, "sale")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_transaction_that_the_host_marks_as_failed_leaves_nothing(Dialect dialect) {
    open(dialect);
    Map<String, Long> before = Rows.ofEngage(database);

    host.inSpoiledTransaction(
        () -> {
          host.sell("sale-1");
          keep("c1", "entry-1");
        });

    assertThat(Rows.ofEngage(database)).isEqualTo(before);
    assertThat(Rows.in(database, "sale")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void engage_sees_in_the_transaction_what_it_stored_there(Dialect dialect) {
    open(dialect);
    List<Conversation> seen = new ArrayList<>();

    host.inTransaction(
        () -> {
          keep("c1", "entry-1");
          seen.addAll(conversations("c1"));
        });

    assertThat(seen).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_change_that_is_refused_leaves_the_transaction_usable(Dialect dialect) {
    open(dialect);
    keep("c1", "entry-1");

    host.inTransaction(
        () -> {
          host.sell("sale-1");
          keep("c2", "entry-2");
          assertThatThrownBy(() -> keep("c1", "entry-3")).isInstanceOf(StaleVersion.class);
          keep("c3", "entry-4");
          host.sell("sale-2");
        });

    assertThat(seenByOthers("c2")).hasSize(1);
    assertThat(seenByOthers("c3")).hasSize(1);
    assertThat(Rows.in(database, "sale")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void of_a_change_that_the_database_refuses_nothing_stays_in_the_transaction(Dialect dialect) {
    open(dialect);
    Rows.execute(database, "create table till (id varchar(40) primary key)");
    Database tables = new Database(host.transactions(), dialect, Prefix.USUAL);

    host.inTransaction(
        () -> {
          host.sell("sale-1");
          assertThatThrownBy(
                  () ->
                      tables.change(
                          session ->
                              session.update("insert into till values ('till-1')")
                                  + session.update("insert into till values ('till-1')")))
              .isInstanceOf(StaleVersion.class);
          tables.change(session -> session.update("insert into till values ('till-2')"));
        });

    assertThat(Rows.in(database, "till")).isOne();
    assertThat(Rows.in(database, "sale")).isOne();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void without_a_transaction_of_the_host_engage_makes_one(Dialect dialect) {
    open(dialect);

    keep("c1", "entry-1");

    assertThat(seenByOthers("c1")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whoever_waits_for_the_end_is_woken_when_it_can_be_seen(Dialect dialect) {
    open(dialect);
    List<Integer> seen = new ArrayList<>();

    host.inTransaction(
        () -> {
          keep("c1", "entry-1");
          host.transactions().afterCommit(() -> seen.add(seenByOthers("c1").size()));
          assertThat(seen).isEmpty();
        });
    host.inTransaction(() -> keep("c2", "entry-2"));

    assertThat(seen).containsExactly(1);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void it_is_known_whether_the_host_may_still_take_everything_back(Dialect dialect) {
    open(dialect);
    List<Boolean> seen = new ArrayList<>();
    EventQueue events = storage.events();

    host.inTransaction(() -> seen.add(events.isHostsTransactionOpen()));

    assertThat(seen).containsExactly(true);
    assertThat(events.isHostsTransactionOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nobody_is_woken_by_what_is_rolled_back(Dialect dialect) {
    open(dialect);
    List<String> woken = new ArrayList<>();

    host.inSpoiledTransaction(
        () -> {
          keep("c1", "entry-1");
          host.transactions().afterCommit(() -> woken.add("c1"));
        });
    host.inTransaction(() -> keep("c2", "entry-2"));

    assertThat(woken).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void without_a_transaction_of_the_host_there_is_nothing_to_wait_for(Dialect dialect) {
    open(dialect);
    List<String> woken = new ArrayList<>();

    host.transactions().afterCommit(() -> woken.add("c1"));

    assertThat(woken).containsExactly("c1");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_lease_is_durable_whatever_becomes_of_the_transaction(Dialect dialect) {
    open(dialect);
    List<Leases.Lease> held = new ArrayList<>();

    host.inSpoiledTransaction(() -> held.add(lease("node-1").orElseThrow()));

    assertThat(held).hasSize(1);
    assertThat(lease("node-2")).isEmpty();
  }

  /** Hibernate then takes it back without a word, the others say so. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_transaction_of_which_more_is_gone_than_was_refused_cannot_be_committed(Dialect dialect) {
    open(dialect);

    try {
      host.inTransaction(
          () -> {
            host.sell("sale-1");
            keep("c1", "entry-1");
            host.transactions().refuseCommit();
          });
    } catch (RuntimeException toldSo) {
      assertThat(toldSo).isNotInstanceOf(StaleVersion.class);
    }

    assertThat(seenByOthers("c1")).isEmpty();
    assertThat(Rows.in(database, "sale")).isZero();
  }

  private Optional<Leases.Lease> lease(String owner) {
    return storage.leases().acquire("mailbox", owner, Sample.MONDAY, Sample.MONDAY.plusSeconds(60));
  }

  private void keep(String conversation, String entry) {
    commit(InboxChange.builder().conversations(List.of(Sample.conversation(conversation))), entry);
  }

  private void commit(InboxChange.Builder change, String entry) {
    storage
        .inboxes()
        .commit(
            change
                .audit(List.of(Sample.entry(entry, AuditSubject.NONE, new AuditFact.Completed())))
                .build());
  }

  private List<Conversation> conversations(String id) {
    return storage.inboxes().conversations(List.of(ConversationId.of(id)));
  }

  /** On a thread that is in no transaction. */
  private List<Conversation> seenByOthers(String id) {
    InboxStore inboxes = storage.inboxes();
    return CompletableFuture.supplyAsync(
            () -> inboxes.conversations(List.of(ConversationId.of(id))))
        .join();
  }
}
