package io.engage.dialer.listing;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.listing.RowProblem.Code;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parts lines into cells (RFC 4180), and knows the variables of the manuals as one cell, in which a
 * separator between quotes is text. Quotes elsewhere in a cell that does not begin with one are
 * text, too.
 */
final class Cells {
  /** The most cells of a row. */
  static final int MOST = 1_000;

  private final char separator;
  private final List<String> done = new ArrayList<>(8);
  private @Nullable StringBuilder open;
  private @Nullable Flaw flaw;

  /** Why a row cannot be parted, and in which cell, from 1. */
  record Flaw(Code code, int cell, String reason) {}

  Cells(char separator) {
    this.separator = separator;
  }

  /** Parts the only line of a row, or the first. */
  static Cells of(String line, char separator) {
    Cells cells = new Cells(separator);
    cells.readFrom(line, 0);
    return cells;
  }

  /** Those that are complete. */
  List<String> values() {
    return Collections.unmodifiableList(done);
  }

  /** Whether a quote is still open, so that the next line belongs to the row. */
  boolean areOpen() {
    return open != null;
  }

  @Nullable Flaw flaw() {
    return flaw;
  }

  /** Nothing closes the quote that is open. */
  void neverClosed() {
    open = null;
    broken(
        Code.UNCLOSED_QUOTE,
        "A quote is opened and never closed. Close it, or write \"\" for a quote in the text");
  }

  /** Takes the next line into the cell that is open. */
  void goOn(String ending, String line) {
    StringBuilder cell = requireNonNull(open, "open");
    int close = closingQuote(line, 0);
    cell.append(ending).append(unescaped(line, 0, close < 0 ? line.length() : close));
    if (close >= 0) {
      open = null;
      readFrom(line, closed(cell.toString(), line, close));
    }
  }

  private void readFrom(String line, int from) {
    int at = from;
    while (at >= 0) {
      at = done.size() < MOST ? cell(line, at) : tooMany();
    }
  }

  private int tooMany() {
    String reason = "The row has more than %d columns. Put cells that hold '%s' in quotes";
    return broken(Code.TOO_MANY_COLUMNS, reason.formatted(MOST, name(separator)));
  }

  /**
   * @return where the next cell begins; -1 when there is none in this line
   */
  private int cell(String line, int from) {
    int first = Text.afterBlanks(line, from, separator);
    if (Text.isAt(line, first, '"')) {
      return Pairs.beginAt(line, first, separator) ? pairs(line, first) : quoted(line, first);
    }
    int end = line.indexOf(separator, from);
    return add(line, from, end < 0 ? line.length() : end);
  }

  private int pairs(String line, int quote) {
    Pairs pairs = Pairs.of(line, quote, separator);
    if (pairs.isUnclosed()) {
      neverClosed();
      return -1;
    }
    return add(line, quote, pairs.end());
  }

  private int quoted(String line, int quote) {
    int close = closingQuote(line, quote + 1);
    if (close < 0) {
      open = new StringBuilder(unescaped(line, quote + 1, line.length()));
      return -1;
    }
    return closed(unescaped(line, quote + 1, close), line, close);
  }

  /** Nothing but blanks may stand between the quote and the next cell. */
  private int closed(String value, String line, int quote) {
    int end = Text.afterBlanks(line, quote + 1, separator);
    if (end < line.length() && line.charAt(end) != separator) {
      return broken(
          Code.TEXT_AFTER_QUOTE,
          "Text follows the quote that closes the cell. Write \"\" for a quote within one");
    }
    done.add(Formula.unguarded(value));
    return end < line.length() ? end + 1 : -1;
  }

  private int add(String line, int from, int end) {
    done.add(Formula.unguarded(line.substring(from, end)));
    return end < line.length() ? end + 1 : -1;
  }

  private int broken(Code code, String reason) {
    flaw = new Flaw(code, done.size() + 1, reason);
    return -1;
  }

  /** The next quote that is not doubled; -1 when the line has none. */
  private static int closingQuote(String line, int from) {
    int quote = line.indexOf('"', from);
    while (quote >= 0 && Text.isAt(line, quote + 1, '"')) {
      quote = line.indexOf('"', quote + 2);
    }
    return quote;
  }

  private static String unescaped(String line, int from, int end) {
    return line.substring(from, end).replace("\"\"", "\"");
  }

  /** As a reason names it. */
  static String name(char separator) {
    return separator == '\t' ? "tab" : String.valueOf(separator);
  }
}
