package io.engage.dialer.listing;

/**
 * Keeps spreadsheets from calculating what others wrote (OWASP ASVS 1.2.10): a cell that begins
 * like a formula gets an apostrophe before it, which spreadsheets do not show. A cell that begins
 * with apostrophes before such a character gets one more, so that what is taken off again is always
 * what was put on.
 */
final class Formula {
  /** The last four are full-width, and the same to spreadsheets of East Asia. */
  private static final String BEGINS = "=+-@\t\r\n\0\uFF1D\uFF0B\uFF0D\uFF20";

  private Formula() {}

  static String guarded(String cell) {
    return looksLikeOne(cell) ? "'" + cell : cell;
  }

  static String unguarded(String cell) {
    return cell.startsWith("'") && looksLikeOne(cell) ? cell.substring(1) : cell;
  }

  private static boolean looksLikeOne(String cell) {
    int first = 0;
    while (first < cell.length() && cell.charAt(first) == '\'') {
      first++;
    }
    return first < cell.length() && BEGINS.indexOf(cell.charAt(first)) >= 0;
  }
}
