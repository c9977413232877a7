package io.engage.model.calendar;

import static java.util.Objects.requireNonNull;

/** What became of the wish for an appointment. */
public sealed interface Booking {

  /** It stands. {@code id} is its name in the host. */
  record Booked(String id) implements Booking {
    public Booked {
      requireNonNull(id, "id");
    }
  }

  /** It does not, because somebody was faster or the type is unknown; {@code reason} is shown. */
  record Refused(String reason) implements Booking {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
