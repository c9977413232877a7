package io.engage.dialer.listing;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.listing.Header.Known;
import io.engage.dialer.listing.RowProblem.Code;
import io.engage.dialer.listing.Rows.Row;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list once, from its first byte to its last, and checks each row when it is asked for. No
 * more than one row and a few chunks are held, whatever the list holds, and its cost is in
 * proportion to its length.
 *
 * <p>A list has one row per recipient and columns as the manuals name them, {@code
 * campaign;emailRecipient;message;attachments;variables;priority}, in any order and under other
 * names in use; campaign and address are needed. A header line that is missing is no problem when
 * the first row is one of the campaign with its columns in that order. Columns are parted by
 * semicolons, commas or tabs; quotes are as in RFC 4180; variables are written in either form of
 * the manuals. Lists are UTF-8, UTF-16 or Windows-1252.
 *
 * <p>Not thread-safe. What {@link ListBytes} throws comes out of {@link #open}, {@link #hasNext}
 * and {@link #next}; then reading cannot go on.
 */
public final class ListReading implements Iterator<CheckedRow> {
  private final List<RowProblem> problems;
  private final @Nullable Rows rows;
  private final @Nullable RowChecking checking;
  private @Nullable Row next;
  private long count;

  private ListReading(
      List<RowProblem> problems, @Nullable Rows rows, @Nullable RowChecking checking) {
    this.problems = List.copyOf(problems);
    this.rows = rows;
    this.checking = checking;
  }

  /** Reads as far as the header. */
  public static ListReading open(ListBytes bytes, ListRules rules) {
    requireNonNull(rules, "rules");
    Lines lines = new Lines(new Decoding(requireNonNull(bytes, "bytes")));
    Line first = firstLine(lines);
    String separators = first == null ? "" : separators(first);
    if (!separators.isEmpty()) {
      first = firstLine(lines);
    }
    if (first == null) {
      RowProblem empty = new RowProblem(1, 0, "", Code.EMPTY_LIST, "The list is empty");
      return new ListReading(List.of(empty), null, null);
    }
    Header header =
        Header.decide(
            first, separators.isEmpty() ? Header.SEPARATORS : separators, rules.campaign());
    return header instanceof Known known
        ? of(known.columns(), lines, first, rules)
        : new ListReading(((Header.Unknown) header).problems(), null, null);
  }

  /** Why the list cannot be read at all; when there is a reason, there are no rows. */
  public List<RowProblem> problems() {
    return problems;
  }

  @Override
  public boolean hasNext() {
    if (next == null && rows != null) {
      next = rows.next();
    }
    return next != null;
  }

  @Override
  public CheckedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The list has no further row");
    }
    Row row = requireNonNull(next, "next");
    next = null;
    return requireNonNull(checking, "checking").decide(++count, row);
  }

  private static ListReading of(Columns columns, Lines lines, Line first, ListRules rules) {
    return new ListReading(
        List.of(),
        new Rows(lines, columns, rules.campaign(), columns.headed() ? null : first),
        new RowChecking(columns, rules));
  }

  private static @Nullable Line firstLine(Lines lines) {
    Line line = lines.next();
    while (line != null && !line.isTooLong() && line.text().isBlank()) {
      line = lines.next();
    }
    return line;
  }

  /** What spreadsheets write into a line before the header ({@code sep=;}); else nothing. */
  private static String separators(Line first) {
    String text = first.text();
    boolean says = text.length() == 5 && text.regionMatches(true, 0, "sep=", 0, 4);
    return says && Header.SEPARATORS.contains(text.substring(4)) ? text.substring(4) : "";
  }
}
