package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.StoredAccount;

/**
 * A mail account that was saved.
 *
 * @param account as it is stored now, ready to be changed again
 * @param check how its servers answered: whatever is red in it has to be seen to, or mail will not
 *     come or go
 */
public record SavedAccount(StoredAccount account, AccountCheck check) {
  public SavedAccount {
    requireNonNull(account, "account");
    requireNonNull(check, "check");
  }
}
