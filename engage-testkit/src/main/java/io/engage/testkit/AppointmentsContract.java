package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.calendar.AppointmentType;
import io.engage.model.calendar.Booking;
import io.engage.model.calendar.NewAppointment;
import io.engage.model.customer.CustomerId;
import io.engage.spi.Appointments;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Appointments} must do: a start for one customer only. Extend it and return a
 * calendar with a type that has at least three free starts.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-4")
public abstract class AppointmentsContract {
  private static final String UNKNOWN_TYPE = "no-such-type";

  private Appointments calendar;
  private List<Instant> free = List.of();

  /** A calendar for one test. */
  protected abstract Appointments calendar();

  /** A type that it offers. */
  protected abstract String type();

  /** The start of a time span with at least three free starts of that type. */
  protected abstract Instant from();

  /** The end of that span. */
  protected abstract Instant until();

  /** A customer who exists. */
  protected abstract CustomerId customer();

  @BeforeEach
  void openCalendar() {
    calendar = calendar();
    free = calendar.freeStarts(type(), from(), until());
  }

  @Test
  void what_can_be_booked_is_offered_once() {
    assertThat(calendar.types())
        .extracting(AppointmentType::id)
        .contains(type())
        .doesNotContain(UNKNOWN_TYPE)
        .doesNotHaveDuplicates();
  }

  @Test
  void free_starts_come_ascending_within_the_span() {
    assertThat(free)
        .hasSizeGreaterThanOrEqualTo(3)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(start -> !start.isBefore(from()) && start.isBefore(until()));
  }

  @Test
  void a_span_holds_its_start_and_not_its_end() {
    assertThat(calendar.freeStarts(type(), free.get(0), free.get(2)))
        .startsWith(free.get(0))
        .doesNotContain(free.get(2));
    assertThat(calendar.freeStarts(type(), free.get(0), free.get(0))).isEmpty();
  }

  @Test
  void an_unknown_type_has_no_free_starts_and_cannot_be_booked() {
    assertThat(calendar.freeStarts(UNKNOWN_TYPE, from(), until())).isEmpty();
    assertThat(calendar.book(wish(UNKNOWN_TYPE, free.get(0)))).satisfies(this::isRefused);
  }

  @Test
  void a_booked_start_is_not_free_any_more() {
    Booking booking = calendar.book(wish(free.get(1)));

    assertThat(booking)
        .isInstanceOfSatisfying(
            Booking.Booked.class, booked -> assertThat(booked.id()).isNotBlank());
    assertThat(calendar.freeStarts(type(), from(), until()))
        .doesNotContain(free.get(1))
        .contains(free.get(0));
  }

  @Test
  void a_start_that_is_not_free_is_refused_with_a_reason() {
    calendar.book(wish(free.get(0)));

    assertThat(calendar.book(wish(free.get(0)))).satisfies(this::isRefused);
  }

  @Test
  void a_repeat_books_nothing_and_is_answered_as_before() {
    NewAppointment wish = wish(free.get(0));
    Booking first = calendar.book(wish);
    List<Instant> left = calendar.freeStarts(type(), from(), until());

    Booking second = calendar.book(wish);

    assertThat(second).isEqualTo(first).isInstanceOf(Booking.Booked.class);
    assertThat(calendar.freeStarts(type(), from(), until())).isEqualTo(left);
  }

  @RepeatedTest(5)
  void of_callers_who_want_the_same_start_one_gets_it() {
    AtomicInteger caller = new AtomicInteger();

    List<Booking> bookings =
        Race.run(8, () -> calendar.book(wish("racer-" + caller.incrementAndGet(), type())));

    assertThat(bookings.stream().filter(Booking.Booked.class::isInstance)).hasSize(1);
    assertThat(bookings.stream().filter(Booking.Refused.class::isInstance)).hasSize(7);
  }

  private NewAppointment wish(Instant start) {
    return wish(type(), start);
  }

  private NewAppointment wish(String type, Instant start) {
    return appointment(UUID.randomUUID().toString(), type, start);
  }

  private NewAppointment wish(String key, String type) {
    return appointment(key + UUID.randomUUID(), type, free.get(0));
  }

  private NewAppointment appointment(String key, String type, Instant start) {
    return new NewAppointment(key, customer(), Sample.clara().id(), type, start, "Bring the watch");
  }

  private void isRefused(Booking booking) {
    assertThat(booking)
        .isInstanceOfSatisfying(
            Booking.Refused.class, refused -> assertThat(refused.reason()).isNotBlank());
  }
}
