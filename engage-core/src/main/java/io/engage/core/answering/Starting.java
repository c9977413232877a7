package io.engage.core.answering;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Channel;
import io.engage.model.writing.Draft;
import java.time.Instant;
import java.util.Set;

/**
 * Decides the conversation that a draft opens. It is with the agent who writes; that of a forward
 * is led beside the one it comes from, without its customer, who shall never see it.
 */
public final class Starting {
  private Starting() {}

  /**
   * @param subject what it is about, without prefixes and numbers
   */
  public static Conversation decide(
      Draft draft, Inbox inbox, String subject, Agent agent, Instant now) {
    return new Conversation(
            ConversationId.of(draft.id().value()),
            inbox.id(),
            Channel.EMAIL,
            subject,
            Set.of(),
            0,
            0,
            now,
            now,
            exchange(draft),
            Conversation.State.NEW.withCustomer(draft.customer()),
            0)
        .taken(agent.id(), now);
  }

  /** The same one once more, after what had opened it was taken back. */
  public static Conversation again(Conversation stored, Conversation fresh) {
    return stored.isEmpty() ? fresh.withVersion(stored.version()) : stored;
  }

  private static Conversation.Exchange exchange(Draft draft) {
    Conversation.Exchange form =
        Conversation.Exchange.NONE.withCopies(draft.content().cc(), draft.content().bcc());
    ConversationId parent = draft.conversation();
    return draft.kind() == Draft.Kind.FORWARD && parent != null ? form.besides(parent) : form;
  }
}
