package io.engage.spi;

import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.Message;
import java.util.Collection;
import java.util.List;

/**
 * Answers lists.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p><b>Order and pages.</b> Newest first; what is equally old is sorted by id, descending. A page
 * is what comes behind the last item of the page before, so that while mail arrives no item is
 * shown twice or skipped, unless it moved itself. {@link Page#next()} is null exactly when nothing
 * follows.
 *
 * <p><b>Freshness.</b> What was committed before the call is in its result.
 *
 * <p>{@code ConversationSearchContract} in engage-testkit has a test for each promise on this page.
 */
public interface ConversationSearch {

  /** The conversations that pass the filter, without empty ones, by their newest message. */
  Page<Conversation> find(ConversationFilter filter, Page.Request page);

  /**
   * The open SMS conversations in which these numbers take part, newest first, at most 20 of each
   * number: an SMS names no message that it answers, so its number has to find the conversation.
   */
  List<Conversation> openSms(Collection<PhoneNumber> numbers);

  /**
   * All messages of these conversations, deleted ones not included, in any order: what an action on
   * many conversations has to know.
   */
  List<Message> messagesIn(Collection<ConversationId> conversations);

  /** All e-mails and SMS linked to a customer, over all inboxes, deleted ones too. */
  Page<Message> historyOf(CustomerId customer, Page.Request page);
}
