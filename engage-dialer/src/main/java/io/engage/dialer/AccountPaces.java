package io.engage.dialer;

import io.engage.model.campaign.Pace;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.MailPreset;
import io.engage.model.inbox.SendingLimits;
import io.engage.model.mailbox.AccountId;
import java.util.Map;
import java.util.Optional;

/**
 * How fast all campaigns together may send through an account: as the host says, else as its
 * provider is known to take mails.
 */
final class AccountPaces {
  private final Map<AccountId, Pace> given;

  AccountPaces(Map<AccountId, Pace> given) {
    this.given = Map.copyOf(given);
  }

  Pace of(MailAccount account) {
    Pace wanted = given.get(account.id());
    return wanted != null ? wanted : usual(account);
  }

  /** What the host says; a provider takes some every minute, so nobody waits long for it. */
  Optional<Pace> findGiven(AccountId account) {
    return Optional.ofNullable(given.get(account));
  }

  private static Pace usual(MailAccount account) {
    return MailPreset.sendingFor(account)
        .map(MailPreset::limits)
        .map(SendingLimits::perMinute)
        .map(Pace.UNLIMITED::withPerMinute)
        .orElse(Pace.UNLIMITED);
  }
}
