package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.engage.jpa.FaultyDatabase.Fault;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Person;
import io.engage.model.message.Delivery;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in the database while lists are asked for, at each step in turn. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("G-8")
class FaultsOfReadsTest {
  private static final Page.Request PAGE = Page.Request.first(5);
  private static final ConversationId ANAS = ConversationId.of("c1");
  private static final List<Fault> FAULTS =
      List.of(
          new Fault("08006", true, false),
          new Fault("57014", false, false),
          new Fault("40001", false, false));

  private static List<Function<Storage, Object>> questions() {
    ConversationFilter searching = ConversationFilter.open().searching("strap watch");
    return List.of(
        storage -> storage.search().find(ConversationFilter.all(), PAGE),
        storage -> storage.search().find(searching, PAGE),
        storage -> storage.search().sms(List.of(PhoneNumber.of("+14155550101"))),
        storage -> storage.search().numbered(List.of(ConversationNumber.of(ANAS))),
        storage -> storage.search().naming(List.of(RfcMessageId.of("root@x.example"))),
        storage -> storage.search().messagesIn(List.of(ANAS)),
        storage -> storage.search().newestIn(ANAS, PAGE),
        storage ->
            storage
                .search()
                .historyOf(List.of(Sample.ana().id()), List.of(Sample.workshop().id()), null, PAGE),
        storage -> storage.inboxes().messagesOf(ANAS, PAGE),
        storage ->
            storage.outbox().messages(List.of(Sample.workshop().id()), Set.of(Delivery.SENT), PAGE),
        storage -> storage.persons().conversations(Person.of(Sample.ana().id()), null, 5),
        storage -> storage.persons().besides(List.of(ANAS)),
        storage -> storage.persons().messagesOf(ANAS, null, 5),
        storage -> storage.persons().drafts(Person.of(Sample.ana().id()), null, 5),
        storage -> storage.persons().usesOf(List.of(Sample.blob("m1").digest()), List.of()),
        storage -> storage.persons().owedFor(List.of(MessageId.of("m1"))),
        storage -> storage.persons().olderThan(Sample.workshop().id(), Instant.MAX, PAGE));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_question_that_fails_says_so_keeps_no_connection_and_is_answered_the_next_time(
      Dialect dialect) {
    DataSource database = dialect == Dialect.H2 ? Databases.h2() : Databases.postgresql();
    fill(JpaStorage.over(database).build());
    FaultyDatabase faulty = new FaultyDatabase(database);
    try (HikariDataSource single = single(faulty.connections())) {
      Storage storage = JpaStorage.over(single).schema(SchemaMode.NONE).build();

      for (Function<Storage, Object> question : questions()) {
        faulty.recover();
        Object answer = question.apply(storage);
        int steps = faulty.steps();
        assertThat(steps).isPositive();

        for (Fault fault : FAULTS) {
          for (int step = 1; step <= steps; step++) {
            faulty.failAt(step, fault);

            assertThatThrownBy(() -> question.apply(storage))
                .as("%s at step %d", fault, step)
                .isInstanceOfSatisfying(
                    PortFailure.class, told -> assertThat(told.isRetryable()).isTrue())
                .hasMessageNotContaining("strap")
                .hasNoCause();
            assertThat(question.apply(storage)).isEqualTo(answer);
          }
        }
      }
    }
  }

  /** Whoever keeps its only connection keeps everybody else out. */
  private static HikariDataSource single(DataSource database) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private static void fill(Storage storage) {
    storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .inbox(Sample.workshop())
                .conversations(Stream.of("c1", "c2", "c3").map(Sample::conversation).toList())
                .messages(List.of(Sample.mail("m1", "c1"), Sample.mail("m2", "c1")))
                .audit(List.of(Sample.entry("e1", AuditSubject.NONE, new AuditFact.Completed())))
                .build());
  }
}
