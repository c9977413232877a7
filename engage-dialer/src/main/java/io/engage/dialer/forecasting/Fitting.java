package io.engage.dialer.forecasting;

import io.engage.model.campaign.Pace;
import io.engage.model.inbox.MailPreset;
import io.engage.model.inbox.SendingLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether what is to go out fits what the provider of the account takes. */
public final class Fitting {
  private Fitting() {}

  /**
   * Sentences on what does not fit; none when all does.
   *
   * @param own the pace of the campaign
   * @param shared how fast all campaigns together may send through the account
   * @param mails how many are left
   */
  public static List<String> decide(Pace own, Pace shared, MailPreset provider, long mails) {
    SendingLimits limits = provider.limits();
    List<String> misfits = new ArrayList<>();
    Stream.of(
            tooFast(own, shared, provider.name(), limits.perMinute()),
            tooMany(mails, provider.name(), limits.perDay()),
            tooWide(own.connections(), provider.name(), limits.connections()))
        .flatMap(Optional::stream)
        .forEach(misfits::add);
    return misfits;
  }

  private static Optional<String> tooFast(Pace own, Pace shared, String provider, int perMinute) {
    if (!isFaster(Forecasting.limit(own), perMinute)) {
      return Optional.empty();
    }
    String takes = provider + " takes " + number(perMinute) + " mails a minute from an account";
    return Optional.of(
        isFaster(Forecasting.limit(shared), perMinute)
            ? takes + ", and puts off or refuses what comes faster. Give the campaign a pace."
            : takes + ", so they go out no faster than that.");
  }

  private static boolean isFaster(Duration each, int perMinute) {
    return perMinute != SendingLimits.UNSTATED
        && each.compareTo(Duration.ofMinutes(1).dividedBy(perMinute)) < 0;
  }

  private static Optional<String> tooMany(long mails, String provider, int perDay) {
    if (perDay == SendingLimits.UNSTATED || mails <= perDay) {
      return Optional.empty();
    }
    return Optional.of(
        ("%s takes mails to at most %s recipients a day from an account, but there are %s. Share"
                + " them among %s days by windows and pace, or send through a provider for bulk"
                + " mail.")
            .formatted(
                provider, number(perDay), number(mails), number((mails + perDay - 1) / perDay)));
  }

  private static Optional<String> tooWide(int connections, String provider, int most) {
    return most == SendingLimits.UNSTATED || connections <= most
        ? Optional.empty()
        : Optional.of(
            "%s takes %d connections at once from an account, but the campaign asks for %d."
                .formatted(provider, most, connections));
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
