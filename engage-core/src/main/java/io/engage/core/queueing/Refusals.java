package io.engage.core.queueing;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.queue.Service;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides who is not asked again about a conversation for a while: who did not take it lately. */
final class Refusals {
  private Refusals() {}

  static Set<AgentId> decide(Conversation conversation, Instant now) {
    return conversation.state().service().declined().stream()
        .filter(each -> each.at().plus(Queueing.REST).isAfter(now))
        .map(Service.Declined::agent)
        .collect(Collectors.toSet());
  }
}
