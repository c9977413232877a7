package io.engage.core;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the host who may be offered something where, once for a piece of work. An answer is not kept
 * for longer than {@link DistributionDesk#SWEEP}: a right that was withdrawn is noticed while the
 * work goes on. For one thread.
 */
final class HostsWord {
  private static final Logger LOG = LoggerFactory.getLogger(HostsWord.class);

  private record Question(AgentId agent, InboxId inbox) {}

  private final Parts parts;
  private final Map<Question, Optional<Permission>> answers = new HashMap<>();
  private Instant since;

  HostsWord(Parts parts) {
    this.parts = parts;
    this.since = parts.clock().instant();
  }

  /** Without the host's word they may not, and nobody else is held up. */
  boolean lets(Agent agent, InboxId inbox) {
    return answer(agent, inbox) instanceof Permission.Granted;
  }

  /** Those of these whom it does not let. */
  Set<AgentId> refused(Collection<Agent> agents, InboxId inbox) {
    return agents.stream()
        .filter(each -> !lets(each, inbox))
        .map(Agent::id)
        .collect(Collectors.toSet());
  }

  /** Why they may not; empty when they may, and when the host does not answer. */
  Optional<String> refusal(Agent agent, InboxId inbox) {
    return answer(agent, inbox) instanceof Permission.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  private @Nullable Permission answer(Agent agent, InboxId inbox) {
    Instant now = parts.clock().instant();
    if (!now.isBefore(since.plus(DistributionDesk.SWEEP))) {
      answers.clear();
      since = now;
    }
    return answers
        .computeIfAbsent(
            new Question(agent.id(), inbox), any -> Optional.ofNullable(asked(agent, inbox)))
        .orElse(null);
  }

  private @Nullable Permission asked(Agent agent, InboxId inbox) {
    try {
      return parts
          .permissions()
          .check(agent, AgentAction.BE_OFFERED, List.of(inbox))
          .getOrDefault(inbox, Permission.refused("The host did not say that you may"));
    } catch (RuntimeException unavailable) {
      LOG.warn(
          "The host did not say what agent '{}' may be offered",
          agent.id(),
          LoggedFailure.of(unavailable));
      return null;
    }
  }
}
