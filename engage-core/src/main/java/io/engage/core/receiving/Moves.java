package io.engage.core.receiving;

import io.engage.core.routing.InboxRouting;
import io.engage.core.threading.Belonging;
import io.engage.model.address.NamedAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import java.util.List;

/**
 * Tells what follows a conversation that went to another inbox from what is new where it was sent:
 * customers go on writing to the address that they know.
 */
final class Moves {
  private final InboxRouting routing;
  private final List<Inbox> inboxes;
  private final Draft draft;

  Moves(InboxRouting routing, List<Inbox> inboxes, Draft draft) {
    this.routing = routing;
    this.inboxes = inboxes;
    this.draft = draft;
  }

  /** Where a mail to {@code addressed} goes: there, unless its conversation has left it. */
  InboxId decide(InboxId addressed, MailHeaders headers, Belonging belonging) {
    return belonging.in(addressed).isPresent()
        ? addressed
        : headers.ancestors().stream()
            .flatMap(id -> draft.messages(id).stream())
            .filter(earlier -> isJoined(earlier, belonging) && wasIn(addressed, earlier))
            .map(Message::inbox)
            .findFirst()
            .orElse(addressed);
  }

  private static boolean isJoined(Message earlier, Belonging belonging) {
    return belonging
        .in(earlier.inbox())
        .filter(join -> join.conversation().equals(earlier.conversation()))
        .isPresent();
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
