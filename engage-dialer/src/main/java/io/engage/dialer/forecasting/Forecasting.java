package io.engage.dialer.forecasting;

import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.WeeklySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a campaign will be done, from its pace and its windows. Nobody knows how fast the
 * servers will take the mails, nor how many go to one domain, so it is the earliest moment.
 */
public final class Forecasting {
  /** What one mail takes on one connection to a server that is neither near nor far. */
  static final Duration ROUND_TRIPS = Duration.ofMillis(50);

  private static final Duration LONGEST = Duration.ofDays(3660);

  private Forecasting() {}

  /**
   * @param shared how fast all campaigns together may send through the account
   * @param mails how many are left
   * @param from the moment before the first of them
   */
  public static Forecast decide(CampaignPlan plan, Pace shared, long mails, Instant from) {
    Duration each = longer(each(plan.pace()), limit(shared));
    long between = Math.max(0, mails - 1);
    Optional<Instant> last =
        between > LONGEST.toNanos() / Math.max(1, each.toNanos())
            ? Optional.empty()
            : walk(plan.windows(), each.multipliedBy(between), from);
    Instant until = plan.until();
    if (last.isEmpty()) {
      return new Forecast.Never("At this pace, in these windows, it takes more than ten years.");
    }
    return until != null && !last.get().isBefore(until)
        ? new Forecast.Never("It ends before all have had their turn.")
        : new Forecast.At(last.get());
  }

  /** The first moment of an open window up to which it was open for {@code open}. */
  private static Optional<Instant> walk(
      @Nullable WeeklySchedule windows, Duration open, Instant from) {
    if (windows == null) {
      return Optional.of(from.plus(open));
    }
    Duration left = open;
    Instant latest = from.plus(LONGEST);
    Optional<Instant> opens = windows.nextOpening(from);
    while (opens.isPresent() && opens.get().isBefore(latest)) {
      Optional<Instant> closes = windows.nextClosing(opens.get());
      Duration span = Duration.between(opens.get(), closes.orElse(latest));
      if (left.compareTo(span) < 0) {
        return Optional.of(opens.get().plus(left));
      }
      left = left.minus(span);
      opens = closes.flatMap(windows::nextOpening);
    }
    return Optional.empty();
  }

  /** The time between two mails, by the limit that is the tightest, or the round trips. */
  static Duration each(Pace pace) {
    return longer(ROUND_TRIPS.dividedBy(pace.connections()), limit(pace));
  }

  /** The time between two mails, by the limit that is the tightest; zero without any. */
  static Duration limit(Pace pace) {
    Duration each = longer(pace.between(), share(Duration.ofSeconds(1), pace.perSecond()));
    each = longer(each, share(Duration.ofMinutes(1), pace.perMinute()));
    return longer(each, share(Duration.ofHours(1), pace.perHour()));
  }

  private static Duration share(Duration time, int most) {
    return most == Pace.NO_LIMIT ? Duration.ZERO : time.dividedBy(most);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
