package io.engage.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The {@code name=value;} pairs of a record for DKIM or DMARC (RFC 6376, 3.2). */
record Tags(Map<String, String> values) {
  static Tags parse(String record) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : record.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(
            pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            pair.substring(equals + 1).strip());
      }
    }
    return new Tags(values);
  }

  /** The value of a tag, without one this. */
  String of(String tag, String usual) {
    return values.getOrDefault(tag, usual);
  }
}
