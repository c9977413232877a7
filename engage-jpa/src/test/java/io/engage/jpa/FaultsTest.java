package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.FaultyDatabase.Fault;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.mailbox.LedgerMove;
import io.engage.spi.EngageException;
import io.engage.spi.PortFailure;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in the database, at each step of a commit in turn. */
@Tag("PO-2")
@Tag("G-8")
class FaultsTest {
  private static final Fault LOST = new Fault("08006", true, false);
  private static final Fault LOST_AFTERWARDS = new Fault("08006", true, true);
  private static final Fault DEADLOCK = new Fault("40P01", false, false);
  private static final Fault NOT_SERIALIZABLE = new Fault("40001", false, false);
  private static final Fault DISK_FULL = new Fault("53100", false, false);
  private static final Fault TOO_SLOW = new Fault("57014", false, false);

  private DataSource database;
  private FaultyDatabase faulty;
  private Storage storage;
  private int changes;

  private void open(Dialect dialect) {
    database = dialect == Dialect.H2 ? Databases.h2() : Databases.postgresql();
    Schema.over(database, Prefix.USUAL).update();
    faulty = new FaultyDatabase(database);
    storage = JpaStorage.over(faulty.connections()).schema(SchemaMode.NONE).build();
    storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .inbox(Sample.workshop())
                .audit(List.of(Sample.entry("entry-0", AuditSubject.NONE, completed())))
                .build());
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_fails_in_the_middle_leaves_nothing_and_goes_well_the_next_time(Dialect dialect) {
    open(dialect);
    int steps = stepsOfCommit();

    for (Fault fault : List.of(LOST, DISK_FULL, TOO_SLOW)) {
      for (int step = 1; step <= steps; step++) {
        Map<String, Long> before = Rows.ofEngage(database);
        InboxChange change = change();

        Optional<EngageException> told = commit(change, step, fault);

        assertThat(told)
            .as("%s at step %d", fault, step)
            .containsInstanceOf(PortFailure.class)
            .hasValueSatisfying(
                each -> {
                  assertThat(((PortFailure) each).isRetryable()).isTrue();
                  assertThat(each).hasMessageNotContaining("Ana").hasNoCause();
                });
        assertThat(Rows.ofEngage(database)).as("%s at step %d", fault, step).isEqualTo(before);
        storage.inboxes().commit(change);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_the_database_asks_to_try_again_is_tried_again(Dialect dialect) {
    open(dialect);
    int steps = stepsOfCommit();

    for (Fault fault : List.of(DEADLOCK, NOT_SERIALIZABLE)) {
      for (int step = 1; step <= steps; step++) {
        long before = Rows.in(database, "engage_conversation");

        Optional<EngageException> told = commit(change(), step, fault);

        assertThat(told).as("%s at step %d", fault, step).isEmpty();
        assertThat(Rows.in(database, "engage_conversation")).isEqualTo(before + 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_was_committed_as_the_connection_went_is_not_stored_twice(Dialect dialect) {
    open(dialect);
    int steps = stepsOfCommit();
    InboxChange change = change();
    Map<String, Long> before = Rows.ofEngage(database);

    Optional<EngageException> told = commit(change, steps, LOST_AFTERWARDS);

    Map<String, Long> after = Rows.ofEngage(database);
    assertThat(told)
        .hasValueSatisfying(
            each -> assertThat(each).hasMessageContaining("Whether it was stored is seen"));
    assertThat(after).isNotEqualTo(before);
    assertThatThrownBy(() -> storage.inboxes().commit(change)).isInstanceOf(StaleVersion.class);
    assertThat(Rows.ofEngage(database)).isEqualTo(after);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_is_in_the_way_for_good_is_told(Dialect dialect) {
    open(dialect);
    Rows.execute(database, "create table till (id varchar(40) primary key)");
    Database tables =
        new Database(new DataSourceTransactions(faulty.connections()), dialect, Prefix.USUAL);
    faulty.recover();

    assertThatThrownBy(
            () ->
                tables.changeApart(
                    session -> {
                      session.update("insert into till values ('till-1')");
                      throw new SQLException("Ana's hat", "40001");
                    }))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("again and again");

    assertThat(Rows.in(database, "till")).isZero();
    assertThat(faulty.steps()).isEqualTo(5);
  }

  @Test
  void a_pool_without_a_connection_to_spare_is_called_so() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:one-connection");
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(250);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Database tables = new Database(new DataSourceTransactions(pool), Dialect.H2, Prefix.USUAL);

      try (Connection kept = pool.getConnection()) {
        assertThat(kept.isClosed()).isFalse();
        assertThatThrownBy(() -> tables.ask(session -> session.list("select 1", row -> 1)))
            .isInstanceOfSatisfying(
                PortFailure.class, failure -> assertThat(failure.isRetryable()).isTrue())
            .hasMessageContaining("Give its pool more connections");
      }
    }
  }

  private int stepsOfCommit() {
    InboxChange change = change();
    faulty.recover();
    storage.inboxes().commit(change);
    int steps = faulty.steps();
    assertThat(steps).isGreaterThan(2);
    return steps;
  }

  private Optional<EngageException> commit(InboxChange change, int step, Fault fault) {
    faulty.failAt(step, fault);
    try {
      storage.inboxes().commit(change);
      return Optional.empty();
    } catch (EngageException told) {
      return Optional.of(told);
    } finally {
      assertThat(faulty.hasFailed()).as("%s at step %d happened", fault, step).isTrue();
    }
  }

  /** Of everything something new. */
  private InboxChange change() {
    int number = ++changes;
    String conversation = "conversation-" + number;
    String message = "message-" + number;
    return InboxChange.builder()
        .conversations(List.of(Sample.conversation(conversation)))
        .messages(List.of(Sample.mail(message, conversation)))
        .ledgerMoves(List.of(new LedgerMove(null, Sample.imported(number, message))))
        .outbox(List.of(Sample.markSeen("outbox-" + number, Sample.MONDAY)))
        .audit(List.of(Sample.entry("entry-" + number, AuditSubject.NONE, completed())))
        .build();
  }

  private static AuditFact completed() {
    return new AuditFact.Completed();
  }
}
