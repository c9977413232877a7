package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.InboxChange.Drop;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.BlobUse;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.Drafts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row for each draft. */
final class DraftTable implements Drafts, Part {
  private static final StoredForm<Draft> FORM = StoredForm.of(Draft.class);

  private static final VersionedRows<Draft> ROWS =
      VersionedRows.of(
              "engage_draft",
              "draft",
              new VersionedRows.Key<Draft>(each -> each.id().value(), Draft::version))
          .column("inbox", each -> each.inbox().value())
          .column("conversation", DraftTable::conversationOf)
          .column("author", each -> each.author().value())
          .column("changed_at", Draft::changedAt)
          .body(FORM);

  private final Database database;

  DraftTable(Database database) {
    this.database = database;
  }

  @Override
  public Draft save(Draft draft) {
    return database.change(
        session -> {
          InboxTable.hold(session, draft.inbox());
          ROWS.store(session, List.of(draft));
          BlobUses.forget(session, List.of(user(draft.id())));
          BlobUses.add(session, List.of(new BlobUses.User(user(draft.id()), BlobUse.of(draft))));
          return draft.withVersion(draft.version() + 1);
        });
  }

  private static @Nullable String conversationOf(Draft draft) {
    ConversationId conversation = draft.conversation();
    return conversation == null ? null : conversation.value();
  }

  @Override
  public Optional<Draft> find(DraftId id) {
    return database.ask(
        session ->
            session.first(
                "select version, inbox, form, body from engage_draft where id = ?",
                DraftTable::read,
                id.value()));
  }

  @Override
  public List<Draft> inConversation(ConversationId conversation) {
    return database.ask(
        session ->
            session.list(
                """
                select version, inbox, form, body from engage_draft
                where conversation = ? order by changed_at desc, id desc\
                """,
                DraftTable::read,
                conversation.value()));
  }

  @Override
  public List<Draft> ofAgent(AgentId agent, int limit) {
    return database.ask(
        session ->
            session.list(
                """
                select version, inbox, form, body from engage_draft
                where author = ? order by changed_at desc, id desc limit ?\
                """,
                DraftTable::read,
                agent.value(),
                limit));
  }

  /** First its row: an editor that is just saving has it, and adds uses that are not seen yet. */
  @Override
  public void discard(DraftId id) {
    database.change(
        session -> {
          session.update("delete from engage_draft where id = ?", id.value());
          BlobUses.forget(session, List.of(user(id)));
          return true;
        });
  }

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    drop(session, change.dropped().drafts());
    Heirs.inherit(session, "engage_draft", change.dropped().inboxes());
  }

  private static void drop(Session session, List<Drop<DraftId>> dropped) throws SQLException {
    List<Drop<DraftId>> sorted =
        dropped.stream().sorted(Comparator.comparing(each -> each.what().value())).toList();
    Drops.delete(
        session,
        "draft",
        "delete from engage_draft where id = ?",
        sorted,
        id -> new Object[] {id.value()});
    BlobUses.forget(session, sorted.stream().map(each -> user(each.what())).toList());
  }

  private static String user(DraftId id) {
    return "draft/" + id.value();
  }

  /** Of {@code version, inbox, form, body}; what the columns say counts. */
  static Draft read(ResultSet row) throws SQLException {
    return FORM.read(row.getString("body"), row.getInt("form"))
        .in(InboxId.of(Texts.text(row.getString("inbox"))))
        .withVersion(row.getLong("version"));
  }
}
