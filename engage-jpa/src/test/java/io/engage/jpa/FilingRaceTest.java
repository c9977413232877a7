package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.message.FileName;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.Drafts;
import io.engage.spi.InboxStore;
import io.engage.spi.StaleVersion;
import io.engage.testkit.Sample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One node files into an inbox while another one drops it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("IN-14")
class FilingRaceTest {
  private final AtomicInteger entries = new AtomicInteger();

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_was_filed_just_before_its_inbox_went_is_in_the_heir(Dialect dialect) throws Exception {
    DataSource database = Databases.of(dialect);
    InboxStore other = shopIn(database);
    try (Connection open = transaction(database)) {
      JpaStorage.over(new Joined(database, open)).build().inboxes().commit(filing());

      CompletableFuture<Void> drop = CompletableFuture.runAsync(() -> other.commit(dropping()));
      await().until(() -> drop.isDone() || isAnybodyWaiting(database, dialect));
      open.commit();
      drop.join();
    }

    Conversation filed = other.conversations(List.of(ConversationId.of("late"))).get(0);
    assertThat(filed.inbox()).isEqualTo(Sample.sales().id());
    assertThat(filed.version()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void nothing_is_filed_into_an_inbox_that_is_just_going(Dialect dialect) throws Exception {
    DataSource database = Databases.of(dialect);
    InboxStore other = shopIn(database);
    CompletableFuture<Void> file;
    try (Connection open = transaction(database)) {
      JpaStorage.over(new Joined(database, open)).build().inboxes().commit(dropping());

      file = CompletableFuture.runAsync(() -> other.commit(filing()));
      await().until(() -> file.isDone() || isAnybodyWaiting(database, dialect));
      open.commit();
    }

    assertThatThrownBy(file::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StaleVersion.class);
    assertThat(other.conversations(List.of(ConversationId.of("late")))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_draft_that_was_begun_just_before_its_inbox_went_is_for_the_heir(Dialect dialect)
      throws Exception {
    DataSource database = Databases.of(dialect);
    InboxStore other = shopIn(database);
    try (Connection open = transaction(database)) {
      JpaStorage.over(new Joined(database, open)).build().drafts().save(draft());

      CompletableFuture<Void> drop = CompletableFuture.runAsync(() -> other.commit(dropping()));
      await().until(() -> drop.isDone() || isAnybodyWaiting(database, dialect));
      open.commit();
      drop.join();
    }

    assertThat(draftsIn(database).find(draft().id()))
        .contains(draft().in(Sample.sales().id()).withVersion(2));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void no_draft_is_saved_for_an_inbox_that_is_just_going(Dialect dialect) throws Exception {
    DataSource database = Databases.of(dialect);
    shopIn(database);
    Drafts other = draftsIn(database);
    CompletableFuture<Draft> save;
    try (Connection open = transaction(database)) {
      JpaStorage.over(new Joined(database, open)).build().inboxes().commit(dropping());

      save = CompletableFuture.supplyAsync(() -> other.save(draft()));
      await().until(() -> save.isDone() || isAnybodyWaiting(database, dialect));
      open.commit();
    }

    assertThatThrownBy(save::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StaleVersion.class);
    assertThat(other.find(draft().id())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("PO-6")
  void a_draft_that_is_discarded_as_an_editor_saves_it_needs_its_files_no_more(Dialect dialect)
      throws Exception {
    DataSource database = Databases.of(dialect);
    Drafts other = draftsIn(database);
    Draft begun = other.save(draft());
    try (Connection open = transaction(database)) {
      JpaStorage.over(new Joined(database, open)).build().drafts().save(withPhoto(begun));

      CompletableFuture<Void> discard = CompletableFuture.runAsync(() -> other.discard(begun.id()));
      await().until(() -> discard.isDone() || isAnybodyWaiting(database, dialect));
      open.commit();
      discard.join();
    }

    assertThat(other.find(begun.id())).isEmpty();
    assertThat(Rows.in(database, "engage_blob_use")).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Dialect.class, names = "POSTGRESQL")
  void two_nodes_file_into_one_inbox_without_waiting_for_each_other(Dialect dialect)
      throws Exception {
    DataSource database = Databases.of(dialect);
    InboxStore other = shopIn(database);
    try (Connection open = transaction(database)) {
      JpaStorage.over(new Joined(database, open)).build().inboxes().commit(filing());

      other.commit(change().conversations(List.of(Sample.conversation("meanwhile"))).build());

      assertThat(other.conversations(List.of(ConversationId.of("meanwhile")))).hasSize(1);
      open.rollback();
    }
  }

  private InboxStore shopIn(DataSource database) {
    InboxStore store = JpaStorage.over(database).build().inboxes();
    store.commit(change().inbox(Sample.workshop()).inbox(Sample.sales()).build());
    return store;
  }

  private static Drafts draftsIn(DataSource database) {
    return JpaStorage.over(database).build().drafts();
  }

  private static Draft draft() {
    return new Draft(
        DraftId.of("begun"),
        Draft.Kind.NEW,
        Sample.workshop().id(),
        null,
        null,
        null,
        Sample.clara().id(),
        Draft.Seen.NOTHING,
        Composition.empty(),
        Sample.MONDAY,
        0);
  }

  private static Draft withPhoto(Draft draft) {
    Composition.File photo =
        new Composition.File(
            FileName.of("strap.jpg"), "image/jpeg", Sample.blob("photo"), "photo@shop");
    return draft.withContent(
        new Composition(
            List.of(), List.of(), List.of(), "Strap", "Hello", null, true, false, List.of(photo)),
        Sample.MONDAY);
  }

  private InboxChange filing() {
    return change().conversations(List.of(Sample.conversation("late"))).build();
  }

  private InboxChange dropping() {
    return change().dropInbox(Sample.workshop().id(), Sample.sales().id()).build();
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

  private static Connection transaction(DataSource database) throws SQLException {
    Connection connection = database.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static boolean isAnybodyWaiting(DataSource database, Dialect dialect) {
    String waiting =
        dialect == Dialect.H2
            ? "select 1 from information_schema.sessions where blocker_id is not null"
            : "select 1 from pg_locks where not granted";
    return !new Database(new DataSourceTransactions(database), dialect, "engage_")
        .ask(session -> session.list(waiting, row -> 1))
        .isEmpty();
  }
}
