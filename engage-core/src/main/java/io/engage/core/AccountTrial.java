package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.AccountCheck.Finding;
import io.engage.core.AccountCheck.Server;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.FolderState;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport.TransportSession;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries the servers of a mail account as they would be used, and says what came of it in plain
 * words. Nothing is sent, and nothing on the server changes.
 */
public final class AccountTrial {
  private final MailSystem mail;

  /**
   * @param mail with the patience that whoever waits has, see {@link MailSystem#trying}
   */
  public AccountTrial(MailSystem mail) {
    this.mail = requireNonNull(mail, "mail");
  }

  /** Logs in to the IMAP server and looks at each folder; nothing when there is no such server. */
  public List<Finding> imap(MailAccount account) {
    List<Finding> findings = new ArrayList<>();
    ServerEndpoint server = account.imap();
    if (server == null) {
      return findings;
    }
    try (MailboxSession session = mail.source().open(account)) {
      findings.add(Finding.green(Server.IMAP, "login", accepted(account, server)));
      for (String folder : account.folders()) {
        findings.add(look(session, folder));
      }
    } catch (RuntimeException refused) {
      findings.add(Finding.red(Server.IMAP, "login", refused));
    }
    return findings;
  }

  /** Logs in to the SMTP server; nothing when there is no such server. */
  public List<Finding> smtp(MailAccount account) {
    ServerEndpoint server = account.smtp();
    if (server == null) {
      return List.of();
    }
    try (TransportSession session = mail.transport().open(account)) {
      String now = session.isUsable() ? "" : ", and it takes nothing now";
      return List.of(
          Finding.green(
              Server.SMTP, "login", accepted(account, server) + "; nothing was sent" + now));
    } catch (RuntimeException refused) {
      return List.of(Finding.red(Server.SMTP, "login", refused));
    }
  }

  private static Finding look(MailboxSession session, String folder) {
    try {
      FolderState state = session.look(folder);
      return Finding.green(
          Server.IMAP,
          "folder",
          "'%s' has %d mails, UIDVALIDITY %d; changes of others are %s"
              .formatted(
                  folder,
                  state.messages(),
                  state.uidValidity(),
                  state.highestModSeq() > 0
                      ? "counted by the server (CONDSTORE), so looking again is cheap"
                      : "found by comparing all flags, because the server does not count them"));
    } catch (RuntimeException missing) {
      Finding red = Finding.red(Server.IMAP, "folder", missing);
      return new Finding(
          Server.IMAP, "folder", false, "'%s': %s".formatted(folder, red.words()), false);
    }
  }

  private static String accepted(MailAccount account, ServerEndpoint server) {
    return "%s accepts user '%s'%s".formatted(server.host(), account.user(), by(server));
  }

  private static String by(ServerEndpoint server) {
    return switch (server.tls()) {
      case TLS -> " over TLS with a trusted certificate";
      case STARTTLS_REQUIRED -> " over STARTTLS with a trusted certificate";
      case PLAINTEXT_LOOPBACK, PLAINTEXT_INSECURE -> " in clear text";
    };
  }
}
