package io.engage.jpa;

import java.util.regex.Pattern;

/** What the names of the host's tables begin with, put in for the one that our statements have. */
final class Prefix {
  /** So the migrations and the statements name the tables. */
  static final String USUAL = "engage_";

  /** PostgreSQL cuts names after 63 bytes; no name of ours is longer than 43 behind its prefix. */
  static final int LONGEST = 20;

  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]*");

  private Prefix() {}

  static String checked(String prefix) {
    if (!VALID.matcher(prefix).matches() || prefix.length() > LONGEST) {
      throw new IllegalArgumentException(
          ("The prefix of tables '%s' cannot be used. Take a small letter, then small letters,"
                  + " digits and underscores, %d characters at most.")
              .formatted(prefix, LONGEST));
    }
    return prefix;
  }

  static String in(String sql, String prefix) {
    return prefix.equals(USUAL) ? sql : sql.replace(USUAL, prefix);
  }
}
