package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Member;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.PortFailure;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holds for the tables of each database. */
@Tag("PO-2")
abstract class SchemaContract {
  private static final String PREFIX = "engage_";

  private final DataSource database = empty();

  abstract DataSource empty();

  abstract Dialect dialect();

  private List<String> names() {
    return Migrations.of(dialect()).stream().map(Migration::name).toList();
  }

  @Test
  void an_empty_database_is_brought_up_once() {
    Schema schema = Schema.over(database, PREFIX);

    List<String> applied = schema.update();

    assertThat(applied).isEqualTo(names());
    assertThat(schema.update()).isEmpty();
    assertThat(schema.problems()).isEmpty();
  }

  @Test
  void a_storage_refuses_tables_that_are_not_there_when_it_is_to_validate() {
    assertThatThrownBy(() -> JpaStorage.over(database).schema(SchemaMode.VALIDATE).build())
        .isInstanceOfSatisfying(
            PortFailure.class, failure -> assertThat(failure.isRetryable()).isFalse())
        .hasMessageContaining("migration 1, 'conversations'");
  }

  @Test
  void two_prefixes_live_beside_each_other() {
    JpaStorage repairs = JpaStorage.over(database).prefix("repairs_").build();
    JpaStorage sales = JpaStorage.over(database).prefix("sales_").build();
    Instant now = Instant.parse("2026-03-02T09:00:00Z");

    repairs.leases().acquire("mailbox", "node-1", now, now.plusSeconds(60));

    assertThat(sales.leases().acquire("mailbox", "node-2", now, now.plusSeconds(60))).isPresent();
    assertThat(repairs.leases().acquire("mailbox", "node-2", now, now.plusSeconds(60))).isEmpty();
  }

  @Test
  void nodes_that_start_at_once_bring_up_the_tables_together() {
    List<JpaStorage> storages = Race.run(6, () -> JpaStorage.over(database).build());

    assertThat(storages).hasSize(6);
    assertThat(Schema.over(database, PREFIX).problems()).isEmpty();
  }

  @Test
  void what_was_cut_short_is_gone_on_with() throws SQLException {
    Schema schema = Schema.over(database, PREFIX);
    schema.update();
    execute("delete from engage_migration where number >= 2");
    MigrationCheck.tablesOf(Migrations.of(dialect()).stream().skip(1).toList()).forEach(this::drop);
    for (String counted : List.of("outbox_token", "recipient_token", "blob_content")) {
      execute("drop sequence engage_" + counted);
    }
    undoQueueColumns();

    List<String> applied = schema.update();

    assertThat(applied).isEqualTo(names().subList(1, names().size()));
    assertThat(schema.problems()).isEmpty();
  }

  private void undoQueueColumns() throws SQLException {
    execute("drop index engage_conversation_queue");
    execute("drop index if exists engage_conversation_completed");
    for (String added :
        List.of(
            "queue_state",
            "waiting_since",
            "place",
            "offered_to",
            "offered_at",
            "offered_until",
            "taken_at")) {
      execute("alter table engage_conversation drop column " + added);
    }
  }

  @Test
  @Tag("DI-1")
  void members_of_inboxes_that_were_stored_before_are_found() throws SQLException {
    JpaStorage storage = JpaStorage.over(database).build();
    AgentId ben = AgentId.of("Bén \"b\" \\n 😀 {}");
    for (Inbox each :
        List.of(
            having("sales", AgentId.of("clara"), ben),
            having("repairs", ben),
            having("alone"),
            having("old", ben))) {
      commit(storage, each.id().value(), InboxChange.builder().inbox(each));
    }
    commit(
        storage,
        "dropped",
        InboxChange.builder().dropInbox(InboxId.of("old"), InboxId.of("sales")));
    execute("delete from engage_migration where number >= 9");
    undoQueueColumns();
    drop("engage_member");
    drop("engage_heartbeat");

    Schema.over(database, PREFIX).update();

    assertThat(storage.inboxes().inboxesOf(List.of(ben)))
        .extracting(each -> each.id().value())
        .containsExactlyInAnyOrder("sales", "repairs");
    assertThat(storage.inboxes().inboxesOf(List.of(AgentId.of("clara"))))
        .extracting(each -> each.id().value())
        .containsExactly("sales");
  }

  private static void commit(JpaStorage storage, String entry, InboxChange.Builder change) {
    AuditFact fact = new AuditFact.InboxConfigured("an inbox", List.of("members"));
    storage
        .inboxes()
        .commit(change.audit(List.of(Sample.entry(entry, AuditSubject.NONE, fact))).build());
  }

  private static Inbox having(String id, AgentId... members) {
    List<Member> all = Stream.of(members).map(each -> new Member(each, 0)).toList();
    return Inbox.of(id, id, id + "@shop.example", AccountId.of("shop"))
        .withSettings(InboxSettings.usual().change().members(all).build());
  }

  @Test
  void tables_of_a_newer_engage_are_left_alone() throws SQLException {
    Schema schema = Schema.over(database, PREFIX);
    schema.update();
    execute("insert into engage_migration (number, name, checksum) values (999, 'tills', 'x')");

    assertThat(schema.problems())
        .singleElement()
        .asString()
        .contains("migration 999, 'tills', of a newer Engage");
    assertThatThrownBy(() -> JpaStorage.over(database).build())
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("Run the newer program");
  }

  @Test
  void a_migration_whose_text_was_changed_is_told() throws SQLException {
    Schema schema = Schema.over(database, PREFIX);
    schema.update();
    execute("update engage_migration set checksum = 'other' where number = 1");

    assertThat(schema.problems()).singleElement().asString().contains("another text");
    assertThatThrownBy(schema::update)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("Migration 1, 'conversations'");
  }

  @Test
  void a_table_that_somebody_dropped_is_named() throws SQLException {
    Schema schema = Schema.over(database, PREFIX);
    schema.update();
    drop("engage_lease");

    List<String> problems = schema.problems();

    assertThat(problems).containsExactly("There is no table 'engage_lease' in the schema in use.");
    assertThatThrownBy(schema::update)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("engage_lease");
  }

  @Test
  void a_storage_leaves_tables_alone_that_are_the_hosts_business() {
    JpaStorage.over(database).schema(SchemaMode.NONE).build();

    assertThat(Schema.over(database, PREFIX).problems()).isNotEmpty();
  }

  @Test
  void printed_scripts_bring_up_tables_that_are_found_valid() throws SQLException {
    for (Schema.Script each : Schema.scripts(dialect(), "crm_")) {
      execute(each.sql());
    }

    JpaStorage storage =
        JpaStorage.over(database).prefix("crm_").schema(SchemaMode.VALIDATE).build();

    Instant now = Instant.parse("2026-03-02T09:00:00Z");
    assertThat(storage.leases().acquire("mailbox", "node-1", now, now.plusSeconds(60)))
        .map(lease -> Optional.of(lease.token()))
        .isPresent();
    assertThat(Schema.over(database, "crm_").update()).isEmpty();
  }

  @Test
  void printed_scripts_are_named_as_flyway_wants_them() {
    assertThat(Schema.scripts(dialect(), PREFIX))
        .extracting(Schema.Script::fileName)
        .startsWith("V1__conversations.sql", "V2__working.sql");
  }

  private void drop(String table) {
    try {
      execute("drop table " + table);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
