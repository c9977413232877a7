package io.engage.model.rule;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.template.TemplateId;
import java.time.Instant;

/** What a rule does. */
public sealed interface RuleAction {

  /** The name under which it is stored. A literal, for ever. */
  String code();

  static RuleAction ignore() {
    return new Ignore();
  }

  static RuleAction routeTo(InboxId inbox) {
    return new RouteToInbox(inbox);
  }

  static RuleAction routeTo(Agent agent) {
    return new RouteToAgent(agent);
  }

  static RuleAction startConversation() {
    return new StartConversation();
  }

  static RuleAction tag(String tag) {
    return new AddTag(tag);
  }

  static RuleAction priority(int priority) {
    return new SetPriority(priority);
  }

  /** Answers with a template what the server receives from then on. */
  static RuleAction send(TemplateId template, Instant since) {
    return new SendTemplate(template, since);
  }

  static RuleAction stop() {
    return new Stop();
  }

  /** It is kept and opens nothing. */
  record Ignore() implements RuleAction {
    @Override
    public String code() {
      return "ignore";
    }
  }

  /**
   * It goes to another inbox, to nobody in particular. The rules of that inbox are not asked. What
   * belongs to a conversation here stays with it.
   */
  record RouteToInbox(InboxId inbox) implements RuleAction {
    public RouteToInbox {
      requireNonNull(inbox, "inbox");
    }

    @Override
    public String code() {
      return "route-to-inbox";
    }
  }

  /**
   * Its conversation is given to an agent, unless somebody has it. When they are away, it falls
   * back to the queue as the {@linkplain io.engage.model.inbox.Strategy#away strategy} of the inbox
   * says. In an inbox without one it stays with them: where nobody signs in, nobody is known to be
   * away.
   */
  record RouteToAgent(Agent agent) implements RuleAction {
    public RouteToAgent {
      requireNonNull(agent, "agent");
    }

    @Override
    public String code() {
      return "route-to-agent";
    }
  }

  /** It opens a conversation although one is open. */
  record StartConversation() implements RuleAction {
    @Override
    public String code() {
      return "start-conversation";
    }
  }

  /** Its conversation gets a tag. */
  record AddTag(String tag) implements RuleAction {
    public AddTag {
      if (tag.isBlank()) {
        throw new IllegalArgumentException("A tag needs at least one character");
      }
    }

    @Override
    public String code() {
      return "add-tag";
    }
  }

  /**
   * Its conversation gets a priority; a lower number goes first. In the queue a step counts as a
   * minute of waiting, as {@link io.engage.model.conversation.Conversation.State#findPlace} says.
   */
  record SetPriority(int priority) implements RuleAction {
    @Override
    public String code() {
      return "set-priority";
    }
  }

  /**
   * It is answered with a template, within the bounds of every automatic answer.
   *
   * @param since mail that the server received before is never answered, as in a {@link
   *     io.engage.model.inbox.Confirmation}
   */
  record SendTemplate(TemplateId template, Instant since) implements RuleAction {
    public SendTemplate {
      requireNonNull(template, "template");
      requireNonNull(since, "since");
    }

    @Override
    public String code() {
      return "send-template";
    }
  }

  /** No later rule is asked. */
  record Stop() implements RuleAction {
    @Override
    public String code() {
      return "stop";
    }
  }
}
