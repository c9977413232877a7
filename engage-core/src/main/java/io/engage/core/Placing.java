package io.engage.core;

import io.engage.core.Composing.Sheet;
import io.engage.core.answering.Starting;
import io.engage.core.threading.Subjects;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.OutboundAttachment;
import io.engage.model.writing.Draft;
import io.engage.spi.NotFound;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds where a draft belongs: its conversation, or the one that it will open, and its inbox. */
final class Placing {
  private final Agent agent;
  private final Parts parts;
  private final Identities identities;

  Placing(Agent agent, Parts parts) {
    this.agent = agent;
    this.parts = parts;
    this.identities = new Identities(parts);
  }

  /**
   * @param files those that are not in the blob store
   */
  Outcome<Sheet> place(Draft draft, List<OutboundAttachment> files) {
    Optional<Conversation> within = within(draft);
    if (draft.conversation() != null && within.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    Inbox inbox = inbox(within.map(Conversation::inbox).orElse(draft.inbox()));
    if (!inbox.settings().enabled()) {
      return new Outcome.Refused<>(
          "Inbox '%s' is disabled, so nothing is sent from it. Enable it first."
              .formatted(inbox.name()));
    }
    Conversation conversation =
        within.filter(any -> isAnswer(draft)).orElseGet(() -> opened(draft, inbox));
    return new Outcome.Done<>(new Sheet(draft, conversation, inbox, about(draft), files));
  }

  static boolean isAnswer(Draft draft) {
    return draft.kind() == Draft.Kind.REPLY || draft.kind() == Draft.Kind.REPLY_ALL;
  }

  private Optional<Conversation> within(Draft draft) {
    ConversationId id = draft.conversation();
    return id == null ? Optional.empty() : conversation(id);
  }

  private Optional<Conversation> conversation(ConversationId id) {
    return parts.storage().inboxes().conversations(List.of(id)).stream().findFirst();
  }

  /**
   * It has the draft's id, so it is there already when the draft was sent and taken back before.
   */
  private Conversation opened(Draft draft, Inbox inbox) {
    String subject = Subjects.base(ConversationNumber.removeFrom(draft.content().subject()));
    Conversation fresh =
        standing(Starting.decide(draft, inbox, subject, agent, parts.clock().instant()));
    return conversation(fresh.id()).map(stored -> Starting.again(stored, fresh)).orElse(fresh);
  }

  /** The customer may have been merged into another since it was begun. */
  private Conversation standing(Conversation fresh) {
    return fresh
        .findCustomer()
        .map(each -> fresh.withState(fresh.state().withCustomer(identities.now(each))))
        .orElse(fresh);
  }

  private Inbox inbox(InboxId id) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> new NotFound("inbox", id.value()));
  }

  private @Nullable Message about(Draft draft) {
    MessageId about = draft.about();
    return about == null
        ? null
        : parts.storage().inboxes().messages(List.of(about)).stream().findFirst().orElse(null);
  }
}
