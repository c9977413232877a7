package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.InboxChange.Succession;
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

/**
 * Looks at every condition of a change before it touches anything, so that it is all or nothing.
 */
final class CommittingStore implements InboxStore {
  private final Tables tables;

  CommittingStore(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void commit(InboxChange change) {
    tables
        .guard()
        .change(
            () -> {
              check(change);
              apply(change);
            });
  }

  @Override
  public List<Inbox> inboxes() {
    return tables.guard().read(tables.inboxes()::all);
  }

  @Override
  public List<Inbox> inboxes(Collection<InboxId> ids) {
    return tables.guard().read(() -> tables.inboxes().find(ids));
  }

  @Override
  public List<Inbox> inboxesOf(Collection<AgentId> agents) {
    return tables.guard().read(() -> tables.inboxes().having(agents));
  }

  @Override
  public List<Conversation> conversations(Collection<ConversationId> ids) {
    return tables.guard().read(() -> tables.conversations().find(ids));
  }

  @Override
  public List<Message> messages(Collection<MessageId> ids) {
    return tables.guard().read(() -> tables.messages().find(ids));
  }

  @Override
  public Page<Message> messagesOf(ConversationId conversation, Page.Request page) {
    return tables.guard().read(() -> tables.messages().shownIn(conversation, page));
  }

  @Override
  public List<Message> withSource(Collection<ContentDigest> digests) {
    return tables.guard().read(() -> tables.messages().withSource(digests));
  }

  @Override
  public List<Message> withMessageId(Collection<RfcMessageId> ids) {
    return tables.guard().read(() -> tables.messages().withMessageId(ids));
  }

  private void check(InboxChange change) {
    tables.inboxes().check(change.inboxes());
    tables.inboxes().checkNotDropped(change.conversations(), change.documents());
    tables.conversations().check(change.conversations());
    tables.messages().check(change.messages());
    tables.ledger().check(change.cursor());
    tables.ledger().check(change.ledger());
    tables.outbox().check(change.outbox(), change.settlements());
    tables.outbox().checkWithdrawn(change.withdrawn());
    tables.documents().check(change.documents());
    tables.documents().checkDropped(change.dropped().documents());
    tables.drafts().checkDropped(change.dropped().drafts());
    tables.audit().check(change.audit());
  }

  private void apply(InboxChange change) {
    change.inboxes().forEach(tables.inboxes()::store);
    change.conversations().forEach(tables.conversations()::store);
    change.messages().forEach(tables.messages()::store);
    change.ledger().forEach(tables.ledger()::store);
    tables.ledger().move(change.cursor());
    change.settlements().forEach(tables.outbox()::settle);
    change.withdrawn().forEach(tables.outbox()::withdraw);
    change.outbox().forEach(tables.outbox()::add);
    change.dropped().documents().forEach(each -> tables.documents().drop(each.what()));
    change.dropped().drafts().forEach(each -> tables.drafts().drop(each.what()));
    change.dropped().inboxes().forEach(this::succeed);
    change.documents().forEach(tables.documents()::store);
    change.audit().forEach(tables.audit()::store);
  }

  private void succeed(Succession succession) {
    tables.inboxes().drop(succession.gone());
    tables.conversations().succeed(succession.gone(), succession.heir());
    tables.messages().succeed(succession.gone(), succession.heir());
    tables.drafts().succeed(succession.gone(), succession.heir());
    tables.documents().succeed(succession.gone(), succession.heir());
  }
}
