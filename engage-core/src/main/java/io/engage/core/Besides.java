package io.engage.core;

import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What stands beside what an agent writes: who is copied, what waits to be sent. */
final class Besides {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;

  Besides(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  Outcome<Conversation> change(ConversationId id, List<NamedAddress> cc, List<NamedAddress> bcc) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onConversation(AgentAction.REPLY, id, found -> change(found, cc, bcc)));
  }

  private Outcome<Conversation> change(
      Conversation before, List<NamedAddress> cc, List<NamedAddress> bcc) {
    Conversation.Exchange form = before.exchange().withCopies(cc, bcc);
    if (form.equals(before.exchange())) {
      return new Outcome.AlreadySo<>();
    }
    Conversation changed = before.withExchange(form);
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(List.of(changed))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            AuditSubject.of(changed.inbox(), changed.id()),
                            new AuditFact.CopiesChanged(cc.size(), bcc.size())))
                .build());
    return new Outcome.Done<>(changed.withVersion(changed.version() + 1));
  }

  /** In the inboxes of these that the agent may read. */
  Page<Message> outbox(Collection<InboxId> inboxes, Set<Delivery> deliveries, Page.Request page) {
    Set<InboxId> readable = permitting.permitted(AgentAction.READ, Set.copyOf(inboxes));
    return readable.isEmpty()
        ? new Page<>(List.of(), null)
        : parts.storage().outbox().messages(readable, deliveries, page);
  }
}
