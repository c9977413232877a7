package io.engage.dialer.inviting;

import io.engage.core.templating.Encoding;
import io.engage.core.templating.FilledText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills in an event for one row, and gathers all that is wrong with it rather than the first. */
final class EventFilling {
  private final Map<EventPart, FilledText.Form> parts;
  private final EventDates dates;
  private final Map<String, String> values;
  private final List<EventProblem> problems = new ArrayList<>();

  EventFilling(
      Map<EventPart, FilledText.Form> parts, EventDates dates, Map<String, String> values) {
    this.parts = parts;
    this.dates = dates;
    this.values = values;
  }

  /** What is wrong before any row is known. */
  static List<EventProblem> ofWhatIsFixed(Map<EventPart, FilledText.Form> parts, EventDates dates) {
    Map<EventPart, FilledText.Form> fixed = new EnumMap<>(parts);
    fixed.values().removeIf(form -> !form.fields().isEmpty());
    EventFilling filling = new EventFilling(fixed, dates, Map.of());
    filling.fill();
    return filling.problems;
  }

  List<EventProblem> problems() {
    return problems;
  }

  /** Empty when there are problems. */
  Optional<EventText> fill() {
    String title = PlainText.line(text(EventPart.TITLE));
    String organizer = PlainText.line(text(EventPart.ORGANIZER));
    String location = PlainText.line(text(EventPart.LOCATION));
    String description = PlainText.lines(text(EventPart.DESCRIPTION));
    Span span = span(moment(EventPart.START), moment(EventPart.END));
    if (title.isEmpty() && parts.containsKey(EventPart.TITLE) && isFine(EventPart.TITLE)) {
      add(EventPart.TITLE, "is empty");
    }
    return span == null || !problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new EventText(title, organizer, span, location, description));
  }

  private String text(EventPart part) {
    FilledText.Form form = parts.get(part);
    if (form == null) {
      return "";
    }
    FilledText filled = form.fill(values, Encoding.TEXT);
    if (filled instanceof FilledText.Missing missing) {
      add(part, "has no value for " + quoted(missing));
      return "";
    }
    return withinBounds(part, ((FilledText.Complete) filled).text());
  }

  private String withinBounds(EventPart part, String text) {
    if (text.length() <= part.longest()) {
      return text;
    }
    add(
        part,
        "has %d characters, but at most %d are possible".formatted(text.length(), part.longest()));
    return "";
  }

  private @Nullable Moment moment(EventPart part) {
    String text = text(part);
    if (!parts.containsKey(part) || !isFine(part)) {
      return null;
    }
    Optional<Moment> moment = dates.read(text);
    if (moment.isEmpty()) {
      add(part, text.isBlank() ? "is empty" : dates.understood());
    }
    return moment.orElse(null);
  }

  private @Nullable Span span(@Nullable Moment start, @Nullable Moment end) {
    if (start == null || end == null) {
      return null;
    }
    Optional<String> problem = Span.problem(start, end);
    problem.ifPresent(reason -> add(EventPart.END, reason));
    return problem.isPresent() ? null : Span.between(start, end);
  }

  private boolean isFine(EventPart part) {
    return problems.stream().noneMatch(problem -> problem.part() == part);
  }

  private void add(EventPart part, String reason) {
    problems.add(new EventProblem(part, reason));
  }

  private static String quoted(FilledText.Missing missing) {
    return new TreeSet<>(missing.fields())
        .stream().map("'%s'"::formatted).collect(Collectors.joining(", "));
  }
}
