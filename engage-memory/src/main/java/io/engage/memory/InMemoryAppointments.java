package io.engage.memory;

import io.engage.model.calendar.AppointmentType;
import io.engage.model.calendar.Booking;
import io.engage.model.calendar.NewAppointment;
import io.engage.spi.Appointments;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** A calendar with starts that are free until somebody books them. */
public final class InMemoryAppointments implements Appointments {
  private final Guard guard = new Guard();
  private final Map<String, Offer> offers = new LinkedHashMap<>();
  private final Map<String, Booking> answers = new LinkedHashMap<>();
  private final Map<String, NewAppointment> booked = new LinkedHashMap<>();

  private record Offer(AppointmentType type, NavigableSet<Instant> free) {}

  private InMemoryAppointments() {}

  /** A calendar that offers nothing yet. */
  public static InMemoryAppointments create() {
    return new InMemoryAppointments();
  }

  /** Offers a type with these starts, and returns this. */
  public InMemoryAppointments offering(AppointmentType type, Instant... starts) {
    guard.change(() -> offers.put(type.id(), new Offer(type, new TreeSet<>(List.of(starts)))));
    return this;
  }

  /** What was booked, in order. */
  public List<NewAppointment> booked() {
    return guard.read(() -> List.copyOf(booked.values()));
  }

  @Override
  public List<AppointmentType> types() {
    return guard.read(() -> offers.values().stream().map(Offer::type).toList());
  }

  @Override
  public List<Instant> freeStarts(String type, Instant from, Instant until) {
    return guard.read(
        () -> {
          Offer offer = offers.get(type);
          return offer == null || !from.isBefore(until)
              ? List.of()
              : List.copyOf(offer.free.subSet(from, until));
        });
  }

  @Override
  public Booking book(NewAppointment appointment) {
    return guard.write(
        () -> answers.computeIfAbsent(appointment.key(), key -> decide(appointment)));
  }

  private Booking decide(NewAppointment wish) {
    Offer offer = offers.get(wish.type());
    if (offer == null) {
      return new Booking.Refused("There are no appointments of this type.");
    }
    if (!offer.free.remove(wish.start())) {
      return new Booking.Refused("This start is not free. Choose another.");
    }
    booked.put(wish.key(), wish);
    return new Booking.Booked("appointment-" + booked.size());
  }
}
