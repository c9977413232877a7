package io.engage.core;

import io.engage.core.OpenedMessage.Copy;
import io.engage.core.threading.Copies;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the copies of a mail in the other inboxes that an agent may read. */
final class CopiesOfMail {
  private final Parts parts;
  private final Permitting permitting;

  CopiesOfMail(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
  }

  List<Copy> of(Message message) {
    List<Message> copies = Copies.decide(message, candidates(message));
    Set<InboxId> readable =
        permitting.permitted(
            AgentAction.READ, copies.stream().map(Message::inbox).collect(Collectors.toSet()));
    List<Message> shown = copies.stream().filter(each -> readable.contains(each.inbox())).toList();
    List<Message> ours =
        shown.isEmpty()
            ? List.of()
            : Portions.messagesIn(
                    parts.storage().search(),
                    shown.stream().map(Message::conversation).distinct().toList())
                .filter(each -> each.direction() == Direction.OUTBOUND)
                .toList();
    return shown.stream()
        .map(
            each ->
                new Copy(
                    each.inbox(), each.conversation(), each.id(), Copies.isAnswered(each, ours)))
        .toList();
  }

  /** The same bytes carry the same Message-ID, if any. */
  private List<Message> candidates(Message message) {
    RfcMessageId id = message.headers().messageId();
    if (message.isPlainText()) {
      return List.of();
    }
    return id == null
        ? parts.storage().inboxes().withSource(List.of(message.source().digest()))
        : parts.storage().inboxes().withMessageId(List.of(id));
  }
}
