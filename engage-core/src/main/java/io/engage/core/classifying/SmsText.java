package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;

/** A text message that a gateway forwarded as a mail: who sent it, and what it says. */
public record SmsText(PhoneNumber number, String text) {
  public SmsText {
    requireNonNull(number, "number");
    requireNonNull(text, "text");
  }

  @Override
  public String toString() {
    return "SmsText[" + text.length() + " characters]";
  }
}
