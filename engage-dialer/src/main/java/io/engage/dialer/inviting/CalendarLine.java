package io.engage.dialer.inviting;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A content line of a calendar (RFC 5545 section 3.1), as somebody sent it.
 *
 * @param name in upper case
 * @param parameters by their names in upper case, without quotes; of the same name the first one
 * @param value as it stands there
 */
public record CalendarLine(String name, Map<String, String> parameters, String value) {
  public CalendarLine {
    name = name.toUpperCase(Locale.ROOT);
    Map<String, String> upper = new LinkedHashMap<>();
    parameters.forEach((key, text) -> upper.putIfAbsent(key.toUpperCase(Locale.ROOT), text));
    parameters = Map.copyOf(upper);
    requireNonNull(value, "value");
  }

  boolean is(String other) {
    return name.equals(other);
  }

  /** Empty when there is none. */
  String parameter(String key) {
    return parameters.getOrDefault(key, "").strip();
  }

  @Override
  public String toString() {
    return "CalendarLine[%s]".formatted(name);
  }
}
