package io.engage.core.configuring;

import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountMailbox;
import java.util.Optional;

/**
 * Decides whether an account still stands for the mailbox from which its mail was imported. What is
 * known of single mails is known by their UIDs: in another mailbox these belong to other people's
 * mails, which would pass for imported, or be deleted. Port and encryption may change.
 */
public final class MailboxIdentity {
  private MailboxIdentity() {}

  /** Why the account may not be like that; empty when it may. */
  public static Optional<String> refusal(MailAccount wanted, Optional<AccountMailbox> imported) {
    ServerEndpoint server = wanted.imap();
    return server == null || imported.filter(it -> !isSame(it, wanted, server)).isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("Mail account '%s' has another user or IMAP server than the one whose mail was"
                    + " imported. An account stands for one mailbox; make another and give it to the"
                    + " inbox.")
                .formatted(wanted.id().value()));
  }

  private static boolean isSame(
      AccountMailbox imported, MailAccount wanted, ServerEndpoint server) {
    return imported.user().equals(wanted.user()) && imported.host().equalsIgnoreCase(server.host());
  }
}
