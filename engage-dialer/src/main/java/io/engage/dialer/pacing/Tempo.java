package io.engage.dialer.pacing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a server lets us send, as far as it has told us: halved when it asks for less, a little
 * more with each second in which it does not, and free again after some minutes of peace.
 *
 * @param perSecond at most so many mails; {@link Double#POSITIVE_INFINITY} while nobody complained
 * @param lately how many mails a second it took while they were counted last
 * @param taken how many mails it took since {@code countedFrom}
 * @param countedFrom when counting began
 * @param free when the next mail may go
 * @param slowedAt when it complained last
 */
public record Tempo(
    double perSecond,
    double lately,
    int taken,
    Instant countedFrom,
    Instant free,
    Instant slowedAt) {
  /** Nobody complained. */
  public static final Tempo FREE =
      new Tempo(Double.POSITIVE_INFINITY, 0, 0, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

  private static final double SLOWEST = 1.0 / 60;

  /** A server that took nothing yet is asked once in a second. */
  private static final double LEAST = 2;

  private static final double STEP = 1.05;
  private static final Duration COUNTED = Duration.ofSeconds(1);
  private static final Duration ONE_COMPLAINT = Duration.ofSeconds(2);
  private static final Duration PEACE = Duration.ofMinutes(10);

  public Tempo {
    requireNonNull(countedFrom, "countedFrom");
    requireNonNull(free, "free");
    requireNonNull(slowedAt, "slowedAt");
  }

  public boolean isFree() {
    return perSecond == Double.POSITIVE_INFINITY;
  }

  /** How many mails may go now, at most {@code wanted}. */
  public int allowance(int wanted, Instant now) {
    if (isFree()) {
      return wanted;
    }
    return now.isBefore(free) ? 0 : 1;
  }

  /** After mails were handed to the server. */
  public Tempo went(int mails, Instant now) {
    if (isFree()) {
      return this;
    }
    Instant from = free.isAfter(now) ? free : now;
    long nanos = (long) (mails * 1e9 / perSecond);
    return new Tempo(perSecond, lately, taken, countedFrom, from.plusNanos(nanos), slowedAt);
  }

  /** After the server took one. */
  public Tempo took(Instant now) {
    if (now.isBefore(countedFrom.plus(COUNTED))) {
      return new Tempo(perSecond, lately, taken + 1, countedFrom, free, slowedAt);
    }
    double counted = counted(now);
    boolean peace = !isFree() && !now.isBefore(slowedAt.plus(PEACE));
    return peace
        ? new Tempo(Double.POSITIVE_INFINITY, counted, 1, now, Instant.EPOCH, slowedAt)
        : new Tempo(perSecond * STEP, counted, 1, now, free, slowedAt);
  }

  /** After the server asked for less. Complaints of one moment count once. */
  public Tempo slowed(Instant now) {
    if (!isFree() && now.isBefore(slowedAt.plus(ONE_COMPLAINT))) {
      return this;
    }
    double before = isFree() ? Math.max(LEAST, Math.max(lately, counted(now))) : perSecond;
    double next = Math.max(SLOWEST, before / 2);
    return new Tempo(next, lately, 0, now, now.plusNanos((long) (1e9 / next)), now);
  }

  private double counted(Instant now) {
    return taken / Math.max(1, Duration.between(countedFrom, now).toMillis() / 1000.0);
  }
}
