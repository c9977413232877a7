package io.engage.core.ruling;

import static io.engage.model.rule.TextMatch.containing;
import static io.engage.model.rule.TextMatch.endingWith;
import static io.engage.model.rule.TextMatch.equalTo;
import static io.engage.model.rule.TextMatch.like;
import static io.engage.model.rule.TextMatch.startingWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.ruling.RulesText.Problem;
import io.engage.core.ruling.RulesText.Read;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.rule.TextMatch;
import io.engage.model.template.TemplateId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("TH-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesTextTest {
  private static final RuleSet EVERYTHING =
      RuleSet.of(
          Rule.named("newsletters")
              .when(
                  Condition.any(
                      Condition.header("List-Unsubscribe", like("*")),
                      Condition.sender(endingWith("@news.example"))))
              .then(RuleAction.ignore()),
          Rule.named("repairs")
              .when(
                  Condition.all(
                      Condition.recipient(equalTo("hello@shop.example")),
                      Condition.subject(containing("bike")),
                      Condition.body(startingWith("Hello")),
                      Condition.knownContact().negated(),
                      Condition.hasAttachment(),
                      Condition.attachmentName(like("*.jpg")),
                      Condition.largerThan(1000),
                      Condition.withinSchedule(),
                      Condition.through(Channel.EMAIL)))
              .then(
                  RuleAction.routeTo(InboxId.of("workshop")),
                  RuleAction.routeTo(Shop.CLARA),
                  RuleAction.startConversation(),
                  RuleAction.tag("repair"),
                  RuleAction.priority(10),
                  RuleAction.send(TemplateId.of("repair-received"), Shop.MORNING),
                  RuleAction.stop())
              .withEnabled(false));

  @Test
  void what_is_written_stays_as_it_was_stored_years_ago() throws IOException {
    String stored = stored();

    assertThat(RulesText.render(EVERYTHING)).isEqualToNormalizingNewlines(stored.strip());
    assertThat(RulesText.parse(stored)).isEqualTo(new Read.Ready(EVERYTHING));
  }

  @Test
  void every_rule_set_comes_back_as_it_was() {
    Random random = new Random(11);

    for (int i = 0; i < 500; i++) {
      RuleSet rules = rules(random);
      assertThat(RulesText.parse(RulesText.render(rules))).isEqualTo(new Read.Ready(rules));
    }
  }

  @Test
  void each_mistake_is_named_with_its_place() {
    Read read =
        RulesText.parse(
            """
            {"schema": 1, "rules": [
              {"name": "a", "when": {"type": "subjekt", "contains": "x"}, "then": [{"type": "stop"}]},
              {"name": "b", "when": {"type": "all", "of": [{"type": "body"}, 5]},
               "then": [{"type": "add-tag", "tag": " "}, {"type": "add-tag", "tga": "x"}]},
              {"name": "b", "wenn": 1, "when": {"type": "larger-than", "bytes": -1}, "then": []},
              {"name": "c", "when": {"type": "all", "of": []},
               "then": [{"type": "send-template", "template": "t", "since": "yesterday"}]}
            ]}
            """);

    assertThat(read).isInstanceOf(Read.Refused.class);
    assertThat(((Read.Refused) read).problems())
        .extracting(Problem::path)
        .contains(
            "/rules/0/when/type",
            "/rules/1/then/0",
            "/rules/1/then/1/tga",
            "/rules/1/then/1/tag",
            "/rules/1/when/of/0",
            "/rules/1/when/of/1",
            "/rules/2/wenn",
            "/rules/2/name",
            "/rules/2/then",
            "/rules/3/then/0/since");
  }

  @Test
  void what_is_no_json_or_of_another_schema_is_refused_with_its_place() {
    assertThat(problem("{\"schema\": 1, \"rules\": [")).startsWith("line 1, column ");
    assertThat(problem("{\"schema\": 1, \"rules\": []} {}")).contains("no JSON");
    assertThat(problem("{\"schema\": 1, \"schema\": 1, \"rules\": []}")).contains("no JSON");
    assertThat(problem("{\"schema\": 2, \"rules\": []}")).startsWith("/schema: ").contains("2");
    assertThat(problem("[]")).startsWith("the whole: ");
    assertThat(problem("")).contains("an object belongs here");
    assertThat(problem("{\"schema\": 1, \"rules\": 3}")).startsWith("/rules: ");
  }

  @Test
  void conditions_nested_without_end_are_refused_and_break_nothing() {
    String deep =
        "{\"type\":\"not\",\"of\":".repeat(500) + "{\"type\":\"known-contact\"}" + "}".repeat(500);

    String problem =
        problem(
            "{\"schema\":1,\"rules\":[{\"name\":\"r\",\"then\":[{\"type\":\"stop\"}],\"when\":"
                + deep
                + "}]}");

    assertThat(problem).contains("within each other");
    assertThat(problem("[".repeat(100_000))).contains("no JSON");
  }

  private static String problem(String text) {
    return RulesText.parse(text) instanceof Read.Refused refused ? refused.reason() : "accepted";
  }

  private static String stored() throws IOException {
    try (InputStream in = RulesTextTest.class.getResourceAsStream("/rules/schema-1.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static RuleSet rules(Random random) {
    return new RuleSet(
        IntStream.range(0, random.nextInt(5)).mapToObj(i -> rule("rule " + i, random)).toList());
  }

  private static Rule rule(String name, Random random) {
    return new Rule(
        name + text(random),
        random.nextBoolean(),
        condition(random, 4),
        IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> action(random)).toList());
  }

  private static Condition condition(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 11 : 14)) {
      case 0 -> Condition.sender(match(random));
      case 1 -> Condition.recipient(match(random));
      case 2 -> Condition.subject(match(random));
      case 3 -> Condition.body(match(random));
      case 4 -> Condition.header("X-" + random.nextInt(9), match(random));
      case 5 -> Condition.attachmentName(match(random));
      case 6 -> Condition.hasAttachment();
      case 7 -> Condition.largerThan(random.nextLong() & Long.MAX_VALUE);
      case 8 -> Condition.knownContact();
      case 9 -> Condition.withinSchedule();
      case 10 -> Condition.through(random.nextBoolean() ? Channel.SMS : Channel.EMAIL);
      case 11 -> new Condition.Not(condition(random, depth - 1));
      case 12 -> new Condition.All(conditions(random, depth));
      default -> new Condition.Any(conditions(random, depth));
    };
  }

  private static List<Condition> conditions(Random random, int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i -> condition(random, depth - 1))
        .toList();
  }

  private static RuleAction action(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> RuleAction.ignore();
      case 1 -> RuleAction.routeTo(InboxId.of("inbox" + text(random)));
      case 2 -> RuleAction.routeTo(Agent.of("agent" + text(random), "Name" + text(random)));
      case 3 -> RuleAction.startConversation();
      case 4 -> RuleAction.tag("tag" + text(random));
      case 5 -> RuleAction.priority(random.nextInt());
      case 6 ->
          RuleAction.send(
              TemplateId.of("t" + random.nextInt(9)),
              Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)));
      default -> RuleAction.stop();
    };
  }

  private static TextMatch match(Random random) {
    TextMatch.Mode[] modes = TextMatch.Mode.values();
    return new TextMatch(modes[random.nextInt(modes.length)], " " + text(random));
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(6), 0, 7)
        .mapToObj(i -> List.of("\"", "\\", "é", "🚲", "\n", "*", " x").get(i))
        .reduce("", String::concat);
  }
}
