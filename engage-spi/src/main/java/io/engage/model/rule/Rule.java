package io.engage.model.rule;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What shall happen to messages of a sort.
 *
 * @param name as it stands in explanations and in the audit trail; unique in its set
 * @param then what happens, in this order
 */
public record Rule(String name, boolean enabled, Condition when, List<RuleAction> then) {
  public Rule {
    requireNonNull(when, "when");
    then = List.copyOf(then);
    if (name.isBlank()) {
      throw new IllegalArgumentException("A rule needs a name: explanations use it");
    }
    if (then.isEmpty()) {
      throw new IllegalArgumentException("Rule '%s' does nothing".formatted(name));
    }
  }
}
