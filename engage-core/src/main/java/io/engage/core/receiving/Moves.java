package io.engage.core.receiving;

import io.engage.core.routing.InboxRouting;
import io.engage.core.threading.Belonging;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import java.util.List;
import java.util.Optional;

/**
 * Tells what follows a conversation that went to another inbox from what is new where it was sent:
 * customers go on writing to the address that they know.
 */
final class Moves {
  private final InboxRouting routing;
  private final List<InboxId> allAddressed;
  private final List<Inbox> inboxes;
  private final Draft draft;

  /**
   * @param allAddressed the inboxes that the mail was sent to
   */
  Moves(InboxRouting routing, List<InboxId> allAddressed, List<Inbox> inboxes, Draft draft) {
    this.routing = routing;
    this.allAddressed = allAddressed;
    this.inboxes = inboxes;
    this.draft = draft;
  }

  /** Where a mail to {@code addressed} goes: there, unless its conversation has left it. */
  InboxId decide(InboxId addressed, MailHeaders headers, Belonging belonging) {
    return belonging.in(addressed).isPresent()
        ? addressed
        : byMessage(addressed, headers, belonging)
            .or(() -> byNumber(headers, belonging))
            .orElse(addressed);
  }

  private Optional<InboxId> byMessage(InboxId addressed, MailHeaders headers, Belonging belonging) {
    return headers.ancestors().stream()
        .flatMap(id -> draft.messages(id).stream())
        .filter(earlier -> isJoined(earlier.inbox(), earlier.conversation(), belonging))
        .filter(earlier -> wasIn(addressed, earlier))
        .map(Message::inbox)
        .findFirst();
  }

  /**
   * A number names no message that could tell where its conversation has been, but one matter only;
   * unless the mail was sent there as well, it is for whoever has that matter now.
   */
  private Optional<InboxId> byNumber(MailHeaders headers, Belonging belonging) {
    return ConversationNumber.findAll(headers.subject()).stream()
        .flatMap(number -> draft.numbered(number).stream())
        .filter(found -> isJoined(found.inbox(), found.id(), belonging))
        .map(Conversation::inbox)
        .filter(inbox -> !allAddressed.contains(inbox))
        .findFirst();
  }

  private static boolean isJoined(InboxId inbox, ConversationId conversation, Belonging belonging) {
    return belonging.in(inbox).filter(join -> join.conversation().equals(conversation)).isPresent();
  }

  /** It came to this inbox, or was sent from there. */
  private boolean wasIn(InboxId inbox, Message earlier) {
    return earlier.direction() == Direction.INBOUND
        ? routing.decide(earlier.headers(), inboxes).inboxes().contains(inbox)
        : inboxes.stream()
            .filter(each -> each.id().equals(inbox))
            .anyMatch(
                each ->
                    earlier.headers().from().stream()
                        .map(NamedAddress::address)
                        .anyMatch(each::owns));
  }
}
