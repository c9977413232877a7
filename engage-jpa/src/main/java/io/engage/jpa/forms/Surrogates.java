package io.engage.jpa.forms;

import java.util.HexFormat;

/**
 * Mails hold half surrogate pairs, which no database takes, and what columns of texts move behind
 * all other characters, so that they are in the order of Java. All of it stands within JSON's texts
 * alone, where an escape says the same: so a form stands in a column as it is.
 */
final class Surrogates {
  private static final HexFormat HEX = HexFormat.of();

  private Surrogates() {}

  static String escaped(String json) {
    for (int i = 0; i < json.length(); i++) {
      if (json.charAt(i) >= Character.MIN_SURROGATE) {
        return escapedFrom(json, i);
      }
    }
    return json;
  }

  private static String escapedFrom(String json, int first) {
    StringBuilder escaped = new StringBuilder(json.length() + 16).append(json, 0, first);
    for (int i = first; i < json.length(); i++) {
      char unit = json.charAt(i);
      if (isCharacterAt(json, i)) {
        escaped.append(unit).append(json.charAt(++i));
      } else if (unit >= Character.MIN_SURROGATE) {
        escaped.append("\\u").append(HEX.toHexDigits(unit));
      } else {
        escaped.append(unit);
      }
    }
    return escaped.toString();
  }

  /** Whether a pair stands here, and not the one with which columns escape. */
  private static boolean isCharacterAt(String json, int i) {
    return Character.isHighSurrogate(json.charAt(i))
        && i + 1 < json.length()
        && Character.isLowSurrogate(json.charAt(i + 1))
        && json.codePointAt(i) != Character.MAX_CODE_POINT;
  }
}
