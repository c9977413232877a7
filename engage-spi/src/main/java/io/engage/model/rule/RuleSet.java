package io.engage.model.rule;

import java.util.List;

/**
 * The rules of an inbox, in the order in which they are asked. Every rule that applies has its say,
 * until one stops or ignores; where two want a message in different places, or give it different
 * agents or priorities, the earlier one wins.
 */
public record RuleSet(List<Rule> rules) {
  public RuleSet {
    rules = List.copyOf(rules);
    if (rules.stream().map(Rule::name).distinct().count() < rules.size()) {
      throw new IllegalArgumentException("Two rules of one set have the same name");
    }
  }

  /** No rule at all. */
  public static RuleSet none() {
    return new RuleSet(List.of());
  }

  public static RuleSet of(Rule... rules) {
    return new RuleSet(List.of(rules));
  }
}
