package io.engage.model.calendar;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A sort of appointment that the host offers, such as a fitting or a repair. */
public record AppointmentType(String id, String name, Duration length) {
  public AppointmentType {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("Appointment type '%s' has to last a while".formatted(id));
    }
  }
}
