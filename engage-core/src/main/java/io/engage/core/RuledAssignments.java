package io.engage.core;

import io.engage.core.receiving.Assignment;
import io.engage.core.receiving.Known;
import io.engage.core.receiving.Plan;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks the host whether agents may read what rules give them, and has it decided again when they
 * may not: it stays without an assignee then, and the trail says why. The host is asked once for
 * each agent who gets something, so mostly not at all.
 */
final class RuledAssignments {
  private RuledAssignments() {}

  static <T> T decide(
      Parts parts, Known known, Function<Known, T> decision, Function<T, Plan> planOf) {
    T decided = decision.apply(known);
    Map<Assignment, String> refused = refused(parts, planOf.apply(decided).assignments());
    return refused.isEmpty() ? decided : decision.apply(known.withRefused(refused));
  }

  private static Map<Assignment, String> refused(Parts parts, Set<Assignment> assignments) {
    Map<Assignment, String> refused = new HashMap<>();
    Map<Agent, Set<InboxId>> byAgent =
        assignments.stream()
            .collect(
                Collectors.groupingBy(
                    Assignment::agent, Collectors.mapping(Assignment::inbox, Collectors.toSet())));
    byAgent.forEach(
        (agent, inboxes) -> {
          Map<InboxId, Permission> answers =
              parts.permissions().check(agent, AgentAction.READ, inboxes);
          inboxes.forEach(
              inbox ->
                  Permitting.refusal(answers, inbox)
                      .ifPresent(reason -> refused.put(new Assignment(agent, inbox), reason)));
        });
    return refused;
  }
}
