package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/** A folder of an account ("mailbox" in RFC 9051). */
public record ServerFolder(AccountId account, String name) {
  public ServerFolder {
    requireNonNull(account, "account");
    requireNonNull(name, "name");
    if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "A folder of account '%s' needs a name without control characters"
              .formatted(account.value()));
    }
  }

  @Override
  public String toString() {
    return account.value() + "/" + name;
  }
}
