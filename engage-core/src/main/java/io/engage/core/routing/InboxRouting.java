package io.engage.core.routing;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides into which inboxes of an account a message goes: those whose addresses it was sent to.
 * One that was sent to none of them (a blind copy, a forwarded mailbox) goes to the first, because
 * nothing is dropped for want of an address.
 */
public final class InboxRouting {

  /**
   * @param byAddress false when no address matched
   */
  public record Routed(List<InboxId> inboxes, boolean byAddress) {
    public Routed {
      inboxes = List.copyOf(inboxes);
    }
  }

  /**
   * @param inboxes those of the account, in their order
   */
  public Routed decide(Set<EmailAddress> recipients, List<Inbox> inboxes) {
    List<InboxId> addressed =
        inboxes.stream()
            .filter(inbox -> recipients.stream().anyMatch(to -> belongsTo(to, inbox)))
            .map(Inbox::id)
            .toList();
    return addressed.isEmpty()
        ? new Routed(inboxes.stream().limit(1).map(Inbox::id).toList(), false)
        : new Routed(addressed, true);
  }

  private static boolean belongsTo(EmailAddress recipient, Inbox inbox) {
    String wanted = withoutDetail(recipient);
    return inbox.addresses().stream().anyMatch(own -> withoutDetail(own).equals(wanted));
  }

  /** Our own servers know no case, and deliver {@code shop+detail} to {@code shop} (RFC 5233). */
  private static String withoutDetail(EmailAddress address) {
    String local = address.localPart().toLowerCase(Locale.ROOT);
    int plus = local.indexOf('+');
    return (plus > 0 ? local.substring(0, plus) : local) + '@' + address.domain();
  }
}
