package io.engage.jpa;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.InboxStore;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Each table stores its part of a change, all in one transaction and always in the same order. */
final class CommittingStore implements InboxStore {
  private final Database database;
  private final InboxTable inboxes = new InboxTable();
  private final ConversationTable conversations = new ConversationTable();
  private final MessageTable messages = new MessageTable();
  private final List<Part> parts;

  /**
   * @param further what comes behind inboxes, conversations and messages, in this order
   */
  CommittingStore(Database database, List<Part> further) {
    this.database = database;
    this.parts =
        Stream.concat(
                Stream.of(
                    inboxes, conversations, new FacetTable(), database.dialect().words(), messages),
                further.stream())
            .toList();
  }

  @Override
  public void commit(InboxChange change) {
    database.change(
        session -> {
          for (Part each : parts) {
            each.apply(session, change);
          }
          return parts.size();
        });
  }

  @Override
  public List<Inbox> inboxes() {
    return database.ask(inboxes::all);
  }

  @Override
  public List<Inbox> inboxes(Collection<InboxId> ids) {
    return database.ask(session -> inboxes.find(session, ids));
  }

  @Override
  public List<Inbox> inboxesOf(Collection<AgentId> agents) {
    return database.ask(session -> inboxes.having(session, agents));
  }

  @Override
  public List<Conversation> conversations(Collection<ConversationId> ids) {
    return database.ask(session -> conversations.find(session, ids));
  }

  @Override
  public List<Message> messages(Collection<MessageId> ids) {
    return database.ask(session -> messages.find(session, ids));
  }

  @Override
  public Page<Message> messagesOf(ConversationId conversation, Page.Request page) {
    return database.ask(session -> MessageLists.shownIn(List.of(conversation)).page(session, page));
  }

  @Override
  public List<Message> withSource(Collection<ContentDigest> digests) {
    return database.ask(session -> messages.withSource(session, digests));
  }

  @Override
  public List<Message> withMessageId(Collection<RfcMessageId> ids) {
    return database.ask(session -> messages.withMessageId(session, ids));
  }
}
