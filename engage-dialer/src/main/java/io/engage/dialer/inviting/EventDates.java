package io.engage.dialer.inviting;

import static java.time.temporal.ChronoField.NANO_OF_SECOND;

import io.engage.model.campaign.EventTemplate.DateOrder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads dates as lists have them. Whether the day or the month comes first is never guessed from
 * the numbers: a part of the list would come out right by chance, and nobody would look at the
 * rest.
 *
 * <p>A time without an offset is one of the event's zone. When clocks skip it, the offset before
 * the gap holds; when they show it twice, the first one is meant (RFC 5545 section 3.3.5).
 */
record EventDates(ZoneId zone, DateOrder order) {
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2999;
  private static final int LONGEST = 64;
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u202f]+");

  /** What stands between a date and its time in ISO 8601, and where browsers write it. */
  private static final Pattern BETWEEN = Pattern.compile("(?<=[0-9])(?:[Tt]|, ?)(?=[0-9])");

  private static final DateTimeFormatter DAY_FIRST = form("[d/M/uuuu][d.M.uuuu][d-M-uuuu]");
  private static final DateTimeFormatter MONTH_FIRST = form("[M/d/uuuu][M.d.uuuu][M-d-uuuu]");

  /** Empty when it is none of the forms that are understood. */
  Optional<Moment> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String plain = BLANKS.matcher(text.strip()).replaceAll(" ");
    return parse(BETWEEN.matcher(plain).replaceAll(" "))
        .filter(EventDates::isOfOurTimes)
        .map(this::moment);
  }

  /** To be told to whoever wrote something else. */
  String understood() {
    String example = order == DateOrder.DAY_FIRST ? "31/03/2026" : "03/31/2026";
    return "is no date that is understood. Understood are '2026-03-31T10:00+02:00',"
        + " '2026-03-31 10:00', '%s 10:00' and '%s 2:30 PM', without a time for whole days"
            .formatted(example, example);
  }

  private Optional<TemporalAccessor> parse(String text) {
    DateTimeFormatter form = order == DateOrder.DAY_FIRST ? DAY_FIRST : MONTH_FIRST;
    try {
      return Optional.of(
          form.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
    } catch (DateTimeException notUnderstood) {
      return Optional.empty();
    }
  }

  private static boolean isOfOurTimes(TemporalAccessor parsed) {
    int year = parsed.get(ChronoField.YEAR);
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }

  private Moment moment(TemporalAccessor parsed) {
    if (parsed instanceof LocalDate day) {
      return new Moment.On(day);
    }
    OffsetDateTime time =
        parsed instanceof LocalDateTime local
            ? local.atZone(zone).toOffsetDateTime()
            : (OffsetDateTime) parsed;
    return new Moment.At(time.toInstant().truncatedTo(ChronoUnit.SECONDS));
  }

  /** A half of the day is tried first, since without it the same numbers are another time. */
  private static DateTimeFormatter form(String dates) {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern("[uuuu-MM-dd][uuuuMMdd]" + dates)
        .appendPattern("[ h:mm[:ss][ ]a][ h[ ]a]")
        .optionalStart()
        .appendPattern(" H:mm[:ss")
        .appendFraction(NANO_OF_SECOND, 0, 9, true)
        .optionalEnd()
        .optionalEnd()
        .appendPattern("[ HHmmss][ HHmm]")
        .appendPattern("[[ ]XXX][[ ]XX][[ ]X]")
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
