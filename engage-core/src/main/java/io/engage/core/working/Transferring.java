package io.engage.core.working;

import io.engage.core.working.Step.OnServer;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import io.engage.model.message.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides what moves when a conversation goes to another inbox: the conversation and its messages.
 * Where its mails lie on the server stays, and so does what the ledger says of them. Nobody keeps a
 * conversation that they do not see any more.
 */
public final class Transferring {
  Transferring() {}

  Step decide(Wish.Transfer wish, Conversation conversation, List<Message> messages, Instant now) {
    Inbox destination = wish.destination();
    if (conversation.inbox().equals(wish.to())) {
      return new Step.AlreadySo();
    } else if (destination == null) {
      return new Step.Refused("There is no inbox '%s'.".formatted(wish.to().value()));
    } else if (!destination.settings().enabled()) {
      return new Step.Refused("Inbox '%s' is switched off.".formatted(destination.name()));
    }
    return moved(wish, destination, conversation, messages, now);
  }

  private static Step moved(
      Wish.Transfer wish,
      Inbox to,
      Conversation conversation,
      List<Message> messages,
      Instant now) {
    AgentId assignee = conversation.state().assignee();
    boolean isHandedBack = assignee != null && !worksIn(to, assignee, wish.strangers());
    AuditSubject subject = AuditSubject.of(to.id(), conversation.id());
    List<Occurrence> occurrences = new ArrayList<>();
    occurrences.add(
        new Occurrence(subject, new AuditFact.Transferred(conversation.inbox(), to.id())));
    if (isHandedBack) {
      occurrences.add(new Occurrence(subject, new AuditFact.HandedBack()));
    }
    return new Step.Changed(
        decide(conversation, to, wish.strangers(), now),
        messages.stream().map(message -> message.in(to.id())).toList(),
        occurrences,
        OnServer.NOTHING);
  }

  /**
   * The conversation as it is there: whoever works there keeps it, else somebody there is awaited.
   *
   * @param strangers the agents who may not read there
   */
  public static Conversation decide(
      Conversation conversation, Inbox to, Set<AgentId> strangers, Instant now) {
    Conversation there = conversation.in(to.id());
    return conversation.findAssignee().filter(each -> worksIn(to, each, strangers)).isPresent()
        ? there
        : there.givenBack(now);
  }

  private static boolean worksIn(Inbox inbox, AgentId agent, Set<AgentId> strangers) {
    List<Member> members = inbox.settings().members();
    return !strangers.contains(agent)
        && (members.isEmpty() || members.stream().anyMatch(each -> each.agent().equals(agent)));
  }
}
