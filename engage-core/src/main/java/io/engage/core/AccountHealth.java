package io.engage.core;

import io.engage.model.mailbox.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the mailbox of an account fares, as far as this process has looked.
 *
 * @param lastGoodSync when everything new was last taken over; null when it never was
 * @param lag how long ago that is, or since when this process has tried; zero when it has not
 * @param failingSince when the first of the failures in a row was; null when the last look was good
 * @param failures how many looks in a row have failed
 * @param reason why the last one did, in plain words; empty when it did not
 * @param silent whether there was no good look for so long that the listener was told
 * @param needsConsent whether the owner of the account has to consent again (OAuth 2.0), for
 *     fetching or for sending
 */
public record AccountHealth(
    AccountId account,
    @Nullable Instant lastGoodSync,
    Duration lag,
    @Nullable Instant failingSince,
    int failures,
    String reason,
    boolean silent,
    boolean needsConsent) {

  /** The same, where another use of the account than a look for mail was refused. */
  AccountHealth needingConsent(String why) {
    return new AccountHealth(
        account,
        lastGoodSync,
        lag,
        failingSince,
        failures,
        reason.isEmpty() ? why : reason,
        silent,
        true);
  }

  public boolean isGood() {
    return failures == 0 && lastGoodSync != null && !silent && !needsConsent;
  }
}
