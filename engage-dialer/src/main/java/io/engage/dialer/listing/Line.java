package io.engage.dialer.listing;

/**
 * A line of the file; a row is one of them or, with line breaks in quotes, several.
 *
 * @param number from 1
 * @param text empty when it was too long to be kept
 * @param ending what stood behind it: {@code \n}, {@code \r\n}, {@code \r} or, at the end, nothing
 */
record Line(long number, String text, String ending, boolean isTooLong) {
  int length() {
    return text.length() + ending.length();
  }
}
