package io.engage.examples.posdemo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The clock on the shop's wall. It goes on when the story does, so every morning is the same. */
final class ShopClock extends Clock {
  static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  private volatile Instant now;

  private ShopClock(Instant now) {
    this.now = now;
  }

  /** Monday 2 March 2026, half past eight. */
  static ShopClock monday() {
    return new ShopClock(Instant.parse("2026-03-02T16:30:00Z"));
  }

  /** Half past eight on the day after that. */
  static ShopClock morningAfter(Instant moment) {
    return new ShopClock(
        moment.atZone(ZONE).toLocalDate().plusDays(1).atTime(8, 30).atZone(ZONE).toInstant());
  }

  /** One thread tells the story; all of Engage's read the time. */
  void advance(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZONE;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return Clock.fixed(now, other);
  }
}
