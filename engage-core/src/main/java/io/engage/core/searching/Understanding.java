package io.engage.core.searching;

/** What came of reading a filter. */
public sealed interface Understanding {

  /** It says something. */
  record Understood(Expression expression) implements Understanding {}

  /**
   * It does not.
   *
   * @param column where it goes wrong, from 1, in characters
   * @param reason in plain words
   */
  record Misunderstood(int column, String reason) implements Understanding {

    /** For whoever typed it. */
    public String describe() {
      return "column %d: %s".formatted(column, reason);
    }
  }
}
