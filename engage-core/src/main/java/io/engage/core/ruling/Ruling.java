package io.engage.core.ruling;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the rules of an inbox, in their order, what shall happen to a message. */
public final class Ruling {
  private static final int LONGEST_EXPLANATION = 2_000;

  private Ruling() {}

  public static Ruled decide(RuleSet rules, RuledMessage message) {
    if (rules.rules().isEmpty()) {
      return Ruled.NOTHING;
    }
    Evidence evidence = new Evidence(message);
    Collected collected = new Collected();
    for (Rule rule : rules.rules()) {
      Optional<Condition> because =
          rule.enabled() ? evidence.decide(rule.when()) : Optional.empty();
      if (because.isPresent() && collected.add(rule, because.get())) {
        break;
      }
    }
    Ruled ruled = collected.ruled();
    return message.channel() == Channel.SMS ? ruled.withoutAnswers() : ruled;
  }

  /** What the rules that apply want, as far as they have been asked; the earlier one wins. */
  private static final class Collected {
    private final List<String> names = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> grounds = new ArrayList<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<RuleAction.SendTemplate> answers = new ArrayList<>();
    private boolean ignored;
    private boolean startsConversation;
    private @Nullable InboxId inbox;
    private @Nullable Agent agent;
    private @Nullable Integer priority;

    /** Whether no later rule is asked. */
    boolean add(Rule rule, Condition because) {
      names.add(rule.name());
      reasons.add(reason(rule, ConditionWords.FULL.decide(because)));
      grounds.add(reason(rule, ConditionWords.SORTS.decide(because)));
      boolean stops = false;
      for (RuleAction action : rule.then()) {
        stops |= take(action);
      }
      return stops;
    }

    private static String reason(Rule rule, String because) {
      return "rule '%s' applies, because %s".formatted(rule.name(), because);
    }

    private static String whole(List<String> sentences) {
      return ConditionWords.cut(String.join("; ", sentences), LONGEST_EXPLANATION);
    }

    /** Whether no later rule is asked. */
    private boolean take(RuleAction action) {
      if (action instanceof RuleAction.Ignore) {
        ignored = true;
      } else if (action instanceof RuleAction.RouteToInbox route) {
        inbox = inbox == null ? route.inbox() : inbox;
      } else if (action instanceof RuleAction.RouteToAgent route) {
        agent = agent == null ? route.agent() : agent;
      } else if (action instanceof RuleAction.StartConversation) {
        startsConversation = true;
      } else if (action instanceof RuleAction.AddTag tag) {
        tags.add(tag.tag().strip().toLowerCase(Locale.ROOT));
      } else if (action instanceof RuleAction.SetPriority wanted) {
        priority = priority == null ? Integer.valueOf(wanted.priority()) : priority;
      } else if (action instanceof RuleAction.SendTemplate answer) {
        answers.add(answer);
      }
      return ignored || action instanceof RuleAction.Stop;
    }

    Ruled ruled() {
      return names.isEmpty()
          ? Ruled.NOTHING
          : new Ruled(
              names,
              ignored,
              inbox,
              agent,
              startsConversation,
              tags,
              priority,
              answers,
              whole(reasons),
              whole(grounds));
    }
  }
}
