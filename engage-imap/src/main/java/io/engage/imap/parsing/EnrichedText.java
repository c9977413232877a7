package io.engage.imap.parsing;

import java.util.Locale;

/** Takes the commands out of {@code text/enriched} (RFC 1896) and of its elder, richtext. */
final class EnrichedText {
  private static final int LONGEST_COMMAND = 60;

  private final String text;
  private final boolean richtext;
  private final StringBuilder plain;
  private int literal;
  private int parameters;
  private int newLines;
  private int closerFrom;

  private EnrichedText(String text, boolean richtext) {
    this.text = text;
    this.richtext = richtext;
    this.plain = new StringBuilder(text.length());
  }

  /**
   * @param richtext whether it is {@code text/richtext} (RFC 1341), where line ends mean nothing
   */
  static String plain(String text, boolean richtext) {
    return new EnrichedText(text, richtext).read();
  }

  private String read() {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '<') {
        i = command(i);
      } else {
        put(c);
        i++;
      }
    }
    return plain.append(newLines > 0 ? "\n" : "").toString();
  }

  private int command(int start) {
    if (!richtext && text.startsWith("<<", start)) {
      put('<');
      return start + 2;
    }
    int end = closer(start);
    if (end < 0 || end - start > LONGEST_COMMAND) {
      put('<');
      return start + 1;
    }
    obey(text.substring(start + 1, end).strip().toLowerCase(Locale.ROOT));
    return end + 1;
  }

  /** Each search goes on where the one before ended, so that all together are linear. */
  private int closer(int start) {
    if (closerFrom >= 0 && closerFrom <= start) {
      closerFrom = text.indexOf('>', start);
    }
    return closerFrom;
  }

  private void obey(String command) {
    switch (command) {
      case "nofill" -> literal++;
      case "/nofill" -> literal = Math.max(0, literal - 1);
      case "param" -> parameters++;
      case "/param" -> parameters = Math.max(0, parameters - 1);
      case "nl" -> plain.append('\n');
      case "paragraph", "/paragraph" -> endParagraph();
      case "lt" -> put('<');
      default -> {}
    }
  }

  private void endParagraph() {
    if (richtext && plain.length() > 0 && plain.charAt(plain.length() - 1) != '\n') {
      plain.append('\n');
    }
  }

  private void put(char c) {
    if (parameters > 0) {
      return;
    }
    if (c == '\n' && literal == 0) {
      newLines++;
      return;
    }
    endLines();
    plain.append(c);
  }

  /** One line end is a blank, of several one is dropped (RFC 1896). */
  private void endLines() {
    if (newLines > 0) {
      boolean blank = richtext || newLines == 1;
      plain.append(blank ? " " : "\n".repeat(newLines - 1));
      newLines = 0;
    }
  }
}
