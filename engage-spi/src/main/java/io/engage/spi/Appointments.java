package io.engage.spi;

import io.engage.model.calendar.AppointmentType;
import io.engage.model.calendar.Booking;
import io.engage.model.calendar.NewAppointment;
import java.time.Instant;
import java.util.List;

/**
 * Offers and books appointments in the host's own calendar.
 *
 * <p><b>Callers.</b> Agents' threads, several at once.
 *
 * <p><b>Repetition.</b> A second booking with the same {@link NewAppointment#key()} books nothing
 * and answers as the first did.
 *
 * <p><b>Failure.</b> Throw {@link PortFailure} when the calendar cannot be reached now: the agent
 * asks again, with the same key.
 *
 * <p>{@code AppointmentsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Appointments {

  /** What can be booked, in the order in which it shall be shown. */
  List<AppointmentType> types();

  /**
   * When an appointment of this type could start, ascending, from {@code from} up to, not
   * including, {@code until}.
   *
   * @return empty when nothing is free or the type is unknown
   */
  List<Instant> freeStarts(String type, Instant from, Instant until);

  /** Books one of the free starts; of two callers who want the same one, one is refused. */
  Booking book(NewAppointment appointment);

  /** A calendar that offers nothing, refuses every wish and says why. */
  static Appointments none() {
    return new Appointments() {
      @Override
      public List<AppointmentType> types() {
        return List.of();
      }

      @Override
      public List<Instant> freeStarts(String type, Instant from, Instant until) {
        return List.of();
      }

      @Override
      public Booking book(NewAppointment appointment) {
        return new Booking.Refused(
            "No calendar is plugged in. Give Engage one with appointments(...).");
      }
    };
  }
}
