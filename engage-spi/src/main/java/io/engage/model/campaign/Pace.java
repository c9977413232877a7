package io.engage.model.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How fast a campaign may send, over all nodes together.
 *
 * @param between the least time between two mails; zero for none
 * @param perSecond the most mails in a second; {@link #NO_LIMIT} for any number, as below
 * @param perMinute the most in a minute
 * @param perHour the most in an hour
 * @param perDomainPerMinute the most in a minute to addresses of one domain
 * @param connections how many connections to the server one node keeps for it, 1 to 50
 */
public record Pace(
    Duration between,
    int perSecond,
    int perMinute,
    int perHour,
    int perDomainPerMinute,
    int connections) {
  public static final int NO_LIMIT = 0;

  /** As fast as the server takes them, over two connections. */
  public static final Pace UNLIMITED =
      new Pace(Duration.ZERO, NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT, 2);

  private static final int MOST_CONNECTIONS = 50;

  public Pace {
    requireNonNull(between, "between");
    if (between.isNegative()
        || perSecond < 0
        || perMinute < 0
        || perHour < 0
        || perDomainPerMinute < 0) {
      throw new IllegalArgumentException("A pace has no negative limits");
    }
    if (connections < 1 || connections > MOST_CONNECTIONS) {
      throw new IllegalArgumentException(
          "A campaign keeps 1 to %d connections, but %d were asked for"
              .formatted(MOST_CONNECTIONS, connections));
    }
  }

  /** One mail after the other, with this time between them. */
  public static Pace every(Duration between) {
    return new Pace(between, NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT, 1);
  }

  public Pace withBetween(Duration time) {
    return new Pace(time, perSecond, perMinute, perHour, perDomainPerMinute, connections);
  }

  public Pace withPerSecond(int most) {
    return new Pace(between, most, perMinute, perHour, perDomainPerMinute, connections);
  }

  public Pace withPerMinute(int most) {
    return new Pace(between, perSecond, most, perHour, perDomainPerMinute, connections);
  }

  public Pace withPerHour(int most) {
    return new Pace(between, perSecond, perMinute, most, perDomainPerMinute, connections);
  }

  public Pace withPerDomainPerMinute(int most) {
    return new Pace(between, perSecond, perMinute, perHour, most, connections);
  }

  public Pace withConnections(int count) {
    return new Pace(between, perSecond, perMinute, perHour, perDomainPerMinute, count);
  }
}
