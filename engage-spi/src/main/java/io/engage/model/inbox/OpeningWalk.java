package io.engage.model.inbox;

import io.engage.model.inbox.WeeklySchedule.Hours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks along a schedule from one stretch of time to the next: within a stretch the date and the
 * clock's offset stay the same, so that local times and moments run in parallel. Days of 23 and 25
 * hours, and days that clocks skip or repeat, are nothing special then.
 */
final class OpeningWalk {
  private static final long DAY = Duration.ofDays(1).toNanos();

  /**
   * After so many stretches of ordinary days, three weeks whatever the clocks do meanwhile, nothing
   * new comes before the next day that is different.
   */
  private static final int ORDINARY_STRETCHES = 25;

  private final WeeklySchedule schedule;

  OpeningWalk(WeeklySchedule schedule) {
    this.schedule = schedule;
  }

  /** From {@code from} up to, not including, {@code until}, all of it on {@code day}. */
  private record Stretch(Instant from, Instant until, LocalDate day, long startsAt) {
    /** The moment of a time of that day, in nanoseconds since midnight. */
    Instant at(long time) {
      return from.plusNanos(time - startsAt);
    }

    long endsAt() {
      return startsAt + Duration.between(from, until).toNanos();
    }
  }

  /** A part of one day, in nanoseconds since its midnight. */
  private record Span(long from, long until) {}

  Optional<Instant> first(Instant from, boolean open) {
    Instant at = from;
    int ordinary = 0;
    while (true) {
      Stretch stretch = stretchFrom(at);
      Optional<Instant> found = first(stretch, open);
      if (found.isPresent()) {
        return found;
      }
      ordinary = isOrdinary(stretch.day()) ? ordinary + 1 : 0;
      at = stretch.until();
      if (ordinary == ORDINARY_STRETCHES) {
        LocalDate different = nextDifferent(stretch.day());
        if (different == null) {
          return Optional.empty();
        }
        at = later(at, different.minusDays(1).atStartOfDay(schedule.zone()).toInstant());
        ordinary = 0;
      }
    }
  }

  Duration openTime(Instant from, Instant until) {
    Duration open = Duration.ZERO;
    Instant at = from;
    while (at.isBefore(until)) {
      Stretch stretch = stretchFrom(at);
      Stretch within =
          new Stretch(at, earlier(stretch.until(), until), stretch.day(), stretch.startsAt());
      for (Span span : openOn(stretch.day())) {
        long length =
            Math.min(span.until(), within.endsAt()) - Math.max(span.from(), within.startsAt());
        open = open.plusNanos(Math.max(0, length));
      }
      at = stretch.until();
    }
    return open;
  }

  private Optional<Instant> first(Stretch stretch, boolean open) {
    List<Span> wanted = open ? openOn(stretch.day()) : closedOn(stretch.day());
    return wanted.stream()
        .filter(span -> span.until() > stretch.startsAt() && span.from() < stretch.endsAt())
        .map(span -> stretch.at(Math.max(span.from(), stretch.startsAt())))
        .findFirst();
  }

  /** Up to the next midnight, or the next time that clocks are changed. */
  private Stretch stretchFrom(Instant at) {
    ZoneOffset offset = schedule.zone().getRules().getOffset(at);
    LocalDateTime local = LocalDateTime.ofInstant(at, offset);
    Instant midnight = local.toLocalDate().plusDays(1).atStartOfDay().toInstant(offset);
    ZoneOffsetTransition change = schedule.zone().getRules().nextTransition(at);
    Instant until = change == null ? midnight : earlier(midnight, change.getInstant());
    return new Stretch(at, until, local.toLocalDate(), local.toLocalTime().toNanoOfDay());
  }

  private List<Span> openOn(LocalDate day) {
    List<Span> spans = new ArrayList<>();
    for (Hours hours : schedule.hoursOn(day.minusDays(1))) {
      if (hours.isOverMidnight() && !hours.closes().equals(LocalTime.MIDNIGHT)) {
        spans.add(new Span(0, hours.closes().toNanoOfDay()));
      }
    }
    for (Hours hours : schedule.hoursOn(day)) {
      long closes = hours.isOverMidnight() ? DAY : hours.closes().toNanoOfDay();
      spans.add(new Span(hours.opens().toNanoOfDay(), closes));
    }
    return merged(spans);
  }

  private List<Span> closedOn(LocalDate day) {
    List<Span> closed = new ArrayList<>();
    long from = 0;
    for (Span open : openOn(day)) {
      if (open.from() > from) {
        closed.add(new Span(from, open.from()));
      }
      from = open.until();
    }
    if (from < DAY) {
      closed.add(new Span(from, DAY));
    }
    return closed;
  }

  private static List<Span> merged(List<Span> spans) {
    spans.sort(Comparator.comparingLong(Span::from));
    List<Span> merged = new ArrayList<>();
    for (Span span : spans) {
      Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && span.from() <= last.until()) {
        merged.set(merged.size() - 1, new Span(last.from(), Math.max(last.until(), span.until())));
      } else {
        merged.add(span);
      }
    }
    return merged;
  }

  /** What opens on a day can go on into the next one. */
  private boolean isOrdinary(LocalDate day) {
    return !schedule.exceptions().containsKey(day)
        && !schedule.exceptions().containsKey(day.minusDays(1));
  }

  private @Nullable LocalDate nextDifferent(LocalDate after) {
    return schedule.exceptions().keySet().stream()
        .filter(day -> day.isAfter(after))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
