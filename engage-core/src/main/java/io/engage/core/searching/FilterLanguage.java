package io.engage.core.searching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads what agents type to find conversations, such as {@code from:(acme OR "j. doe") AND NOT
 * subject:invoice AND received>=2026-01-01}.
 *
 * <p>A word, or several in quotes, stands in any column; {@code column:word} in that one. {@code
 * AND}, {@code OR} and {@code NOT} (or a minus sign) are written in capitals; two words side by
 * side mean both. Parentheses group, also behind a column. {@code is:} takes completed, open,
 * unread, linked, assigned and side; {@code received}, {@code opened} and {@code completed} compare
 * with a year, a month, a day, a minute, today or yesterday; {@code priority} with a number; {@code
 * agent:me} are one's own, {@code agent:clara} those of whoever has that id or name, {@code
 * handled:clara} also those that they had once or answered in.
 */
public final class FilterLanguage {
  /** The longest filter, in characters. */
  public static final int LONGEST = 4_000;

  private static final int DEEPEST = 50;
  private static final int MOST_TERMS = 200;
  private static final Set<String> STATES =
      Set.of("completed", "open", "unread", "linked", "assigned", "side");
  private static final Set<String> CHANNELS = Set.of("email", "sms");

  /** Reads a filter that is not blank. */
  public Understanding decide(String typed) {
    return read(typed, null);
  }

  /** Reads what stands behind one column, not blank either, as if in parentheses there. */
  public Understanding decide(Column column, String typed) {
    return read(typed, column);
  }

  private static Understanding read(String typed, @Nullable Column column) {
    if (typed.length() > LONGEST) {
      return new Understanding.Misunderstood(
          LONGEST + 1, "a filter has at most %d characters".formatted(LONGEST));
    }
    try {
      return new Understanding.Understood(new Reading(typed).whole(column));
    } catch (Mistake mistake) {
      return new Understanding.Misunderstood(mistake.at + 1, mistake.reason);
    }
  }

  /** Ends the reading at the first thing that cannot be. */
  private static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int at;
    private final String reason;

