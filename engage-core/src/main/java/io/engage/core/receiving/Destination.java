package io.engage.core.receiving;

import io.engage.core.ruling.Ruled;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import org.jspecify.annotations.Nullable;

/**
 * Where a mail goes.
 *
 * @param inbox into which, or which does not take it
 * @param ruledBy the inbox that it was sent to, whose rules were asked
 * @param cause why the inbox does not take it; null when it does
 * @param reason the same in words
 */
public record Destination(
    Inbox inbox, InboxId ruledBy, Ruled ruled, HeldMail.@Nullable Cause cause, String reason) {

  public static Destination taken(Inbox inbox, InboxId ruledBy, Ruled ruled) {
    return new Destination(inbox, ruledBy, ruled, null, "");
  }

  static Destination held(Inbox inbox, Ruled ruled, HeldMail.Cause cause, String reason) {
    return new Destination(inbox, inbox.id(), ruled, cause, reason);
  }
}
