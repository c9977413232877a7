package io.engage.dialer.listing;

import java.util.List;

/** What came of reading a row. */
public sealed interface CheckedRow {

  /** The number of the row, as {@link ListRow#row}. */
  long row();

  /** Where the row begins in the file, from 1. */
  long line();

  /** What is wrong with it; empty only for a good one. */
  List<RowProblem> problems();

  /** It can be sent. */
  record Good(ListRow value) implements CheckedRow {
    @Override
    public long row() {
      return value.row();
    }

    @Override
    public long line() {
      return value.line();
    }

    @Override
    public List<RowProblem> problems() {
      return List.of();
    }
  }

  /**
   * It stays in the list as failed and is never sent. What no mail or store can hold was replaced
   * in {@code value} by U+FFFD.
   */
  record Failed(ListRow value, List<RowProblem> problems) implements CheckedRow {
    public Failed {
      problems = List.copyOf(problems);
    }

    @Override
    public long row() {
      return value.row();
    }

    @Override
    public long line() {
      return value.line();
    }
  }

  /** It cannot be understood or is no row of this campaign, so the list goes without it. */
  record Refused(long row, long line, List<RowProblem> problems) implements CheckedRow {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
