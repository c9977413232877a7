package io.engage.spi;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.QueueStanding;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Shows who waits and who works, as conversations say it ({@link Conversation#queueState}). Empty
 * conversations and side threads are nowhere in it, whoever has them ({@link
 * Conversation#countsInQueues}). It is written by {@link InboxStore#commit} alone.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p><b>Batches.</b> Each method is one statement, however many inboxes or agents it is given.
 *
 * <p><b>Freshness.</b> What was committed before the call is in its result.
 *
 * <p>{@code QueuesContract} in engage-testkit has a test for each promise on this page.
 */
public interface Queues {

  /**
   * The {@linkplain io.engage.model.queue.QueueState#QUEUED queued} conversations of an inbox: by
   * their {@linkplain Conversation.State#findPlace places}, the earliest first, then by id. So
   * urgent ones go first, but however many of them come, nobody waits for ever. The time of a mark
   * is the place.
   */
  Page<Conversation> waiting(InboxId inbox, Page.Request page);

  /**
   * What somebody has or is asked to take in an inbox: its {@linkplain
   * io.engage.model.queue.QueueState#ACTIVE active} conversations, then the {@linkplain
   * io.engage.model.queue.QueueState#OFFERED offered} ones, each by id. The rank of a mark is 0
   * among the active ones and 1 among the offered ones, its time {@link Instant#EPOCH}. It costs
   * what is in hand, however many stand open besides.
   */
  Page<Conversation> inHand(InboxId inbox, Page.Request page);

  /**
   * What has so many before it in the queue of each of these inboxes, in any order. An inbox in
   * which no more than these wait is left out.
   *
   * @param before 0 for the heads
   */
  List<Conversation> at(int before, Collection<InboxId> inboxes);

  /** What is offered to an agent, the oldest offer first, then by id. */
  List<Conversation> offeredTo(AgentId agent);

  /**
   * What is offered until {@code last} or until before then: the earliest end first, then by id.
   * The time of a mark is the end of the offer, so who asks for all that will ever end sees each
   * offer that stood all the while, whatever is answered meanwhile.
   */
  Page<Conversation> offeredUntil(Instant last, Page.Request page);

  /**
   * What each of these agents has, once for each inbox and channel in any order; where they have
   * nothing is left out. {@linkplain io.engage.model.queue.QueueState#ACTIVE Active} conversations
   * count, and offers whether they have ended or not.
   */
  Map<AgentId, List<AgentLoad>> loads(Collection<AgentId> agents);

  /** How each of these inboxes stands; one in which nobody waits or works is left out. */
  Map<InboxId, QueueStanding> standings(Collection<InboxId> inboxes);
}
