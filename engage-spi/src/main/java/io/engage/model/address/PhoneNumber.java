package io.engage.model.address;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** A phone number in the international form of ITU-T E.164: {@code +} and 7 to 15 digits. */
public record PhoneNumber(String value) implements Address {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  public PhoneNumber {
    requireNonNull(value, "value");
    if (!E164.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A phone number is '+' and 7 to 15 digits without spaces (E.164), such as +14155550123");
    }
  }

  public static PhoneNumber of(String e164) {
    return new PhoneNumber(e164);
  }

  @Override
  public String toString() {
    return value;
  }
}
