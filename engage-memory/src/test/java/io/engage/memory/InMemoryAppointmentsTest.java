package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.calendar.AppointmentType;
import io.engage.model.calendar.NewAppointment;
import io.engage.model.customer.CustomerId;
import io.engage.spi.Appointments;
import io.engage.testkit.AppointmentsContract;
import io.engage.testkit.Sample;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryAppointmentsTest extends AppointmentsContract {
  private final InMemoryAppointments calendar =
      InMemoryAppointments.create()
          .offering(
              new AppointmentType("fitting", "Fitting", Duration.ofMinutes(30)),
              Sample.MONDAY.plusSeconds(3600),
              Sample.MONDAY.plusSeconds(1800),
              Sample.MONDAY,
              Sample.MONDAY.plusSeconds(86_400));

  @Override
  protected Appointments calendar() {
    return calendar;
  }

  @Override
  protected String type() {
    return "fitting";
  }

  @Override
  protected Instant from() {
    return Sample.MONDAY;
  }

  @Override
  protected Instant until() {
    return Sample.MONDAY.plusSeconds(86_400);
  }

  @Override
  protected CustomerId customer() {
    return Sample.ana().id();
  }

  @Test
  void what_was_booked_is_kept_in_order() {
    NewAppointment wish =
        new NewAppointment(
            "key", customer(), Sample.clara().id(), "fitting", Sample.MONDAY, "Bring the watch");

    calendar.book(wish);

    assertThat(calendar.booked()).containsExactly(wish);
  }
}
