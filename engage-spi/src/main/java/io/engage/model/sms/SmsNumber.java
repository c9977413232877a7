package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;

/**
 * That one of our numbers was given to an inbox. Two administrators who give it away at the same
 * moment both write this, and one of them is refused.
 */
public record SmsNumber(PhoneNumber number, InboxId inbox, long version) implements Document {
  public SmsNumber {
    requireNonNull(number, "number");
    requireNonNull(inbox, "inbox");
  }

  @Override
  public DocumentKey key() {
    return keyOf(number);
  }

  public static DocumentKey keyOf(PhoneNumber number) {
    return new DocumentKey(DocumentKey.Kind.SMS_NUMBER, number.value());
  }

  @Override
  public String owner() {
    return inbox.value();
  }

  @Override
  public SmsNumber withVersion(long newVersion) {
    return new SmsNumber(number, inbox, newVersion);
  }
}
