package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.EngageException;
import io.engage.spi.InboxStore;
import io.engage.spi.PortFailure;
import io.engage.spi.StaleVersion;
import io.engage.testkit.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A host whose own transactions see but what was there when they began. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class StricterHostTest {
  private final AtomicInteger entries = new AtomicInteger();

  static Stream<Arguments> strict() {
    return Stream.of(Dialect.values())
        .flatMap(
            dialect ->
                Stream.of(
                    Arguments.of(dialect, Connection.TRANSACTION_REPEATABLE_READ),
                    Arguments.of(dialect, Connection.TRANSACTION_SERIALIZABLE)));
  }

  @ParameterizedTest
  @MethodSource("strict")
  void what_somebody_else_has_changed_meanwhile_is_refused_as_a_whole_and_goes_well_later(
      Dialect dialect, int isolation) throws SQLException {
    DataSource database = Databases.of(dialect);
    InboxStore other = JpaStorage.over(database).build().inboxes();
    commit(other, change().inbox(Sample.workshop()).inbox(Sample.sales()));
    commit(other, change().conversations(List.of(Sample.conversation("c1"))));
    Conversation read = conversation(other, "c1");
    try (Connection open = transaction(database, isolation)) {
      InboxStore host = JpaStorage.over(new Joined(database, open)).build().inboxes();
      host.inboxes();
      commit(other, change().conversations(List.of(read)));

      EngageException refused =
          catchThrowableOfType(
              EngageException.class,
              () -> commit(host, change().conversations(List.of(Sample.conversation("c2"), read))));

      assertThat(refused)
          .satisfies(
              each ->
                  assertThat(each instanceof StaleVersion || ((PortFailure) each).isRetryable())
                      .isTrue());
      open.commit();
    }
    assertThat(other.conversations(List.of(ConversationId.of("c2")))).isEmpty();
    commit(
        other,
        change().conversations(List.of(Sample.conversation("c2"), conversation(other, "c1"))));
  }

  @ParameterizedTest
  @MethodSource("strict")
  void nothing_is_filed_into_an_inbox_that_somebody_else_has_removed_meanwhile(
      Dialect dialect, int isolation) throws SQLException {
    DataSource database = Databases.of(dialect);
    InboxStore other = JpaStorage.over(database).build().inboxes();
    commit(other, change().inbox(Sample.workshop()).inbox(Sample.sales()));
    try (Connection open = transaction(database, isolation)) {
      InboxStore host = JpaStorage.over(new Joined(database, open)).build().inboxes();
      host.inboxes();
      commit(other, change().dropInbox(Sample.workshop().id(), Sample.sales().id()));

      assertThatThrownBy(
              () -> commit(host, change().conversations(List.of(Sample.conversation("late")))))
          .isInstanceOf(EngageException.class);

      open.commit();
    }
    assertThat(other.conversations(List.of(ConversationId.of("late")))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("strict")
  void an_inbox_is_not_removed_by_whoever_does_not_see_what_is_filed_into_it(
      Dialect dialect, int isolation) throws SQLException {
    DataSource database = Databases.of(dialect);
    InboxStore other = JpaStorage.over(database).build().inboxes();
    commit(other, change().inbox(Sample.workshop()).inbox(Sample.sales()));
    try (Connection open = transaction(database, isolation)) {
      InboxStore host = JpaStorage.over(new Joined(database, open)).build().inboxes();
      host.inboxes();
      commit(other, change().conversations(List.of(Sample.conversation("meanwhile"))));

      assertThatThrownBy(
              () -> commit(host, change().dropInbox(Sample.workshop().id(), Sample.sales().id())))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("READ COMMITTED");

      open.commit();
    }
    assertThat(conversation(other, "meanwhile").inbox()).isEqualTo(Sample.workshop().id());
    assertThat(other.inboxes()).hasSize(2);
  }

  private InboxChange.Builder change() {
    return InboxChange.builder()
        .audit(
            List.of(
                Sample.entry(
                    "entry" + entries.incrementAndGet(),
                    AuditSubject.NONE,
                    new AuditFact.Completed())));
  }

  private static void commit(InboxStore store, InboxChange.Builder change) {
    store.commit(change.build());
  }

  private static Conversation conversation(InboxStore store, String id) {
    return store.conversations(List.of(ConversationId.of(id))).get(0);
  }

  private static Connection transaction(DataSource database, int isolation) throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(isolation);
    return connection;
  }
}
