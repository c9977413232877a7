package io.engage.core;

import io.engage.core.configuring.MailboxIdentity;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.AccountMailbox;
import io.engage.spi.MailSource.MailboxSession;
import java.util.List;
import java.util.Optional;

/**
 * Opens the mailboxes of accounts, and none but the one from which an account's mail was imported
 * first: whoever starts the program with other settings is told before a mail is touched.
 */
final class Mailboxes {
  private final Parts parts;

  Mailboxes(Parts parts) {
    this.parts = parts;
  }

  /**
   * Opens it to import from it: from now on the account stands for this mailbox. One whose login
   * fails is not the account's yet, so that a slip in its user or host can be corrected.
   */
  MailboxSession openToImport(MailAccount account) {
    MailboxSession session = open(account);
    try {
      parts.committing().retrying(() -> remember(account));
      requireSame(account);
      return session;
    } catch (RuntimeException | Error refused) {
      session.close();
      throw refused;
    }
  }

  MailboxSession open(MailAccount account) {
    requireSame(account);
    return parts.mail().source().open(account);
  }

  private void requireSame(MailAccount account) {
    MailboxIdentity.refusal(account, find(account.id()))
        .ifPresent(
            reason -> {
              throw new CoreFailure(reason, false);
            });
  }

  /** From which mailbox the mail of an account was imported; empty when from none yet. */
  Optional<AccountMailbox> find(AccountId account) {
    return parts.storage().documents().find(List.of(AccountMailbox.keyOf(account))).stream()
        .map(AccountMailbox.class::cast)
        .findFirst();
  }

  /** Whether it was news. */
  private boolean remember(MailAccount account) {
    ServerEndpoint server = account.imap();
    if (server == null || find(account.id()).isPresent()) {
      return false;
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(new AccountMailbox(account.id(), account.user(), server.host(), 0))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.RECEIVING,
                            AuditSubject.NONE,
                            new AuditFact.AccountConfigured(account.id(), List.of("mailbox"))))
                .build());
    return true;
  }
}
