package io.engage.core.routing;

import io.engage.model.address.EmailAddress;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MailHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Decides into which inboxes of an account a message goes: those whose addresses it was sent to.
 * Where servers say they delivered it counts only when it was sent to none of them (a blind copy):
 * the login of a shared account stands there on every mail. When that names none either, it goes to
 * the first, because nothing is dropped for want of an address.
 *
 * <p>Mail that was delivered to a forwarding address is for its inbox, whoever else it was sent to:
 * nobody can guess such an address, and whoever else it names gets a copy on another way.
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
   * @param inboxes those whose mail may arrive in the account, the first being for what names none
   */
  public Routed decide(MailHeaders headers, List<Inbox> inboxes) {
    List<InboxId> forwarded = forwarded(headers, inboxes);
    return forwarded.isEmpty() ? byRecipients(headers, inboxes) : new Routed(forwarded, true);
  }

  private static List<InboxId> forwarded(MailHeaders headers, List<Inbox> inboxes) {
    return inboxes.stream()
        .filter(inbox -> isForwardedTo(inbox, headers.deliveredTo()))
        .map(Inbox::id)
        .toList();
  }

  private static boolean isForwardedTo(Inbox inbox, List<EmailAddress> deliveredTo) {
    EmailAddress forwarding = inbox.settings().forwarding();
    return forwarding != null
        && deliveredTo.stream().anyMatch(to -> to.value().equalsIgnoreCase(forwarding.value()));
  }

  private static Routed byRecipients(MailHeaders headers, List<Inbox> inboxes) {
    List<InboxId> addressed = owners(writtenTo(headers), inboxes);
    List<InboxId> found = addressed.isEmpty() ? owners(headers.deliveredTo(), inboxes) : addressed;
    return found.isEmpty()
        ? new Routed(inboxes.stream().limit(1).map(Inbox::id).toList(), false)
        : new Routed(found, true);
  }

  private static List<EmailAddress> writtenTo(MailHeaders headers) {
    List<EmailAddress> addresses = new ArrayList<>();
    headers.to().forEach(each -> addresses.add(each.address()));
    headers.cc().forEach(each -> addresses.add(each.address()));
    headers.bcc().forEach(each -> addresses.add(each.address()));
    return addresses;
  }

  /** An address that an inbox has word for word is its own, whoever has it without the detail. */
  private static List<InboxId> owners(Collection<EmailAddress> recipients, List<Inbox> inboxes) {
    List<InboxId> owners = new ArrayList<>();
    for (Inbox inbox : inboxes) {
      if (ownsAny(inbox, recipients, inboxes)) {
        owners.add(inbox.id());
      }
    }
    return owners;
  }

  private static boolean ownsAny(
      Inbox inbox, Collection<EmailAddress> recipients, List<Inbox> inboxes) {
    for (EmailAddress each : recipients) {
      if (isFor(inbox, each, inboxes)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFor(Inbox inbox, EmailAddress recipient, List<Inbox> inboxes) {
    return has(inbox, recipient) || (inbox.owns(recipient) && !hasAny(inboxes, recipient));
  }

  private static boolean has(Inbox inbox, EmailAddress address) {
    for (EmailAddress own : inbox.addresses()) {
      if (own.value().equalsIgnoreCase(address.value())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasAny(List<Inbox> inboxes, EmailAddress address) {
    for (Inbox each : inboxes) {
      if (has(each, address)) {
        return true;
      }
    }
    return false;
  }
}
