package io.engage.model.rule;

import static java.util.Objects.requireNonNull;

/** How a text has to look, in any case. */
public record TextMatch(Mode mode, String value) {

  /** The ways to compare. */
  public enum Mode {
    EQUALS("equals"),
    CONTAINS("contains"),
    STARTS_WITH("starts-with"),
    ENDS_WITH("ends-with"),
    /** With {@code *} for any characters and {@code ?} for one. */
    LIKE("like");

    private final String code;

    Mode(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public TextMatch {
    requireNonNull(mode, "mode");
    if (value.isEmpty() || value.length() > 1000) {
      throw new IllegalArgumentException(
          "What a rule compares with has 1 to 1000 characters, but this has " + value.length());
    }
  }

  /** The whole of it. */
  public static TextMatch equalTo(String value) {
    return new TextMatch(Mode.EQUALS, value);
  }

  /** Somewhere in it. */
  public static TextMatch containing(String value) {
    return new TextMatch(Mode.CONTAINS, value);
  }

  public static TextMatch startingWith(String value) {
    return new TextMatch(Mode.STARTS_WITH, value);
  }

  public static TextMatch endingWith(String value) {
    return new TextMatch(Mode.ENDS_WITH, value);
  }

  /** The whole of it, with {@code *} for any characters and {@code ?} for one. */
  public static TextMatch like(String pattern) {
    return new TextMatch(Mode.LIKE, pattern);
  }
}
