package io.engage.core.folding;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a text.
 *
 * @param from where it starts in the text
 * @param next where the next line starts
 * @param words it, without its quote marks and stripped; empty when it is too long to be anything
 *     but a paragraph
 * @param depth how many quote marks it starts with
 * @param surelyQuoted whether its marks are as programs set them: "> yes" and ">>" are, ">50
 *     pieces" and mbox' ">From" may be what somebody wrote
 */
record Line(int from, int next, String words, int depth, boolean surelyQuoted) {
  private static final int LONGEST_MARKER = 600;
  private static final int MOST_INDENTED = 3;
  private static final int USUAL_LENGTH = 64;

  /** Nobody reads on past this many; what follows counts as one paragraph. */
  private static final int MOST_LINES = 30_000;

  static List<Line> of(String text) {
    List<Line> lines = new ArrayList<>(16 + text.length() / USUAL_LENGTH);
    int from = 0;
    while (from < text.length()) {
      int end = lines.size() < MOST_LINES ? text.indexOf('\n', from) : -1;
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

  int length() {
    return next - from;
  }

  private static Line line(String text, int from, int next) {
    int start = from;
    while (start < next && start - from < MOST_INDENTED && text.charAt(start) == ' ') {
      start++;
    }
    int depth = 0;
    int i = start;
    while (i < next && (text.charAt(i) == '>' || (depth > 0 && text.charAt(i) == ' '))) {
      depth += text.charAt(i) == '>' ? 1 : 0;
      i++;
    }
    int content = depth > 0 ? i : from;
    String words = next - from > LONGEST_MARKER ? "" : plain(text, content, next);
    boolean sure = depth > 1 || (depth == 1 && (i > start + 1 || words.isEmpty()));
    return new Line(from, next, words, depth, sure);
  }

  private static String plain(String text, int from, int to) {
    int start = from;
    while (start < to && isBlank(text.charAt(start))) {
      start++;
    }
    int end = to;
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    String words = text.substring(start, end);
    return isAscii(words) ? words : cleaned(words);
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || (c > '~' && Character.isWhitespace(c));
  }

  /** Each character on its own: a Turkish capital stays one, and the time stays linear. */
  static String lower(String words) {
    StringBuilder lower = new StringBuilder(words.length());
    for (int i = 0; i < words.length(); i++) {
      lower.append(Character.toLowerCase(words.charAt(i)));
    }
    return lower.toString();
  }

  private static boolean isAscii(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ' || line.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** With plain blanks and apostrophes, and without the marks that steer the direction of text. */
  private static String cleaned(String line) {
    StringBuilder kept = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\u00a0' || c == '\u202f' || c == '\u3000' || c == '\t') {
        kept.append(' ');
      } else if (c == '\u2019') {
        kept.append('\'');
      } else if (!isInvisible(c)) {
        kept.append(c);
      }
    }
    return kept.toString().strip();
  }

  private static boolean isInvisible(char c) {
    return (c >= '\u200b' && c <= '\u200f')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || c == '\ufeff';
  }
}
