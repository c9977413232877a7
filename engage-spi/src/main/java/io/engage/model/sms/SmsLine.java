package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;

/**
 * The SMS number of an inbox. Onboarding and enabling are two steps; what is enabled stays so.
 *
 * @param number from which and to which text messages go
 * @param callsTo where calls to it are forwarded, usually the shop's own line
 * @param enabled whether agents may send text messages; what customers send arrives in any case
 */
public record SmsLine(PhoneNumber number, PhoneNumber callsTo, boolean enabled) {
  public SmsLine {
    requireNonNull(number, "number");
    requireNonNull(callsTo, "callsTo");
  }

  public SmsLine asEnabled() {
    return new SmsLine(number, callsTo, true);
  }
}
