package io.engage.core.linking;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import io.engage.model.address.PhoneNumber;
import java.util.Optional;

/** Reads phone numbers as people type them. */
public final class PhoneNumbers {
  private static final int LONGEST = 40;

  private PhoneNumbers() {}

  /**
   * @param region where a number without a country code is, two letters (ISO 3166-1)
   * @return empty when it is no number that anybody could have
   */
  public static Optional<PhoneNumber> parse(String text, String region) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      var number = numbers.parse(text, region);
      return numbers.isValidNumber(number)
          ? Optional.of(PhoneNumber.of(numbers.format(number, PhoneNumberFormat.E164)))
          : Optional.empty();
    } catch (NumberParseException noNumber) {
      return Optional.empty();
    }
  }
}
