package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;

/**
 * The mailbox from which an account's mail is imported, kept from the first import on. UIDs mean
 * nothing in any other mailbox, so an account stands for this one for ever.
 *
 * @param user the login name
 * @param host of the IMAP server
 */
public record AccountMailbox(AccountId account, String user, String host, long version)
    implements Document {
  public AccountMailbox {
    requireNonNull(account, "account");
    requireNonNull(user, "user");
    requireNonNull(host, "host");
  }

  public static DocumentKey keyOf(AccountId account) {
    return new DocumentKey(DocumentKey.Kind.ACCOUNT_MAILBOX, account.value());
  }

  @Override
  public DocumentKey key() {
    return keyOf(account);
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public AccountMailbox withVersion(long newVersion) {
    return new AccountMailbox(account, user, host, newVersion);
  }

  @Override
  public String toString() {
    return "AccountMailbox[" + account.value() + "]";
  }
}
