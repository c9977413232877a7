package io.engage.dialer.inviting;

import java.time.Instant;
import java.time.LocalDate;

/** When an event starts or ends. */
sealed interface Moment {

  /** At this point in time, whatever clocks show there. */
  record At(Instant instant) implements Moment {}

  /** On this day, wherever one is. */
  record On(LocalDate day) implements Moment {}
}
