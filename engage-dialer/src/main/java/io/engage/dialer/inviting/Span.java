package io.engage.dialer.inviting;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** How long an event lasts. */
sealed interface Span {

  /**
   * @param end after the start
   */
  record Times(Instant start, Instant end) implements Span {}

  /**
   * Whole days.
   *
   * @param last belongs to it
   */
  record Days(LocalDate first, LocalDate last) implements Span {}

  /** Why there is nothing between these two; empty when there is. */
  static Optional<String> problem(Moment start, Moment end) {
    if (start instanceof Moment.At from && end instanceof Moment.At until) {
      return from.instant().isBefore(until.instant())
          ? Optional.empty()
          : Optional.of("is not after the start");
    }
    if (start instanceof Moment.On first && end instanceof Moment.On last) {
      return last.day().isBefore(first.day())
          ? Optional.of("is before the start")
          : Optional.empty();
    }
    return Optional.of(
        "does not go with the start: both have a time of day, or both are whole days");
  }

  /** What is between two moments without a problem. */
  static Span between(Moment start, Moment end) {
    if (start instanceof Moment.At from && end instanceof Moment.At until) {
      return new Times(from.instant(), until.instant());
    }
    return new Days(((Moment.On) start).day(), ((Moment.On) end).day());
  }
}
