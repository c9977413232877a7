package io.engage.jpa.forms;

/**
 * Mails hold half surrogate pairs, which no database takes, and the private character that marks
 * what was escaped in columns. Both stand within JSON's texts alone, so an escape says the same.
 */
final class Surrogates {
  private static final char MARK = '\uE0FF';

  private Surrogates() {}

  static String escaped(String json) {
    for (int i = 0; i < json.length(); i++) {
      if (Character.isSurrogate(json.charAt(i)) || json.charAt(i) == MARK) {
        return escapedFrom(json, i);
      }
    }
    return json;
  }

  private static String escapedFrom(String json, int first) {
    StringBuilder escaped = new StringBuilder(json.length() + 16).append(json, 0, first);
    for (int i = first; i < json.length(); i++) {
      char unit = json.charAt(i);
      if (isPairAt(json, i)) {
        escaped.append(unit).append(json.charAt(++i));
      } else if (Character.isSurrogate(unit) || unit == MARK) {
        escaped.append("\\u%04x".formatted((int) unit));
      } else {
        escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  private static boolean isPairAt(String json, int i) {
    return Character.isHighSurrogate(json.charAt(i))
        && i + 1 < json.length()
        && Character.isLowSurrogate(json.charAt(i + 1));
  }
}
