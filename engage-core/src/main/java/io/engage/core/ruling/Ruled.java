package io.engage.core.ruling;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageKind;
import io.engage.model.rule.RuleAction.SendTemplate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of an inbox make of one message.
 *
 * @param rules the names of those that applied, in order
 * @param ignored whether it opens nothing
 * @param inbox where it goes instead; null when it stays
 * @param agent who gets its conversation; null when no rule says so
 * @param startsConversation whether it opens one although one is open
 * @param tags for its conversation, in lower case
 * @param priority of its conversation; null when no rule says so
 * @param answers the templates that answer it, in order
 * @param explanation which rules applied and what made them, in words without any of the message
 * @param grounds the same for the audit trail: without what the rules look for, which may be
 *     somebody's address
 */
public record Ruled(
    List<String> rules,
    boolean ignored,
    @Nullable InboxId inbox,
    @Nullable Agent agent,
    boolean startsConversation,
    Set<String> tags,
    @Nullable Integer priority,
    List<SendTemplate> answers,
    String explanation,
    String grounds) {
  /** No rule applied. */
  public static final Ruled NOTHING =
      new Ruled(
          List.of(),
          false,
          null,
          null,
          false,
          Set.of(),
          null,
          List.of(),
          "no rule applied",
          "no rule applied");

  public Ruled {
    rules = List.copyOf(rules);
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    answers = List.copyOf(answers);
    requireNonNull(explanation, "explanation");
    requireNonNull(grounds, "grounds");
  }

  /** Whether any rule applied. */
  public boolean applied() {
    return !rules.isEmpty();
  }

  /** The names of the rules that applied, as one text. */
  public String names() {
    return String.join(", ", rules);
  }

  /** The rule that was asked last: no later one was, when it ignores or stops. */
  public String deciding() {
    return rules.isEmpty() ? "" : rules.get(rules.size() - 1);
  }

  /**
   * What holds for a message of this kind: automatic mail is taken in or not, here or there, but
   * tags, assigns and answers nothing.
   */
  public Ruled of(MessageKind kind) {
    return kind.isFromPerson() || kind == MessageKind.BULK
        ? this
        : new Ruled(
            rules, ignored, inbox, null, false, Set.of(), null, List.of(), explanation, grounds);
  }

  /** Where and whether it is taken in is decided already; the rest holds. */
  public Ruled takenIn(String why) {
    return new Ruled(
        rules,
        false,
        null,
        agent,
        startsConversation,
        tags,
        priority,
        answers,
        explanation + "; " + why,
        grounds + "; " + why);
  }

  /** Nobody gets a text that no person wrote, unless it answers a keyword. */
  Ruled withoutAnswers() {
    return answers.isEmpty()
        ? this
        : new Ruled(
            rules,
            ignored,
            inbox,
            agent,
            startsConversation,
            tags,
            priority,
            List.of(),
            explanation + "; texts are answered by no template",
            grounds + "; texts are answered by no template");
  }

  /** Whether the message would fare the same, whatever the rules are called. */
  public boolean hasSameEffectAs(Ruled other) {
    return withoutReasons().equals(other.withoutReasons());
  }

  private Ruled withoutReasons() {
    return ignored
        ? new Ruled(List.of(), true, null, null, false, Set.of(), null, List.of(), "", "")
        : new Ruled(
            List.of(), false, inbox, agent, startsConversation, tags, priority, answers, "", "");
  }
}
