package io.engage.core.ruling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.rule.TextMatch;
import java.util.List;

/** Makes a JSON tree of a rule set. */
final class RulesWriting {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private RulesWriting() {}

  static ObjectNode decide(RuleSet rules) {
    ObjectNode whole = NODES.objectNode().put("schema", RulesText.SCHEMA);
    ArrayNode list = whole.putArray("rules");
    rules.rules().forEach(rule -> list.add(rule(rule)));
    return whole;
  }

  private static ObjectNode rule(Rule rule) {
    ObjectNode node = NODES.objectNode().put("name", rule.name()).put("enabled", rule.enabled());
    node.set("when", condition(rule.when()));
    ArrayNode then = node.putArray("then");
    rule.then().forEach(action -> then.add(action(action)));
    return node;
  }

  private static ObjectNode condition(Condition condition) {
    ObjectNode node = typed(condition.code());
    if (condition instanceof Condition.All all) {
      conditions(node, all.of());
    } else if (condition instanceof Condition.Any any) {
      conditions(node, any.of());
    } else if (condition instanceof Condition.Not not) {
      node.set("of", condition(not.of()));
    } else if (condition instanceof Condition.Sender sender) {
      match(node, sender.match());
    } else if (condition instanceof Condition.Recipient recipient) {
      match(node, recipient.match());
    } else if (condition instanceof Condition.Subject subject) {
      match(node, subject.match());
    } else if (condition instanceof Condition.Body body) {
      match(node, body.match());
    } else if (condition instanceof Condition.Header header) {
      match(node.put("name", header.name()), header.match());
    } else if (condition instanceof Condition.AttachmentName name) {
      match(node, name.match());
    } else if (condition instanceof Condition.LargerThan larger) {
      node.put("bytes", larger.bytes());
    } else if (condition instanceof Condition.Through through) {
      node.put("channel", through.channel().code());
    }
    return node;
  }

  private static void conditions(ObjectNode node, List<Condition> parts) {
    ArrayNode of = node.putArray("of");
    parts.forEach(part -> of.add(condition(part)));
  }

  private static void match(ObjectNode node, TextMatch match) {
    node.put(match.mode().code(), match.value());
  }

  private static ObjectNode action(RuleAction action) {
    ObjectNode node = typed(action.code());
    if (action instanceof RuleAction.RouteToInbox route) {
      node.put("inbox", route.inbox().value());
    } else if (action instanceof RuleAction.RouteToAgent route) {
      node.put("agent", route.agent().id().value()).put("agent-name", route.agent().name());
    } else if (action instanceof RuleAction.AddTag tag) {
      node.put("tag", tag.tag());
    } else if (action instanceof RuleAction.SetPriority priority) {
      node.put("priority", priority.priority());
    } else if (action instanceof RuleAction.SendTemplate answer) {
      node.put("template", answer.template().value()).put("since", answer.since().toString());
    }
    return node;
  }

  private static ObjectNode typed(String code) {
    return NODES.objectNode().put("type", code);
  }
}
