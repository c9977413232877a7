package io.engage.dialer.listing;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with a row, where, and what to do, for whoever made the list.
 *
 * @param line of the file, from 1
 * @param column of the list, from 1; 0 when it is the whole row
 * @param columnName as the header of the list calls it; empty when it is the whole row
 * @param reason a sentence; it repeats short names, but neither addresses nor messages
 */
public record RowProblem(long line, int column, String columnName, Code code, String reason) {
  public RowProblem {
    requireNonNull(columnName, "columnName");
    requireNonNull(code, "code");
    requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return column == 0
        ? "line %d: %s".formatted(line, reason)
        : "line %d, column %d (%s): %s".formatted(line, column, columnName, reason);
  }

  /** The problems, for programs. */
  public enum Code {
    EMPTY_LIST("empty-list"),
    MISSING_COLUMN("missing-column"),
    UNKNOWN_COLUMN("unknown-column"),
    REPEATED_COLUMN("repeated-column"),
    ROW_TOO_LONG("row-too-long"),
    TOO_MANY_COLUMNS("too-many-columns"),
    UNCLOSED_QUOTE("unclosed-quote"),
    TEXT_AFTER_QUOTE("text-after-quote"),
    BROKEN_ENCODING("broken-encoding"),
    OTHER_CAMPAIGN("other-campaign"),
    MISSING_ADDRESS("missing-address"),
    INVALID_ADDRESS("invalid-address"),
    FORBIDDEN_CHARACTER("forbidden-character"),
    UNREADABLE_MESSAGE("unreadable-message"),
    UNKNOWN_ATTACHMENT("unknown-attachment"),
    UNREADABLE_VARIABLES("unreadable-variables"),
    REPEATED_VARIABLE("repeated-variable"),
    MISSING_VARIABLE("missing-variable"),
    INVALID_PRIORITY("invalid-priority");

    private final String code;

    Code(String code) {
      this.code = code;
    }

    /** The name under which it is stored and printed, for ever. */
    public String code() {
      return code;
    }

    /**
     * Whether a row with no other problem stays in the list, as one that failed: it is the
     * recipient's, though nothing can be sent to it.
     */
    public boolean keepsRow() {
      return this == MISSING_ADDRESS || this == INVALID_ADDRESS || this == FORBIDDEN_CHARACTER;
    }
  }
}
