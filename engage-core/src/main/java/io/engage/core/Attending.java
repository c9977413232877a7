package io.engage.core;

import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets agents see who else has a conversation open. When that fails, work goes on without. */
final class Attending {
  static final Duration HOLDS_FOR = Duration.ofSeconds(45);
  private static final Logger LOG = LoggerFactory.getLogger(Attending.class);

  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Attending(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  Outcome<List<Attendee>> attend(ConversationId conversation, boolean writing) {
    return permitting.onConversation(
        AgentAction.READ,
        conversation,
        found ->
            new Outcome.Done<>(
                whenPossible(
                    () -> {
                      Instant now = parts.clock().instant();
                      parts
                          .storage()
                          .attendance()
                          .attend(conversation, new Attendee(agent, writing, now.plus(HOLDS_FOR)));
                      return others(conversation, now);
                    })));
  }

  Outcome<List<Attendee>> attending(ConversationId conversation) {
    return permitting.onConversation(
        AgentAction.READ,
        conversation,
        found ->
            new Outcome.Done<>(whenPossible(() -> others(conversation, parts.clock().instant()))));
  }

  /** Of oneself only, so nobody has to permit it. */
  void leave(ConversationId conversation) {
    whenPossible(
        () -> {
          parts.storage().attendance().leave(conversation, agent.id());
          return List.of();
        });
  }

  private List<Attendee> others(ConversationId conversation, Instant now) {
    return parts.storage().attendance().attending(conversation, now).stream()
        .filter(each -> !each.agent().id().equals(agent.id()))
        .toList();
  }

  /** Every open page asks every few seconds, so this is told in one line. */
  private static List<Attendee> whenPossible(Supplier<List<Attendee>> look) {
    try {
      return look.get();
    } catch (RuntimeException unavailable) {
      LOG.warn("Agents do not see each other now: {}", unavailable.toString());
      return List.of();
    }
  }
}
