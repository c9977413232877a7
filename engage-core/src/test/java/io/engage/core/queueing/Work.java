package io.engage.core.queueing;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.queue.Offer;
import io.engage.model.queue.Service;
import java.time.Instant;

/** What becomes of conversations, as the desks would store it. */
final class Work {
  private Work() {}

  static Conversation taken(Conversation conversation, AgentId by, Instant at) {
    Conversation taken = with(conversation, conversation.state().service().taken(by, at));
    return taken.withState(taken.state().withAssignee(by));
  }

  static Conversation offered(Conversation conversation, Offer offer) {
    return with(conversation, conversation.state().service().offered(offer));
  }

  static Conversation declined(Conversation conversation, AgentId by, Instant at) {
    return with(conversation, conversation.state().service().declined(by, at));
  }

  static Conversation completed(Conversation conversation, AgentId by, Instant at) {
    Conversation over = with(conversation, conversation.state().service().answered(by, at).over());
    return over.withState(over.state().withCompletedAt(at));
  }

  private static Conversation with(Conversation conversation, Service service) {
    return conversation.withState(conversation.state().withService(service));
  }
}
