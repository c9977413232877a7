package io.engage.testkit;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to go on. Any thread may read and move it. */
public final class ManualClock extends Clock {
  private final AtomicReference<Instant> now;
  private final ZoneId zone;

  private ManualClock(AtomicReference<Instant> now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** A clock in UTC. */
  public static ManualClock at(Instant start) {
    return new ManualClock(new AtomicReference<>(requireNonNull(start, "start")), ZoneOffset.UTC);
  }

  /** A clock in UTC, from a text such as {@code 2026-03-02T09:00:00Z}. */
  public static ManualClock at(String start) {
    return at(Instant.parse(start));
  }

  /** Goes on by {@code time}, or back when it is negative. */
  public ManualClock advance(Duration time) {
    now.updateAndGet(moment -> moment.plus(time));
    return this;
  }

  /** Jumps to {@code moment}. */
  public ManualClock set(Instant moment) {
    now.set(requireNonNull(moment, "moment"));
    return this;
  }

  @Override
  public Instant instant() {
    return requireNonNull(now.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** The same clock, read in another zone: moving one moves both. */
  @Override
  public Clock withZone(ZoneId other) {
    return new ManualClock(now, other);
  }

  @Override
  public String toString() {
    return "ManualClock[" + instant() + " " + zone + "]";
  }
}
