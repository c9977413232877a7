package io.engage.core.configuring;

import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleSet;
import java.util.Optional;

/**
 * Decides whether rules can be asked at all: conditions within conditions without end would bring
 * the import of a mailbox down, and could not be written out and read again.
 */
public final class RuleDepth {
  private RuleDepth() {}

  /** Which rule goes too deep; empty when none does. */
  public static Optional<String> refusal(RuleSet rules) {
    return rules.rules().stream()
        .filter(rule -> !rule.when().fitsInto(Condition.DEEPEST))
        .findFirst()
        .map(RuleDepth::words);
  }

  private static String words(Rule rule) {
    return "Conditions may stand %d within each other, but those of rule '%s' go deeper. Put what belongs together into one list."
        .formatted(Condition.DEEPEST, rule.name());
  }
}
