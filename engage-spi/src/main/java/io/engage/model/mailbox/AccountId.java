package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

/** Names one mail account. */
public record AccountId(String value) {
  public AccountId {
    requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("A AccountId needs at least one character");
    }
  }

  public static AccountId of(String value) {
    return new AccountId(value);
  }

  /** The account under which the outbox keeps text messages, which need no mail account. */
  public static final AccountId SMS = new AccountId("sms");

  @Override
  public String toString() {
    return value;
  }
}
