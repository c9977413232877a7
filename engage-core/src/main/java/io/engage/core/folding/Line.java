package io.engage.core.folding;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text.
 *
 * @param from where it starts in the text
 * @param next where the next line starts
 * @param words it, stripped; empty when it is too long to be anything but a paragraph
 * @param depth how many quote marks it starts with
 */
record Line(int from, int next, String words, int depth) {
  private static final int LONGEST_MARKER = 600;
  private static final int MOST_INDENTED = 3;

  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      int next = end < 0 ? text.length() : end + 1;
      lines.add(line(text, from, next));
      from = next;
    }
    return lines;
  }

  boolean isBlank() {
    return words.isEmpty() && next - from <= LONGEST_MARKER;
  }

  boolean isQuoted() {
    return depth > 0;
  }

  private static Line line(String text, int from, int next) {
    int depth = depth(text, from, next);
    boolean paragraph = next - from > LONGEST_MARKER;
    return new Line(from, next, paragraph ? "" : plain(text.substring(from, next)), depth);
  }

  private static String plain(String line) {
    return line.replace('\u00a0', ' ').replace('\u202f', ' ').replace('\u2019', '\'').strip();
  }

  private static int depth(String text, int from, int next) {
    int i = from;
    while (i < next && i - from < MOST_INDENTED && text.charAt(i) == ' ') {
      i++;
    }
    int depth = 0;
    while (i < next && (text.charAt(i) == '>' || (depth > 0 && text.charAt(i) == ' '))) {
      depth += text.charAt(i) == '>' ? 1 : 0;
      i++;
    }
    return depth;
  }
}
