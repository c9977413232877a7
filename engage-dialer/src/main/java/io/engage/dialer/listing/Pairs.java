package io.engage.dialer.listing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code "name":"value","name":"value"}, as the manuals write variables. Nothing stands for a
 * quote within a value, so a value ends at the quote behind which the next name, the next cell or
 * nothing comes; any other quote is part of it. Where a comma and the next name come without that
 * quote, as in an example of the manuals, it was forgotten. What looks as if a name was lost within
 * a value is refused rather than guessed.
 */
final class Pairs {
  /** Ends no cell: the text is one. */
  static final char NO_SEPARATOR = '\uFFFF';

  private final String text;
  private final char separator;
  private final Map<String, String> values = new LinkedHashMap<>();
  private Optional<VariablesFlaw> flaw = Optional.empty();
  private boolean isUnclosed;
  private int at;

  private Pairs(String text, int from, char separator) {
    this.text = text;
    this.separator = separator;
    this.at = from;
  }

  /** Reads from the quote, or else the name, at {@code from}. */
  static Pairs of(String text, int from, char separator) {
    Pairs pairs = new Pairs(text, from, separator);
    pairs.read();
    return pairs;
  }

  /** Whether a name in quotes and a colon stand at {@code index}. */
  static boolean beginAt(String text, int index, char separator) {
    return new Pairs(text, index, separator).beginsPair(index);
  }

  /** Where the cell ends: at a separator or at the end of the text. */
  int end() {
    return at;
  }

  /** Whether a value begins with a quote and never ends. */
  boolean isUnclosed() {
    return isUnclosed;
  }

  Optional<VariablesFlaw> findFlaw() {
    return flaw;
  }

  Map<String, String> values() {
    return values;
  }

  private void read() {
    boolean more = true;
    while (more) {
      int colon = colonAfterName(at);
      if (colon < 0) {
        flaw(VariablesFlaw.unreadable(at));
        at = text.length();
        return;
      }
      String name = name(at, colon);
      more = value(name, blanks(colon + 1));
    }
  }

  /**
   * Takes the value that begins at {@code from} and stands behind it.
   *
   * @return whether another pair follows
   */
  private boolean value(String name, int from) {
    boolean quoted = Text.isAt(text, from, '"');
    int begin = quoted ? from + 1 : from;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' && beginsPair(blanks(i + 1))) {
        return take(name, begin, i, blanks(i + 1));
      }
      if (!quoted && c == separator) {
        return takeLast(name, begin, i, i);
      }
      if (c == '"') {
        int next = blanks(i + 1);
        if (Text.isAt(text, next, ',') && beginsPair(blanks(next + 1))) {
          return take(name, begin, i, blanks(next + 1));
        }
        int end = isEnd(next) ? next : afterLastComma(next);
        if (isEnd(end)) {
          return takeLast(name, begin, i, end);
        }
        if (hidesPair(next)) {
          flaw(VariablesFlaw.unreadable(i));
        }
      }
    }
    isUnclosed = quoted;
    return takeLast(name, begin, text.length(), text.length());
  }

  private boolean take(String name, int begin, int end, int next) {
    put(name, valueAt(begin, end));
    at = next;
    return true;
  }

  private boolean takeLast(String name, int begin, int end, int cellEnd) {
    put(name, valueAt(begin, end));
    at = cellEnd;
    return false;
  }

  /** Blanks count within quotes only. */
  private String valueAt(int begin, int end) {
    String value = text.substring(begin, end);
    return begin > 0 && text.charAt(begin - 1) == '"' ? value : value.strip();
  }

  private void put(String name, String value) {
    if (values.size() == VariablesFlaw.MOST) {
      flaw(VariablesFlaw.tooMany());
    } else if (values.putIfAbsent(name, value) != null) {
      flaw(VariablesFlaw.repeated(name));
    }
  }

  private void flaw(VariablesFlaw found) {
    if (flaw.isEmpty()) {
      flaw = Optional.of(found);
    }
  }

  private int afterLastComma(int index) {
    return Text.isAt(text, index, ',') ? blanks(index + 1) : index;
  }

  private boolean isEnd(int index) {
    return index >= text.length() || text.charAt(index) == separator;
  }

  /** A comma or colon between two quotes that parts no pairs: one of the quotes is too many. */
  private boolean hidesPair(int next) {
    boolean parts = Text.isAt(text, next, ',') || Text.isAt(text, next, ':');
    return parts && Text.isAt(text, blanks(next + 1), '"');
  }

  private boolean beginsPair(int index) {
    return Text.isAt(text, index, '"') && colonAfterName(index) >= 0;
  }

  /** The colon behind the name that begins at {@code index}; -1 when none does. */
  private int colonAfterName(int index) {
    int end = Text.isAt(text, index, '"') ? closingQuote(index + 1) + 1 : bareNameEnd(index);
    int colon = blanks(Math.max(end, 0));
    return end > 0 && Text.isAt(text, colon, ':') ? colon : -1;
  }

  /** A spreadsheet takes the quotes of the first name for those of the cell, and drops them. */
  private int bareNameEnd(int index) {
    return Text.nameEnd(text, index);
  }

  /** The quote behind a name that begins at {@code from}; -1 when there is no name. */
  private int closingQuote(int from) {
    int end = Math.min(text.length(), from + Text.LONGEST_NAME + 1);
    for (int i = from; i < end; i++) {
      if (text.charAt(i) == '"') {
        return text.substring(from, i).isBlank() ? -1 : i;
      }
    }
    return -1;
  }

  private String name(int from, int colon) {
    return text.substring(from, colon).replace("\"", "").strip();
  }

  private int blanks(int from) {
    return Text.afterBlanks(text, from, separator);
  }
}
