package io.engage.core.picturing;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a conversation for the figures of its inbox.
 *
 * @param agent who works on it or is asked; of a completed one, who had it or answered last
 */
public record Row(
    ConversationId id,
    InboxId inbox,
    Channel channel,
    QueueState state,
    @Nullable AgentId agent,
    @Nullable Instant arrivedAt,
    @Nullable Instant waitingSince,
    @Nullable Instant takenAt,
    @Nullable Instant answeredAt,
    @Nullable Instant completedAt,
    long version) {

  /** What stands in no queue counts nowhere. */
  public static Row of(Conversation conversation) {
    Service service = conversation.countsInQueues() ? conversation.state().service() : Service.NONE;
    QueueState state = conversation.countsInQueues() ? conversation.queueState() : QueueState.IDLE;
    return new Row(
        conversation.id(),
        conversation.inbox(),
        conversation.channel(),
        state,
        agent(conversation, state),
        service.arrivedAt(),
        service.waitingSince(),
        service.takenAt(),
        service.answeredAt(),
        state == QueueState.COMPLETED ? conversation.state().completedAt() : null,
        conversation.version());
  }

  private static @Nullable AgentId agent(Conversation conversation, QueueState state) {
    AgentId assignee = conversation.state().assignee();
    Offer offer = conversation.state().service().offer();
    List<AgentId> handlers = conversation.state().service().handlers();
    if (state == QueueState.ACTIVE) {
      return assignee;
    } else if (state == QueueState.OFFERED && offer != null) {
      return offer.to();
    } else if (state == QueueState.COMPLETED) {
      return assignee != null || handlers.isEmpty() ? assignee : handlers.get(handlers.size() - 1);
    }
    return null;
  }

  boolean isWaiting() {
    return waitingSince != null && (state == QueueState.QUEUED || state == QueueState.OFFERED);
  }

  /** Nobody has answered since it was opened, or opened again. */
  boolean isUnanswered() {
    return answeredAt == null;
  }

  /** A customer waited, and was answered on that day. */
  boolean isAnsweredOn(Day day) {
    return arrivedAt != null && answeredAt != null && day.contains(answeredAt);
  }

  boolean isCompletedOn(Day day) {
    return completedAt != null && day.contains(completedAt) && isWork();
  }

  /** Automatic mail that is filed as completed is nobody's. */
  private boolean isWork() {
    return isInbound() || agent != null;
  }

  /** A customer began it, or opened it again. */
  boolean isInbound() {
    return arrivedAt != null;
  }

  /** Also what another node, whose clock is ahead, did on the day that begins. */
  boolean mattersFrom(Day day) {
    return state == QueueState.QUEUED
        || state == QueueState.OFFERED
        || state == QueueState.ACTIVE
        || day.isBegunAt(answeredAt)
        || (day.isBegunAt(completedAt) && isWork());
  }
}
