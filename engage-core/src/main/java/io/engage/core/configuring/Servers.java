package io.engage.core.configuring;

import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import java.util.List;
import java.util.Optional;

/** Decides whether an account has the servers that an inbox needs. */
public final class Servers {
  private Servers() {}

  /** What the account lacks for the first of these inboxes that needs more; empty when it does. */
  public static Optional<String> lacking(MailAccount account, List<Inbox> inboxes) {
    return inboxes.stream().flatMap(inbox -> lacking(account, inbox).stream()).findFirst();
  }

  static Optional<String> lacking(MailAccount account, Inbox inbox) {
    if (account.smtp() == null) {
      return Optional.of(
          "Mail account '%s' needs an SMTP server: inbox '%s' sends through it"
              .formatted(account.id().value(), inbox.name()));
    }
    boolean needsImap = inbox.settings().receiving() && inbox.settings().forwarding() == null;
    return needsImap && account.imap() == null
        ? Optional.of(
            "Mail account '%s' needs an IMAP server as long as inbox '%s' receives mail"
                .formatted(account.id().value(), inbox.name()))
        : Optional.empty();
  }
}
