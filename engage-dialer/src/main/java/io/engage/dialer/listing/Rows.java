package io.engage.dialer.listing;

import io.engage.dialer.listing.RowProblem.Code;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together to rows. A quote that is never closed costs its own row only: reading goes on
 * with the next line. It counts as never closed when a line that begins a row of the campaign comes
 * before it is closed, when a quote comes that neither closes it nor is doubled, and at the bounds.
 *
 * <p>The cost stays linear whatever the file holds: a line that leaves a quote open has a quote
 * that ends any search from a line above.
 */
final class Rows {
  /** The most lines of a row. */
  static final int MOST_LINES = 10_000;

  private final Lines lines;
  private final Columns columns;
  private final String campaign;
  private final Deque<Line> ahead = new ArrayDeque<>();

  /**
   * A row, or what of it could be read.
   *
   * @param flaw null when it is complete
   */
  record Row(long line, List<String> cells, Cells.@Nullable Flaw flaw) {}

  /**
   * @param first a row that was read already; null when there is none
   */
  Rows(Lines lines, Columns columns, String campaign, @Nullable Line first) {
    this.lines = lines;
    this.columns = columns;
    this.campaign = campaign;
    if (first != null) {
      ahead.add(first);
    }
  }

  /** The next row that is not blank; null at the end. */
  @Nullable Row next() {
    Line line = take();
    while (line != null) {
      Row row = row(line);
      if (row.flaw() != null || !isBlank(row.cells())) {
        return row;
      }
      line = take();
    }
    return null;
  }

  private Row row(Line line) {
    if (line.isTooLong()) {
      return new Row(line.number(), List.of(), tooLong());
    }
    Cells cells = Cells.of(line.text(), columns.separator());
    return cells.areOpen() ? longRow(line, cells) : row(line, cells, cells.flaw());
  }

  private static Row row(Line line, Cells cells, Cells.@Nullable Flaw flaw) {
    return new Row(line.number(), cells.values(), flaw);
  }

  /** The lines that turn out not to belong to it are read again. */
  private Row longRow(Line first, Cells cells) {
    Iterator<Line> known = ahead.iterator();
    List<Line> fresh = new ArrayList<>();
    int taken = take(first, cells, () -> known.hasNext() ? known.next() : read(fresh));
    ahead.addAll(fresh);
    for (int i = 0; i < taken; i++) {
      ahead.remove();
    }
    return row(first, cells, cells.flaw());
  }

  /**
   * @return how many lines belong to the row beside its first; none when it is flawed
   */
  private int take(Line first, Cells cells, Supplier<@Nullable Line> following) {
    Line last = first;
    int length = first.length();
    for (int taken = 0; taken < MOST_LINES; taken++) {
      Line line = following.get();
      length += line == null ? 0 : line.length();
      if (line == null || line.isTooLong() || length > Lines.LONGEST || beginsRow(line)) {
        break;
      }
      cells.goOn(last.ending(), line.text());
      last = line;
      if (!cells.areOpen()) {
        return cells.flaw() == null ? taken + 1 : 0;
      }
    }
    cells.neverClosed();
    return 0;
  }

  private @Nullable Line read(List<Line> fresh) {
    Line line = lines.next();
    if (line != null) {
      fresh.add(line);
    }
    return line;
  }

  private boolean beginsRow(Line line) {
    return columns.beginRow(Cells.of(line.text(), columns.separator()).values(), campaign);
  }

  private static Cells.Flaw tooLong() {
    return new Cells.Flaw(
        Code.ROW_TOO_LONG,
        0,
        "The row has more than %d characters, so it was not read".formatted(Lines.LONGEST));
  }

  private @Nullable Line take() {
    return ahead.isEmpty() ? lines.next() : ahead.remove();
  }

  /** As a spreadsheet leaves them below its table. */
  private static boolean isBlank(List<String> cells) {
    return cells.stream().allMatch(String::isBlank);
  }
}
