package io.engage.jpa;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Person;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.BlobUse;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.PersonSearch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is held on a person by the keys of {@link Person}; drafts, which are few, by look. */
final class TablePersons implements PersonSearch {
  /** So many drafts are looked at for each statement. */
  private static final int DRAFTS = 500;

  /** Each key leads through the conversations in their order, which ends where the page does. */
  private static final String WALKING =
      "select "
          + ConversationTable.COLUMNS
          + """
           from engage_conversation where id in (
            select k.conversation from unnest(?) as list(key) cross join lateral (
              select distinct p.conversation from engage_person p
              where p.person = list.key and p.conversation > ?
              order by p.conversation limit ?) k)
          order by id limit ?\
          """;

  private static final String PLAIN =
      "select "
          + ConversationTable.COLUMNS
          + """
           from engage_conversation where id in (
            select conversation from engage_person where person = any (?) and conversation > ?)
          order by id limit ?\
          """;

  private final Database database;

  TablePersons(Database database) {
    this.database = database;
  }

  @Override
  public List<Conversation> conversations(
      Person person, @Nullable ConversationId after, int limit) {
    List<String> keys = List.copyOf(person.keys());
    String behind = after == null ? "" : after.value();
    return database.ask(
        session ->
            session.list(
                session
                    .dialect()
                    .listed(
                        Clause.of(WALKING, keys, behind, limit, limit),
                        Clause.of(PLAIN, keys, behind, limit)),
                ConversationTable::read));
  }

  @Override
  public List<Conversation> besides(Collection<ConversationId> conversations) {
    return conversations.isEmpty()
        ? List.of()
        : database.ask(
            session ->
                session.list(
                    "select "
                        + ConversationTable.COLUMNS
                        + " from engage_conversation where side_of = any (?)",
                    ConversationTable::read,
                    Clause.values(conversations, ConversationId::value)));
  }

  @Override
  public List<Message> messagesOf(
      ConversationId conversation, @Nullable MessageId after, int limit) {
    return database.ask(
        session ->
            session.list(
                "select "
                    + MessageTable.COLUMNS
                    + """
                     from engage_message where conversation = ? and removal <> 'erased' and id > ?
                    order by id limit ?\
                    """,
                MessageTable::read,
                conversation.value(),
                after == null ? "" : after.value(),
                limit));
  }

  @Override
  public List<Draft> drafts(Person person, @Nullable DraftId after, int limit) {
    return database.ask(
        session -> {
          List<Draft> found = new ArrayList<>();
          List<Draft> some = drafts(session, after == null ? "" : after.value());
          while (!some.isEmpty() && found.size() < limit) {
            some.stream().filter(person::concerns).forEach(found::add);
            some = drafts(session, some.get(some.size() - 1).id().value());
          }
          return found.subList(0, Math.min(limit, found.size()));
        });
  }

  private static List<Draft> drafts(Session session, String after) throws SQLException {
    return session.list(
        "select version, inbox, form, body from engage_draft where id > ? order by id limit ?",
        DraftTable::read,
        after,
        DRAFTS);
  }

  @Override
  public List<BlobUse> usesOf(Collection<ContentDigest> blobs, Collection<MessageId> but) {
    return blobs.isEmpty() ? List.of() : database.ask(session -> BlobUses.of(session, blobs, but));
  }

  @Override
  public List<OutboxEntry> owedFor(Collection<MessageId> messages) {
    return messages.isEmpty()
        ? List.of()
        : database.ask(session -> OutboxTable.owedFor(session, messages));
  }

  @Override
  public Page<Message> olderThan(InboxId inbox, Instant before, Page.Request page) {
    return database.ask(session -> MessageLists.olderThan(inbox, before).page(session, page));
  }
}
