package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.mailbox.AccountId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail account: where its mail is fetched and sent. Its password or token is not here; it comes
 * from the host's {@code Credentials} at each connection.
 *
 * @param user the login name
 * @param imap where mail is fetched; null for an account that only sends
 * @param smtp where mail is sent; null for an account that only receives
 * @param folders which folders are imported
 * @param sentCopies who puts a copy of sent mail into the Sent folder
 */
public record MailAccount(
    AccountId id,
    String user,
    @Nullable ServerEndpoint imap,
    @Nullable ServerEndpoint smtp,
    List<String> folders,
    SentCopies sentCopies) {

  /** Who keeps a copy of sent mail on the server. */
  public enum SentCopies {
    /** Engage appends one to the folder marked {@code \Sent} (RFC 6154). */
    APPENDED,
    /** The provider does by itself, as Gmail and Exchange do; a second would be a double. */
    BY_PROVIDER
  }

  public MailAccount {
    requireNonNull(id, "id");
    requireNonNull(user, "user");
    folders = List.copyOf(folders);
    requireNonNull(sentCopies, "sentCopies");
    if (imap == null && smtp == null) {
      throw new IllegalArgumentException(
          "Mail account '%s' needs an IMAP or an SMTP server".formatted(id.value()));
    }
    if (user.isBlank() || user.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "Mail account '%s' needs a user name without control characters".formatted(id.value()));
    }
    if (imap != null && folders.isEmpty()) {
      throw new IllegalArgumentException(
          "Mail account '%s' needs a folder to import, usually INBOX".formatted(id.value()));
    }
  }

  /** An account that imports INBOX and appends what it sends to Sent. */
  public static MailAccount of(
      String id, String user, @Nullable ServerEndpoint imap, @Nullable ServerEndpoint smtp) {
    return new MailAccount(
        AccountId.of(id), user, imap, smtp, List.of("INBOX"), SentCopies.APPENDED);
  }

  @Override
  public String toString() {
    return "MailAccount[" + id.value() + "]";
  }
}
