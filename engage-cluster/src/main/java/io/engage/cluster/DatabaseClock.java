package io.engage.cluster;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * The time of the database, so that leases and windows mean the same on every node however wrong
 * their own clocks are. Give it to {@code Engage.builder().clock(...)} as well as to the {@link
 * Cluster}.
 *
 * <p>It asks when it is made and at each {@link #refresh}, and goes on in between by this machine's
 * steady count of nanoseconds, which nobody sets. An answer that took longer than a second says too
 * little of when the database looked at its clock, and is not believed. It never goes backwards:
 * when the database's clock was set back, it stands still until that has caught up.
 */
public final class DatabaseClock extends Clock {
  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(1);
  private static final int MOST_QUESTIONS = 10;

  private final DataSource connections;
  private final LongSupplier nanos;
  private volatile Reading reading;
  private final AtomicReference<Instant> latest;

  /** What the database said, and when that was by our own count. */
  private record Reading(Instant time, long atNanos, Duration took) {
    boolean isExact() {
      return took.compareTo(LONGEST_ANSWER) <= 0;
    }
  }

  DatabaseClock(DataSource connections, LongSupplier nanos) {
    this.connections = requireNonNull(connections, "connections");
    this.nanos = nanos;
    Reading first = firstExact();
    this.reading = first;
    this.latest = new AtomicReference<>(first.time());
  }

  /** Asks the database at once. */
  public static DatabaseClock over(DataSource connections) {
    return new DatabaseClock(connections, System::nanoTime);
  }

  /** Without an earlier answer there is nothing to go on with. */
  private Reading firstExact() {
    for (int asked = 0; asked < MOST_QUESTIONS; asked++) {
      Reading answer = read();
      if (answer.isExact()) {
        return answer;
      }
    }
    throw new IllegalStateException(
        ("The database took longer than %d ms to say what time it is, %d times in a row. Start"
                + " again when it is less busy.")
            .formatted(LONGEST_ANSWER.toMillis(), MOST_QUESTIONS));
  }

  /**
   * Asks the database again; a {@link Cluster} sees to that. When it is away, or takes too long,
   * the clock goes on as it did.
   *
   * @return whether the database answered in time
   */
  public boolean refresh() {
    try {
      Reading answer = read();
      if (answer.isExact()) {
        reading = answer;
      }
      return answer.isExact();
    } catch (IllegalStateException away) {
      return false;
    }
  }

  /** It is taken to have looked at its clock half way between question and answer. */
  private Reading read() {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      long asked = nanos.getAsLong();
      try (ResultSet rows = statement.executeQuery("select current_timestamp")) {
        long answered = nanos.getAsLong();
        rows.next();
        Instant time = rows.getObject(1, OffsetDateTime.class).toInstant();
        Duration took = Duration.ofNanos(answered - asked);
        return new Reading(time, asked + took.toNanos() / 2, took);
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "The database did not say what time it is (SQL state '%s')"
              .formatted(failed.getSQLState()));
    }
  }

  @Override
  public Instant instant() {
    Reading last = reading;
    Instant now = last.time().plus(Duration.ofNanos(nanos.getAsLong() - last.atNanos()));
    return latest.accumulateAndGet(now, (before, after) -> after.isAfter(before) ? after : before);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    DatabaseClock self = this;
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return self.withZone(other);
      }

      @Override
      public Instant instant() {
        return self.instant();
      }
    };
  }
}
