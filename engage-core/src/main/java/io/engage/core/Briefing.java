package io.engage.core;

import io.engage.core.working.Wish;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out what a wish is decided on besides its conversations: other inboxes, other agents. */
final class Briefing {
  private final Agent agent;
  private final Parts parts;
  private final Identities identities;

  Briefing(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.identities = new Identities(parts);
  }

  Wish complete(Wish wish, Collection<Conversation> conversations) {
    if (wish instanceof Wish.Assign assign) {
      return assign.to().id().equals(agent.id())
          ? assign
          : new Wish.Assign(assign.to(), closedTo(assign.to(), conversations));
    } else if (wish instanceof Wish.Transfer transfer) {
      return inbox(transfer.to()).<Wish>map(to -> transfer(to, conversations)).orElse(transfer);
    }
    return wish;
  }

  /** What the directory has to say of a wish, which is asked when it is permitted. */
  Wish meant(Wish wish) {
    return wish instanceof Wish.Link link
        ? new Wish.Link(link.customer(), identities.known(link.customer()), link.reason())
        : wish;
  }

  private Wish.Transfer transfer(Inbox to, Collection<Conversation> conversations) {
    Set<AgentId> strangers =
        conversations.stream()
            .flatMap(each -> each.findAssignee().stream())
            .distinct()
            .filter(each -> !closed(new Agent(each, each.value()), Set.of(to.id())).isEmpty())
            .collect(Collectors.toSet());
    return new Wish.Transfer(to.id(), to, strangers);
  }

  private Set<InboxId> closedTo(Agent other, Collection<Conversation> conversations) {
    return closed(
        other, conversations.stream().map(Conversation::inbox).collect(Collectors.toSet()));
  }

  /** Those of the inboxes in which an agent may not read. */
  private Set<InboxId> closed(Agent other, Set<InboxId> inboxes) {
    if (inboxes.isEmpty()) {
      return Set.of();
    }
    Map<InboxId, Permission> answers = parts.permissions().check(other, AgentAction.READ, inboxes);
    return inboxes.stream()
        .filter(inbox -> Permitting.refusal(answers, inbox).isPresent())
        .collect(Collectors.toSet());
  }

  private Optional<Inbox> inbox(InboxId id) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream().findFirst();
  }
}
