package io.engage.spi;

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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds all that is held on a person, or for too long, so that it can be exported, moved and
 * erased. What {@link Message.State#erased()} says of is held no longer: it is in no answer.
 *
 * <p><b>Callers.</b> Agents' threads and the host's timer, seldom; several at once, on several
 * machines.
 *
 * <p><b>Order and pages.</b> Where a method takes {@code after}, it answers with what comes behind
 * that id in the ascending order of ids (compared by their UTF-16 code units), from the first on
 * when it is null, at most {@code limit}, and with nothing when there is no more. What stays during
 * the whole of a walk from page to page is on exactly one of them.
 *
 * <p><b>Freshness.</b> What was committed before the call is in its result.
 *
 * <p><b>Failure.</b> A store that cannot be reached throws {@link PortFailure}; reading changes
 * nothing and may be repeated.
 *
 * <p>{@code PersonSearchContract} in engage-testkit has a test for each promise on this page.
 */
public interface PersonSearch {

  /**
   * The conversations that {@link Person#concerns(Conversation) concern} a person or hold a message
   * that {@link Person#concerns(Message) does}, deleted messages and empty conversations too.
   */
  List<Conversation> conversations(Person person, @Nullable ConversationId after, int limit);

  /** The conversations that are led beside one of these, in any order. */
  List<Conversation> besides(Collection<ConversationId> conversations);

  /** All messages of a conversation, deleted ones too. */
  List<Message> messagesOf(ConversationId conversation, @Nullable MessageId after, int limit);

  /** The drafts that {@link Person#concerns(Draft) concern} a person. */
  List<Draft> drafts(Person person, @Nullable DraftId after, int limit);

  /**
   * What needs these bytes (see {@link BlobUse}), in any order: each use once, however many of its
   * sort there are. Neither the answer nor the work grows with how many need the same bytes, which
   * for a text that goes to every customer are very many.
   *
   * @param but messages that do not count
   */
  List<BlobUse> usesOf(Collection<ContentDigest> blobs, Collection<MessageId> but);

  /** What is owed for these messages, sending and keeping copies, claimed or not, in any order. */
  List<OutboxEntry> owedFor(Collection<MessageId> messages);

  /**
   * The messages of an inbox that came or went before this moment, deleted ones too, oldest first;
   * what is equally old is sorted by id.
   */
  Page<Message> olderThan(InboxId inbox, Instant before, Page.Request page);
}
