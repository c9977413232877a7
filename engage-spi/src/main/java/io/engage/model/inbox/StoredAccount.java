package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;

/** A mail account that was set up while Engage ran, as it is kept. */
public record StoredAccount(MailAccount account, long version) implements Document {
  public StoredAccount {
    requireNonNull(account, "account");
  }

  @Override
  public DocumentKey key() {
    return new DocumentKey(DocumentKey.Kind.ACCOUNT, account.id().value());
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public StoredAccount withVersion(long newVersion) {
    return new StoredAccount(account, newVersion);
  }
}
