package io.engage.dialer.listing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes rows that a spreadsheet may open (RFC 4180, OWASP ASVS 1.2.10): what others wrote is never
 * calculated there, since a cell that begins like a formula gets an apostrophe before it. {@link
 * ListReading} takes it off again.
 */
public final class ExportWriting {
  /** What stands before the first row so that spreadsheets read UTF-8. */
  public static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String LINE_BREAK = "\r\n";
  private static final String PLAIN = "@._-:/'";

  private final char separator;

  private ExportWriting(char separator) {
    this.separator = separator;
  }

  /** As the manuals write lists, and as spreadsheets do where the comma is in numbers. */
  public static ExportWriting withSemicolons() {
    return new ExportWriting(';');
  }

  /** As RFC 4180 has it. */
  public static ExportWriting withCommas() {
    return new ExportWriting(',');
  }

  /** One row, with its line break. */
  public String line(List<String> cells) {
    return cells.stream()
        .map(ExportWriting::cell)
        .collect(Collectors.joining(String.valueOf(separator), "", LINE_BREAK));
  }

  /** In quotes unless it can only be one cell, whatever a program takes for the separator. */
  static String cell(String value) {
    String guarded = Formula.guarded(value);
    return guarded.chars().allMatch(ExportWriting::isPlain)
        ? guarded
        : '"' + guarded.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlain(int c) {
    return Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
  }
}
