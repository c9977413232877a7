package io.engage.core.sanitizing;

/** Writes words into lines that carry as many quote marks as quotes are open. */
final class TextWriter {
  private final StringBuilder text = new StringBuilder();
  private int quotes;
  private int breaks;
  private int blankLineQuotes;
  private boolean blank;

  /** Words of one line, blanks already single. */
  void words(String words) {
    boolean leading = words.startsWith(" ");
    String stripped = words.strip();
    if (!stripped.isEmpty()) {
      boolean apart = (leading || blank) && breaks == 0 && text.length() > 0;
      startLine();
      text.append(apart ? " " : "").append(stripped);
    }
    blank = words.endsWith(" ") || (stripped.isEmpty() && (leading || blank));
  }

  /** A line as it stands, blanks included. */
  void preformatted(String line) {
    if (!line.isEmpty()) {
      startLine();
      text.append(line);
      blank = false;
    }
  }

  /** Ends the line; {@code atLeast} 2 leaves a line empty. */
  void lineEnds(int atLeast) {
    if (breaks == 0 || quotes < blankLineQuotes) {
      blankLineQuotes = quotes;
    }
    breaks = Math.max(breaks, atLeast);
    blank = false;
  }

  /** Ends the line once more, as each {@code br} does. */
  void lineBreak() {
    if (breaks == 0) {
      blankLineQuotes = quotes;
    }
    breaks = Math.min(breaks + 1, 2);
    blank = false;
  }

  void quoteOpens() {
    lineEnds(1);
    quotes++;
  }

  void quoteCloses() {
    lineEnds(1);
    quotes--;
    lineEnds(1);
  }

  String text() {
    return text.toString().strip();
  }

  private void startLine() {
    if (text.length() == 0) {
      text.append(marks(quotes)).append(quotes > 0 ? " " : "");
    } else if (breaks > 0) {
      if (breaks > 1) {
        text.append('\n').append(marks(Math.min(blankLineQuotes, quotes)));
      }
      text.append('\n').append(marks(quotes)).append(quotes > 0 ? " " : "");
    }
    breaks = 0;
  }

  private static String marks(int count) {
    return ">".repeat(Math.min(count, 20));
  }
}
