package io.engage.core.ruling;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a rule set of a JSON tree, or says all that is wrong with it. */
final class RulesReading {
  private static final int MOST_PROBLEMS = 20;

  private final List<Problem> problems = new ArrayList<>();

  /** Something about the text is wrong; the rest of it is still read. */
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong() {
      super("see the problems", null, false, false);
    }
  }

  Read decide(JsonNode tree) {
    try {
      List<Rule> rules = rules(tree);
      if (problems.isEmpty()) {
        return new Read.Ready(new RuleSet(rules));
      }
    } catch (Wrong noted) {
      // what is wrong stands among the problems
    }
    return new Read.Refused(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
  }

  private List<Rule> rules(JsonNode tree) {
    Fields whole = new Fields(tree, "");
    whole.only("schema", "rules");
    int schema = (int) whole.number("schema", 0, Integer.MAX_VALUE);
    if (schema != RulesText.SCHEMA) {
      throw wrong(
          "/schema",
          "this is schema %d, but only %d is known here".formatted(schema, RulesText.SCHEMA));
    }
    Set<String> names = new HashSet<>();
    List<Rule> rules = new ArrayList<>();
    for (Fields each : whole.list("rules")) {
      noted(each, this::rule, rules);
      String name = each.node.path("name").asText();
      if (!name.isBlank() && !names.add(name)) {
        problems.add(new Problem(each.path + "/name", "another rule has this name too"));
      }
    }
    return rules;
  }

  private Rule rule(Fields fields) {
    fields.only("name", "enabled", "when", "then");
    List<RuleAction> then = new ArrayList<>();
    int before = problems.size();
    fields.list("then").forEach(each -> noted(each, this::action, then));
    if (then.isEmpty() && problems.size() == before) {
      throw wrong(fields.path + "/then", "a rule has to do something");
    }
    Condition when = condition(fields.child("when"), 1);
    return new Rule(fields.text("name"), fields.flag("enabled", true), when, then);
  }

  private Condition condition(Fields fields, int depth) {
    if (depth > Condition.DEEPEST) {
      throw wrong(
          fields.path, "conditions may stand %d within each other".formatted(Condition.DEEPEST));
    }
    String type = fields.text("type");
    return switch (type) {
      case "all" -> new Condition.All(conditions(fields, depth));
      case "any" -> new Condition.Any(conditions(fields, depth));
      case "not" -> not(fields, depth);
      case "sender" -> new Condition.Sender(match(fields));
      case "recipient" -> new Condition.Recipient(match(fields));
      case "subject" -> new Condition.Subject(match(fields));
      case "body" -> new Condition.Body(match(fields));
      case "header" -> new Condition.Header(fields.text("name"), match(fields, "name"));
      case "attachment-name" -> new Condition.AttachmentName(match(fields));
      case "has-attachment" -> bare(fields, new Condition.HasAttachment());
      case "known-contact" -> bare(fields, new Condition.KnownContact());
      case "within-schedule" -> bare(fields, new Condition.WithinSchedule());
      case "larger-than" -> larger(fields);
      case "through" -> through(fields);
      default -> throw wrong(fields.path + "/type", "there is no condition '%s'".formatted(type));
    };
  }

  private List<Condition> conditions(Fields fields, int depth) {
    fields.only("type", "of");
    List<Condition> of = new ArrayList<>();
    fields.list("of").forEach(each -> noted(each, part -> condition(part, depth + 1), of));
    return of;
  }

  private Condition not(Fields fields, int depth) {
    fields.only("type", "of");
    return new Condition.Not(condition(fields.child("of"), depth + 1));
  }

  private Condition larger(Fields fields) {
    fields.only("type", "bytes");
    return new Condition.LargerThan(fields.number("bytes", 0, Long.MAX_VALUE));
  }

  private Condition through(Fields fields) {
    fields.only("type", "channel");
    String code = fields.text("channel");
    return Arrays.stream(Channel.values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .map(Condition.Through::new)
        .orElseThrow(
            () -> wrong(fields.path + "/channel", "there is no channel '%s'".formatted(code)));
  }

  private static <T> T bare(Fields fields, T value) {
    fields.only("type");
    return value;
  }

  private TextMatch match(Fields fields, String... others) {
    List<String> allowed = new ArrayList<>(List.of(others));
    allowed.add("type");
    List<TextMatch.Mode> modes =
        Arrays.stream(TextMatch.Mode.values())
            .filter(mode -> fields.node.has(mode.code()))
            .toList();
    if (modes.size() != 1) {
      throw wrong(
          fields.path,
          "one of %s has to say what to compare with"
              .formatted(
                  String.join(
                      ", ",
                      Arrays.stream(TextMatch.Mode.values())
                          .map(mode -> "'" + mode.code() + "'")
                          .toList())));
    }
    String mode = modes.get(0).code();
    allowed.add(mode);
    fields.only(allowed.toArray(String[]::new));
    String value = fields.text(mode);
    return checked(fields.path + "/" + mode, () -> new TextMatch(modes.get(0), value));
  }

  private RuleAction action(Fields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "ignore" -> bare(fields, new RuleAction.Ignore());
      case "start-conversation" -> bare(fields, new RuleAction.StartConversation());
      case "stop" -> bare(fields, new RuleAction.Stop());
      case "route-to-inbox" -> {
        fields.only("type", "inbox");
        yield new RuleAction.RouteToInbox(InboxId.of(fields.text("inbox")));
      }
      case "route-to-agent" -> {
        fields.only("type", "agent", "agent-name");
        yield new RuleAction.RouteToAgent(
            Agent.of(fields.text("agent"), fields.text("agent-name")));
      }
      case "add-tag" -> {
        fields.only("type", "tag");
        yield new RuleAction.AddTag(fields.text("tag"));
      }
      case "set-priority" -> {
        fields.only("type", "priority");
        yield new RuleAction.SetPriority(
            (int) fields.number("priority", Integer.MIN_VALUE, Integer.MAX_VALUE));
      }
      case "send-template" -> {
        fields.only("type", "template", "since");
        yield new RuleAction.SendTemplate(
            TemplateId.of(fields.text("template")), fields.moment("since"));
      }
      default -> throw wrong(fields.path + "/type", "there is no action '%s'".formatted(type));
    };
  }

  /** What is wrong in one element keeps nobody from reading the next. */
  private <T> void noted(Fields fields, Function<Fields, T> read, List<T> into) {
    try {
      into.add(checked(fields.path, () -> read.apply(fields)));
    } catch (Wrong noted) {
      // what is wrong stands among the problems
    }
  }

  private <T> T checked(String path, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException refused) {
      throw wrong(path, String.valueOf(refused.getMessage()));
    }
  }

  private Wrong wrong(String path, String reason) {
    problems.add(new Problem(path, reason));
    return new Wrong();
  }

  /** An object with its place. */
  private final class Fields {
    private final JsonNode node;
    private final String path;

    Fields(JsonNode node, String path) {
      this.node = node;
      this.path = path;
      if (!node.isObject()) {
        throw wrong(path, "an object belongs here");
      }
    }

    void only(String... known) {
      List<String> all = List.of(known);
      List<String> unknown = new ArrayList<>();
      node.fieldNames().forEachRemaining(name -> unknown.add(name));
      unknown.removeAll(all);
      for (String name : unknown) {
        problems.add(new Problem(path + "/" + escaped(name), "nothing here is called like this"));
      }
    }

    String text(String name) {
      JsonNode value = node.path(name);
      if (!value.isTextual() || value.textValue().isEmpty()) {
        throw wrong(path + "/" + name, "a text belongs here");
      }
      return value.textValue();
    }

    long number(String name, long least, long most) {
      JsonNode value = node.path(name);
      if (!value.isIntegralNumber()
          || !value.canConvertToLong()
          || value.longValue() < least
          || value.longValue() > most) {
        throw wrong(
            path + "/" + name, "a whole number from %d to %d belongs here".formatted(least, most));
      }
      return value.longValue();
    }

    boolean flag(String name, boolean otherwise) {
      JsonNode value = node.path(name);
      if (!value.isMissingNode() && !value.isBoolean()) {
        throw wrong(path + "/" + name, "true or false belongs here");
      }
      return value.isMissingNode() ? otherwise : value.booleanValue();
    }

    Instant moment(String name) {
      String text = text(name);
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException broken) {
        throw wrong(path + "/" + name, "a moment such as 2026-03-02T08:00:00Z belongs here");
      }
    }

    Fields child(String name) {
      return new Fields(node.path(name), path + "/" + name);
    }

    List<Fields> list(String name) {
      JsonNode value = node.path(name);
      if (!value.isArray()) {
        throw wrong(path + "/" + name, "a list belongs here");
      }
      List<Fields> all = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        try {
          all.add(new Fields(value.get(i), path + "/" + name + "/" + i));
        } catch (Wrong noted) {
          // what is wrong stands among the problems
        }
      }
      return all;
    }

    private static String escaped(String name) {
      return name.replace("~", "~0").replace("/", "~1");
    }
  }
}
