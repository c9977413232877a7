package io.engage.spi;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers lists.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p><b>Order and pages.</b> Newest first; what is equally old is sorted by id, descending; {@link
 * #find} in the order of its filter. A page is what comes behind the last item of the page before,
 * so that while mail arrives no item is shown twice or skipped, unless it moved itself. {@link
 * Page#next()} is null exactly when nothing follows.
 *
 * <p><b>Freshness.</b> What was committed before the call is in its result.
 *
 * <p>{@code ConversationSearchContract} in engage-testkit has a test for each promise on this page.
 */
public interface ConversationSearch {
  /** How many messages are read at once where all are wanted. */
  int PORTION = 500;

  /**
   * The conversations that pass the filter, without empty ones, in its order. A mark is given back
   * only with the same order.
   */
  Page<Conversation> find(ConversationFilter filter, Page.Request page);

  /**
   * The SMS conversations in which these numbers take part, newest first, at most 20 open and 20
   * completed ones of each number, without empty ones: an SMS names no message that it answers, so
   * its number has to find the conversation.
   */
  List<Conversation> sms(Collection<PhoneNumber> numbers);

  /**
   * The conversations with these numbers, empty ones too, in any order: two may have the same one.
   */
  List<Conversation> numbered(Collection<ConversationNumber> numbers);

  /**
   * The messages that name these Message-IDs in In-Reply-To or References, deleted ones too, each
   * once, in any order: an answer may come before what it answers, and two answers without it.
   * Message-IDs are compared without regard to case. Since anybody may name a Message-ID, a store
   * may leave out all but the 20 oldest of each.
   */
  List<Message> naming(Collection<RfcMessageId> ids);

  /**
   * The messages of these conversations, deleted ones not included: what an action on many
   * conversations has to know.
   */
  Page<Message> messagesIn(Collection<ConversationId> conversations, Page.Request page);

  /**
   * All of {@link #messagesIn(Collection, Page.Request)}, read a page at a time: for changes that
   * have to have all of them at once.
   */
  default List<Message> messagesIn(Collection<ConversationId> conversations) {
    List<Message> all = new ArrayList<>();
    Page.@Nullable Request page = Page.Request.first(PORTION);
    while (page != null) {
      Page<Message> some = messagesIn(conversations, page);
      all.addAll(some.items());
      page = some.next() == null ? null : page.after(some.next());
    }
    return all;
  }

  /** The messages of a conversation, deleted ones not included. */
  Page<Message> newestIn(ConversationId conversation, Page.Request page);

  /**
   * All messages linked to any of these customers in these inboxes, deleted ones too: the same
   * person may be known as several.
   *
   * @param channel e-mails or text messages alone; null for both
   */
  Page<Message> historyOf(
      Collection<CustomerId> customers,
      Collection<InboxId> inboxes,
      @Nullable Channel channel,
      Page.Request page);
}
