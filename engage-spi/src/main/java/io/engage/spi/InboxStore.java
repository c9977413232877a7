package io.engage.spi;

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
import java.util.Collection;
import java.util.List;

/**
 * Keeps inboxes, conversations and messages, and stores changes.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p><b>Batches.</b> Each method does its work in a number of statements that does not depend on
 * how many ids or records it is given.
 *
 * <p><b>Failure.</b> A store that cannot be reached throws {@link PortFailure}; a read changes
 * nothing and may be repeated.
 *
 * <p>{@code InboxStoreContract} in engage-testkit has a test for each promise on this page.
 */
public interface InboxStore {

  /**
   * Stores the whole change, or nothing of it. When this returns, the change is durable; when the
   * host has a transaction open and the store takes part in it, it becomes durable with that;
   * {@link EventQueue#afterCommit} tells when.
   *
   * <p><b>Versions.</b> An inbox, conversation or message carries the version that it was read
   * with: 0 when it is new. It is stored with the next version. When the stored version is another
   * (or, for 0, when the id exists), nothing of the change is stored.
   *
   * <p><b>Cursor.</b> A cursor move is stored only when the folder's cursor still is {@link
   * io.engage.model.mailbox.CursorMove#from()}.
   *
   * <p><b>Ledger.</b> A ledger entry is stored only when the stored entry of its UID is in the
   * state {@link io.engage.model.mailbox.LedgerMove#from()}, or when there is none and that is
   * null. It replaces the earlier one.
   *
   * <p><b>Settlements.</b> They are stored only when each claim is its entry's newest.
   *
   * <p><b>Documents.</b> They carry versions as inboxes do.
   *
   * <p><b>Dropped documents and drafts.</b> One that is dropped with a version is dropped only when
   * the stored version is the same, so not when it is gone. One that is dropped with {@link
   * InboxChange.Drop#ANY_VERSION} goes whatever its version, and is passed over when it is gone.
   *
   * <p><b>Dropped inboxes.</b> What is in one when it goes, deleted messages, empty conversations
   * and {@linkplain io.engage.model.mailbox.HeldMail held mails} too, is in its heir from then on,
   * each with the next version. A conversation or held mail in an inbox that was dropped is not
   * stored.
   *
   * <p><b>Withdrawals.</b> They are stored only when each entry exists, and is not {@link
   * Outbox#held held}.
   *
   * <p><b>Repetition.</b> Because of the versions the same change is never stored twice.
   *
   * @throws StaleVersion when one of these conditions does not hold; nothing was stored
   */
  void commit(InboxChange change);

  /** All inboxes, in order of their ids. */
  List<Inbox> inboxes();

  /** Those of these inboxes that exist, in any order. */
  List<Inbox> inboxes(Collection<InboxId> ids);

  /** The inboxes of which one of these agents at least is a member, each once, in any order. */
  List<Inbox> inboxesOf(Collection<AgentId> agents);

  /** Those of these conversations that exist, in any order. */
  List<Conversation> conversations(Collection<ConversationId> ids);

  /** Those of these messages that exist, deleted ones too, in any order. */
  List<Message> messages(Collection<MessageId> ids);

  /**
   * The messages of a conversation without the deleted ones, oldest first ({@code at}, then id).
   */
  Page<Message> messagesOf(ConversationId conversation, Page.Request page);

  /** All messages that were made of these bytes, deleted ones too, in any order. */
  List<Message> withSource(Collection<ContentDigest> digests);

  /**
   * The messages that carry these Message-IDs, deleted ones too, in any order. They are compared
   * without regard to case, which servers on their way may change. Since anybody may repeat a
   * Message-ID, a store may leave out all but the 20 oldest of each.
   */
  List<Message> withMessageId(Collection<RfcMessageId> ids);
}
