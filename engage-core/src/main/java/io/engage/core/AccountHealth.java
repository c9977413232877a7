package io.engage.core;

import io.engage.model.mailbox.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the mailbox of an account fares, as far as this process has looked.
 *
 * @param lastGoodSync when everything new was last taken over; null when it never was
 * @param failingSince when the first of the failures in a row was; null when the last look was good
 * @param failures how many looks in a row have failed
 * @param reason why the last one did, in plain words; empty when it did not
 * @param silent whether it has failed for so long that the listener was told
 */
public record AccountHealth(
    AccountId account,
    @Nullable Instant lastGoodSync,
    @Nullable Instant failingSince,
    int failures,
    String reason,
    boolean silent) {

  static AccountHealth unknown(AccountId account) {
    return new AccountHealth(account, null, null, 0, "", false);
  }

  AccountHealth good(Instant now) {
    return new AccountHealth(account, now, null, 0, "", false);
  }

  AccountHealth bad(Instant now, String why) {
    return new AccountHealth(
        account,
        lastGoodSync,
        failingSince == null ? now : failingSince,
        failures + 1,
        why,
        silent);
  }

  AccountHealth told() {
    return new AccountHealth(account, lastGoodSync, failingSince, failures, reason, true);
  }

  public boolean isGood() {
    return failures == 0 && lastGoodSync != null;
  }
}
