package io.engage.core.recording;

import java.util.List;
import org.jsoup.nodes.Entities;

/** Writes words of others so that they can only be words. */
final class Markup {
  private Markup() {}

  static String escaped(String text) {
    return Entities.escape(text);
  }

  /** Words that may run from right to left turn nothing around that stands beside them. */
  static String apart(String text) {
    return "<bdi>" + escaped(text) + "</bdi>";
  }

  /** A line of a table; nothing when there is nothing to say. */
  static String row(String label, List<String> values) {
    return values.isEmpty()
        ? ""
        : "<tr><th>%s</th><td>%s</td></tr>\n"
            .formatted(label, String.join(", ", values.stream().map(Markup::apart).toList()));
  }

  static String row(String label, String value) {
    return value.isEmpty() ? "" : row(label, List.of(value));
  }
}
