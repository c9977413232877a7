package io.engage.core.ruling;

import static io.engage.model.rule.Condition.attachmentName;
import static io.engage.model.rule.Condition.body;
import static io.engage.model.rule.Condition.hasAttachment;
import static io.engage.model.rule.Condition.header;
import static io.engage.model.rule.Condition.knownContact;
import static io.engage.model.rule.Condition.largerThan;
import static io.engage.model.rule.Condition.recipient;
import static io.engage.model.rule.Condition.sender;
import static io.engage.model.rule.Condition.subject;
import static io.engage.model.rule.Condition.through;
import static io.engage.model.rule.Condition.withinSchedule;
import static io.engage.model.rule.TextMatch.containing;
import static io.engage.model.rule.TextMatch.endingWith;
import static io.engage.model.rule.TextMatch.equalTo;
import static io.engage.model.rule.TextMatch.like;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MessageKind;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.template.TemplateId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("TH-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulingTest {
  private static final InboxId WORKSHOP = InboxId.of("workshop");
  private static final RuledMessage MAIL =
      new RuledMessage(
          List.of("ana@customer.example", "Ana Silva"),
          List.of("repairs@shop.example"),
          "My bike is broken",
          "The chain fell off.",
          List.of(new HeaderField("X-Campaign", "spring")),
          List.of("chain.jpg"),
          2_000,
          true,
          false,
          Channel.EMAIL);

  static Stream<Condition> true_conditions() {
    return Stream.of(
        Condition.always(),
        sender(endingWith("@customer.example")),
        sender(equalTo("ana silva")),
        recipient(like("repairs@*")),
        subject(containing("BIKE")),
        body(containing("chain")),
        header("x-campaign", equalTo("spring")),
        hasAttachment(),
        attachmentName(like("*.jpg")),
        largerThan(1_999),
        knownContact(),
        through(Channel.EMAIL),
        withinSchedule().negated(),
        subject(containing("boat")).or(knownContact()),
        subject(containing("bike")).and(body(containing("chain"))));
  }

  static Stream<Condition> false_conditions() {
    return Stream.of(
        Condition.any(),
        sender(equalTo("ben@customer.example")),
        recipient(containing("hello@")),
        subject(containing("boat")),
        body(containing("wheel")),
        header("x-campaign", equalTo("autumn")),
        header("x-other", containing("spring")),
        hasAttachment().negated(),
        attachmentName(like("*.pdf")),
        largerThan(2_000),
        withinSchedule(),
        through(Channel.SMS),
        knownContact().negated(),
        subject(containing("bike")).and(body(containing("wheel"))));
  }

  @ParameterizedTest
  @MethodSource("true_conditions")
  void a_rule_applies_when_its_condition_holds(Condition condition) {
    Ruled ruled = decide(Rule.named("r").when(condition).then(RuleAction.tag("Hit")));

    assertThat(ruled.tags()).containsExactly("hit");
    assertThat(ruled.explanation()).startsWith("rule 'r' applies, because ");
  }

  @ParameterizedTest
  @MethodSource("false_conditions")
  void a_rule_applies_not_when_its_condition_does_not_hold(Condition condition) {
    Ruled ruled = decide(Rule.named("r").when(condition).then(RuleAction.ignore()));

    assertThat(ruled).isEqualTo(Ruled.NOTHING);
  }

  @Test
  void the_explanation_names_the_rules_and_the_parts_that_were_true() {
    Ruled ruled =
        decide(
            Rule.named("boats").when(subject(containing("boat"))).then(RuleAction.ignore()),
            Rule.named("repairs")
                .when(
                    subject(containing("boat"))
                        .or(subject(containing("bike")))
                        .and(withinSchedule().negated()))
                .then(RuleAction.routeTo(WORKSHOP)),
            Rule.named("friends").when(knownContact()).then(RuleAction.priority(10)));

    assertThat(ruled.explanation())
        .isEqualTo(
            "rule 'repairs' applies, because subject contains 'bike' and not: it came while the"
                + " inbox was open; rule 'friends' applies, because the directory knows its"
                + " sender");
    assertThat(ruled.names()).isEqualTo("repairs, friends");
  }

  @Test
  void an_explanation_holds_nothing_that_the_customer_wrote() {
    Ruled ruled =
        decide(
            Rule.named("r")
                .when(body(like("*fell*")).and(sender(like("*@*"))).and(hasAttachment()))
                .then(RuleAction.tag("t")));

    assertThat(ruled.explanation()).doesNotContain("chain", "ana", "off");
  }

  @Test
  void every_rule_that_applies_has_its_say_and_the_earlier_one_wins() {
    Ruled ruled =
        decide(
            Rule.named("a")
                .always()
                .then(
                    RuleAction.tag("One"),
                    RuleAction.priority(5),
                    RuleAction.routeTo(Shop.CLARA),
                    RuleAction.routeTo(WORKSHOP)),
            Rule.named("b")
                .always()
                .then(
                    RuleAction.tag("two"),
                    RuleAction.priority(9),
                    RuleAction.routeTo(Shop.DIRK),
                    RuleAction.routeTo(InboxId.of("shop")),
                    RuleAction.startConversation(),
                    RuleAction.send(TemplateId.of("hello"), Shop.MORNING)));

    assertThat(ruled.tags()).containsExactly("one", "two");
    assertThat(ruled.priority()).isEqualTo(5);
    assertThat(ruled.agent()).isEqualTo(Shop.CLARA);
    assertThat(ruled.inbox()).isEqualTo(WORKSHOP);
    assertThat(ruled.startsConversation()).isTrue();
    assertThat(ruled.answers()).hasSize(1);
  }

  @Test
  void no_rule_is_asked_behind_one_that_stops_or_ignores_and_a_disabled_one_never() {
    Rule stop = Rule.named("stop").always().then(RuleAction.stop(), RuleAction.tag("kept"));
    Rule ignore = Rule.named("ignore").always().then(RuleAction.ignore());
    Rule later = Rule.named("later").always().then(RuleAction.tag("late"));

    assertThat(decide(stop, later).tags()).containsExactly("kept");
    assertThat(decide(ignore, later).rules()).containsExactly("ignore");
    assertThat(decide(ignore, later).ignored()).isTrue();
    assertThat(decide(ignore.withEnabled(false), later).tags()).containsExactly("late");
  }

  @Test
  @Tag("G-26")
  void automatic_mail_is_taken_in_or_not_but_changes_nothing() {
    Ruled ruled =
        decide(
            Rule.named("all")
                .always()
                .then(
                    RuleAction.tag("t"),
                    RuleAction.priority(1),
                    RuleAction.routeTo(Shop.CLARA),
                    RuleAction.routeTo(WORKSHOP),
                    RuleAction.startConversation(),
                    RuleAction.send(TemplateId.of("hello"), Shop.MORNING)));

    Ruled held = ruled.of(MessageKind.OUT_OF_OFFICE);

    assertThat(held.inbox()).isEqualTo(WORKSHOP);
    assertThat(held.tags()).isEmpty();
    assertThat(held.agent()).isNull();
    assertThat(held.priority()).isNull();
    assertThat(held.answers()).isEmpty();
    assertThat(held.startsConversation()).isFalse();
    assertThat(ruled.of(MessageKind.PERSON)).isEqualTo(ruled);
  }

  private static Ruled decide(Rule... rules) {
    return Ruling.decide(RuleSet.of(rules), MAIL);
  }

  @Test
  @Tag("PO-6")
  @Tag("WK-10")
  void for_the_trail_it_says_the_sort_of_condition_and_not_what_the_rule_looks_for() {
    Ruled ruled =
        decide(
            Rule.named("ana")
                .when(
                    Condition.any(sender(equalTo("ben@customer.example")), sender(like("*silva*")))
                        .and(header("x-campaign", equalTo("spring")))
                        .and(subject(containing("boat")).negated()))
                .then(RuleAction.priority(1)));

    assertThat(ruled.grounds())
        .isEqualTo(
            "rule 'ana' applies, because sender is as the rule says and a header field is as the"
                + " rule says and not: subject is as the rule says");
    assertThat(ruled.explanation()).contains("*silva*", "'x-campaign' is 'spring'");
  }

  @Test
  void thousands_of_conditions_in_a_chain_are_one_list_that_is_asked_and_written_and_read_back() {
    RuleSet chained =
        RuleSet.of(
            Rule.named("friends")
                .when(
                    IntStream.rangeClosed(1, 5_000)
                        .mapToObj(each -> sender(containing("friend-" + each)))
                        .reduce(Condition::or)
                        .orElseThrow()
                        .or(sender(containing("ana"))))
                .then(RuleAction.tag("friend")));

    RulesText.Read read = RulesText.parse(RulesText.render(chained));

    assertThat(read).isEqualTo(new RulesText.Read.Ready(chained));
    assertThat(Ruling.decide(chained, MAIL).tags()).containsExactly("friend");
  }
}
