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

  /**
   * Begins a rule: {@code
   * Rule.named("repairs").when(subject(containing("bike"))).then(tag("repair"))}.
   */
  public static Named named(String name) {
    return new Named(name);
  }

  /** The same, asked or not. */
  public Rule withEnabled(boolean newEnabled) {
    return new Rule(name, newEnabled, when, then);
  }

  /** A rule that has a name. */
  public record Named(String name) {

    /** For messages of this sort. */
    public Conditional when(Condition condition) {
      return new Conditional(name, condition);
    }

    /** For every message. */
    public Conditional always() {
      return when(Condition.always());
    }
  }

  /** A rule that has a name and a condition. */
  public record Conditional(String name, Condition when) {

    /** What happens, in this order. */
    public Rule then(RuleAction... actions) {
      return new Rule(name, true, when, List.of(actions));
    }
  }
}