    Mistake(int at, String reason) {
      super(reason, null, false, false);
      this.at = at;
      this.reason = reason;
    }
  }

  /** One pass over the text, from left to right. */
  private static final class Reading {
    private final String text;
    private int at;
    private int depth;
    private int terms;

    Reading(String text) {
      this.text = text;
    }

    Expression whole(@Nullable Column column) {
      Expression all = anyOf(column);
      if (at < text.length()) {
        throw new Mistake(at, "there is a ')' without its '('");
      }
      return all;
    }

    private Expression anyOf(@Nullable Column column) {
      List<Expression> parts = new ArrayList<>();
      do {
        parts.add(allOf(column));
      } while (skipWord("OR"));
      return parts.size() == 1 ? parts.get(0) : new Expression.Or(parts);
    }

    private Expression allOf(@Nullable Column column) {
      List<Expression> parts = new ArrayList<>();
      parts.add(single(column));
      while (skipWord("AND") || startsAnother()) {
        parts.add(single(column));
      }
      return parts.size() == 1 ? parts.get(0) : new Expression.And(parts);
    }

    private Expression single(@Nullable Column column) {
      skipBlanks();
      if (skipWord("NOT") || skip('-')) {
        return deeper(() -> new Expression.Not(single(column)));
      }
      if (at == text.length()) {
        throw new Mistake(at, "something to look for is missing here");
      }
      if (skip('(')) {
        return deeper(() -> grouped(column));
      }
      return column == null ? termOrWords() : term(column, comparison(column));
    }

    private Expression grouped(@Nullable Column column) {
      int opened = at - 1;
      Expression inside = anyOf(column);
      skipBlanks();
      if (!skip(')')) {
        throw new Mistake(opened, "this '(' has no ')'");
      }
      return inside;
    }

    private Expression termOrWords() {
      int start = at;
      if (text.charAt(at) == '"') {
        return new Expression.Words(counted(value()));
      }
      while (at < text.length() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      Optional<Operator> operator = at > start ? Operator.findAt(text, at) : Optional.empty();
      if (operator.isEmpty()) {
        at = start;
        return new Expression.Words(counted(value()));
      }
      String name = text.substring(start, at);
      Column column =
          Column.find(name)
              .orElseThrow(
                  () ->
                      new Mistake(
                          start,
                          "there is no column '%s'. There are %s".formatted(name, Column.all())));
      at += operator.get().sign().length();
      skipBlanks();
      return operator.get() == Operator.HAS && skip('(')
          ? deeper(() -> grouped(column))
          : term(column, operator.get());
    }

    /** Within the group of a column that compares. */
    private Operator comparison(Column column) {
      Operator found =
          column.compares() ? Operator.findAt(text, at).orElse(Operator.HAS) : Operator.HAS;
      at += found == Operator.HAS ? 0 : found.sign().length();
      return found;
    }

    private Expression term(Column column, Operator operator) {
      skipBlanks();
      int start = at;
      String value = counted(value());
      check(column, operator, value, start);
      return new Expression.Term(column, operator, value);
    }

    private static void check(Column column, Operator operator, String value, int at) {
      if (operator != Operator.HAS && !column.compares()) {
        throw new Mistake(
            at, "'%s' cannot be compared by '%s'".formatted(column.code(), operator.sign()));
      }
      if (column.isTime() && !Period.isOne(value)) {
        throw new Mistake(at, "a date is expected here, such as 2026-01-31, today or yesterday");
      }
      if (column == Column.PRIORITY && !value.matches("\\d{1,6}")) {
        throw new Mistake(at, "a priority is a number");
      }
      if (column == Column.IS && !STATES.contains(value.toLowerCase(Locale.ROOT))) {
        throw new Mistake(at, "'is' takes completed, open, unread, linked, assigned or side");
      }
      if (column == Column.CHANNEL && !CHANNELS.contains(value.toLowerCase(Locale.ROOT))) {
        throw new Mistake(at, "a channel is email or sms");
      }
    }

    private String value() {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : word();
    }

    private String quoted() {
      int opened = at++;
      StringBuilder value = new StringBuilder();
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      if (!skip('"')) {
        throw new Mistake(opened, "this quote has no end");
      }
      if (value.toString().isBlank()) {
        throw new Mistake(opened, "there is nothing between these quotes");
      }
      return value.toString();
    }

    private String word() {
      int start = at;
      while (at < text.length() && !endsWord(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        throw new Mistake(start, "something to look for is missing here");
      }
      return text.substring(start, at);
    }

    private static boolean endsWord(char c) {
      return Character.isWhitespace(c) || c == '(' || c == ')' || c == '"';
    }

    private boolean startsAnother() {
      skipBlanks();
      return at < text.length() && text.charAt(at) != ')' && !isWordHere("OR");
    }

    private boolean skipWord(String operator) {
      skipBlanks();
      boolean here = isWordHere(operator);
      at += here ? operator.length() : 0;
      return here;
    }

    private boolean isWordHere(String operator) {
      int end = at + operator.length();
      return text.startsWith(operator, at) && (end == text.length() || endsWord(text.charAt(end)));
    }

    private boolean skip(char wanted) {
      boolean here = at < text.length() && text.charAt(at) == wanted;
      at += here ? 1 : 0;
      return here;
    }

    private void skipBlanks() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }

    private String counted(String value) {
      if (++terms > MOST_TERMS) {
        throw new Mistake(at, "a filter has at most %d conditions".formatted(MOST_TERMS));
      }
      return value;
    }

    private Expression deeper(Supplier<Expression> inside) {
      if (++depth > DEEPEST) {
        throw new Mistake(at, "this is nested more than %d deep".formatted(DEEPEST));
      }
      Expression found = inside.get();
      depth--;
      return found;
    }
  }
}
