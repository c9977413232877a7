package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.auditing.FoundLink;
import io.engage.core.auditing.Verifying;
import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.audit.AuditVerdict.Broken;
import io.engage.model.audit.AuditVerdict.Damage;
import io.engage.model.audit.AuditVerdict.Intact;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many commit to one database, somebody dies, somebody tampers: what the chain says of it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("WK-10")
@Tag("PO-2")
class AuditChainTest {
  private static final int COMMITS = 25;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void while_eight_commit_on_two_nodes_and_two_look_the_chain_only_grows(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    List<Storage> nodes = List.of(storage(database), storage(database));
    AtomicInteger worker = new AtomicInteger();

    Race.run(
        10,
        () -> {
          int me = worker.getAndIncrement();
          return me < 8 ? commitMany(nodes.get(me % 2), "worker" + me) : watch(nodes.get(me % 2));
        });

    List<AuditLink> chain = chain(nodes.get(0));
    assertThat(verdict(chain)).isEqualTo(new Intact(chain.get(8 * 2 * COMMITS - 1).anchor()));
    for (int each = 0; each < 8; each++) {
      String mine = "worker" + each + "-";
      assertThat(idsIn(chain).stream().filter(id -> id.startsWith(mine)).toList())
          .isEqualTo(IntStream.range(0, 2 * COMMITS).mapToObj(i -> mine + i).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_is_committed_later_stands_later_also_when_it_was_written_before(Dialect dialect)
      throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage node = storage(database);
    try (Connection open = database.getConnection()) {
      open.setAutoCommit(false);
      Storage host = JpaStorage.over(new Joined(database, open)).build();
      commit(host, "slow");
      commit(node, "fast");

      List<AuditLink> before = chain(host);
      open.commit();

      assertThat(idsIn(before)).containsExactly("fast");
    }
    assertThat(idsIn(chain(node))).containsExactly("fast", "slow");
    assertThat(verdict(chain(node))).isInstanceOf(Intact.class);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void whoever_dies_while_sealing_leaves_the_chain_to_the_next(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    FaultyDatabase faulty = new FaultyDatabase(database);
    Storage node = storage(database);
    Storage dying = JpaStorage.over(faulty.connections()).build();
    int committed = 0;
    int deaths = 0;
    for (int step = 1; step <= 8; step++) {
      commit(node, "first" + step);
      commit(node, "second" + step);
      committed += 2;
      faulty.failAt(step, new FaultyDatabase.Fault("08006", true, false));

      deaths += dies(dying) ? 1 : 0;

      faulty.recover();
      assertThat(verdict(chain(node)))
          .isEqualTo(new Intact(chain(node).get(committed - 1).anchor()));
    }
    assertThat(deaths).isGreaterThanOrEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void an_entry_that_somebody_changed_in_the_database_is_found(Dialect dialect)
      throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage node = sealedChain(database);

    tamper(
        database,
        "update engage_audit set body = replace(body, '\"priority\":3', '\"priority\":4')"
            + " where id = 'e3'");

    assertThat(verdict(chain(node)))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.place()).isEqualTo(3);
              assertThat(broken.damage()).isEqualTo(Damage.CHANGED);
            });
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void an_entry_that_somebody_removed_from_the_database_is_missed(Dialect dialect)
      throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage node = sealedChain(database);

    tamper(database, "delete from engage_audit where id = 'e3'");

    assertThat(verdict(chain(node)))
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.place()).isEqualTo(3);
              assertThat(broken.damage()).isEqualTo(Damage.MISSING);
            });
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_is_written_behind_an_end_that_was_cut_off_does_not_hide_it(Dialect dialect)
      throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage node = sealedChain(database);

    tamper(database, "delete from engage_audit_seal where place > 4");
    commit(node, "later");

    assertThat(verdict(chain(node)))
        .isInstanceOfSatisfying(Broken.class, broken -> assertThat(broken.place()).isEqualTo(5));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_body_that_is_no_entry_any_more_is_said_without_its_words(Dialect dialect)
      throws SQLException {
    DataSource database = Databases.of(dialect);
    Storage node = sealedChain(database);

    tamper(database, "update engage_audit set body = 'ana@example.com' where id = 'e3'");

    assertThatThrownBy(() -> chain(node))
        .hasMessageContaining("changed from outside")
        .hasMessageNotContaining("ana")
        .hasNoCause();
  }

  private static boolean commitMany(Storage node, String name) {
    for (int i = 0; i < COMMITS; i++) {
      commit(node, name + "-" + 2 * i, name + "-" + (2 * i + 1));
    }
    return true;
  }

  /** What was seen of the chain once is always seen again. */
  private static boolean watch(Storage node) {
    List<AuditLink> seen = List.of();
    for (int i = 0; i < COMMITS; i++) {
      List<AuditLink> now = chain(node);
      assertThat(now.subList(0, Math.min(seen.size(), now.size()))).isEqualTo(seen);
      assertThat(verdict(now).isIntact()).isTrue();
      seen = now;
    }
    return true;
  }

  private static boolean dies(Storage dying) {
    try {
      chain(dying);
      return false;
    } catch (PortFailure failed) {
      return true;
    }
  }

  private static Storage sealedChain(DataSource database) {
    Storage node = storage(database);
    IntStream.rangeClosed(1, 6).forEach(i -> commit(node, "e" + i));
    assertThat(verdict(chain(node))).isInstanceOf(Intact.class);
    return node;
  }

  private static void tamper(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection()) {
      assertThat(connection.createStatement().executeUpdate(sql)).isPositive();
    }
  }

  private static Storage storage(DataSource database) {
    return JpaStorage.over(database).build();
  }

  private static void commit(Storage node, String... ids) {
    node.inboxes()
        .commit(
            InboxChange.builder()
                .audit(List.of(ids).stream().map(AuditChainTest::entry).toList())
                .build());
  }

  private static AuditEntry entry(String id) {
    return Sample.entry(id, AuditSubject.NONE, new AuditFact.PriorityChanged(3));
  }

  private static List<AuditLink> chain(Storage node) {
    return node.audit().chainAfter(0, Integer.MAX_VALUE);
  }

  private static List<String> idsIn(List<AuditLink> chain) {
    return chain.stream().map(link -> link.entry().id().value()).toList();
  }

  private static AuditVerdict verdict(List<AuditLink> chain) {
    return Verifying.decide(
        AuditAnchor.START, chain.stream().map(FoundLink::of).iterator(), List.of());
  }
}
