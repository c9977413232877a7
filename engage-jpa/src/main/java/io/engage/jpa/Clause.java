package io.engage.jpa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A piece of a statement and the arguments for its question marks. A condition may be null where it
 * is not true, as SQL has it; {@link #not} makes that false first.
 */
record Clause(String text, List<Object> arguments) {
  static final Clause TRUE = of("true");
  static final Clause FALSE = of("false");

  Clause {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
  }

  static Clause of(String text, Object... arguments) {
    return new Clause(text, Arrays.asList(arguments));
  }

  /** Texts and clauses behind one another. */
  static Clause joined(Object... parts) {
    StringBuilder text = new StringBuilder();
    List<Object> arguments = new ArrayList<>();
    for (Object part : parts) {
      text.append(part instanceof Clause clause ? clause.text : part);
      arguments.addAll(part instanceof Clause clause ? clause.arguments : List.of());
    }
    return new Clause(text.toString(), arguments);
  }

  /** A column has one of these values. */
  static Clause isAnyOf(String column, List<String> values) {
    return values.size() == 1
        ? of(column + " = ?", values.get(0))
        : of(column + " = any (?)", values);
  }

  /** True when there is none. */
  static Clause all(List<Clause> parts) {
    return between(parts, " and ", TRUE);
  }

  /** False when there is none. */
  static Clause any(List<Clause> parts) {
    return between(parts, " or ", FALSE);
  }

  Clause not() {
    return new Clause("not coalesce(" + text + ", false)", arguments);
  }

  private static Clause between(List<Clause> parts, String word, Clause none) {
    if (parts.size() < 2) {
      return parts.isEmpty() ? none : parts.get(0);
    }
    return new Clause(
        parts.stream().map(Clause::text).collect(Collectors.joining(word, "(", ")")),
        parts.stream().map(Clause::arguments).flatMap(List::stream).toList());
  }

  /** The values of ids, for an argument. */
  static <T> List<String> values(Iterable<T> ids, Function<T, String> value) {
    List<String> values = new ArrayList<>();
    ids.forEach(id -> values.add(value.apply(id)));
    return values;
  }
}
