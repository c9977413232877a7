package io.engage.core.receiving;

import io.engage.model.message.Message;

/** Decides what a list shows of a message: the beginning of its text, on one line. */
public final class Previews {
  private Previews() {}

  public static String of(String text) {
    StringBuilder line = new StringBuilder(Message.PREVIEW_LENGTH);
    boolean gap = false;
    for (int i = 0; i < text.length() && line.length() < Message.PREVIEW_LENGTH; i++) {
      char c = text.charAt(i);
      boolean blank = isBlank(c);
      if (blank) {
        gap = line.length() > 0;
      } else {
        if (gap) {
          line.append(' ');
          gap = false;
        }
        if (line.length() < Message.PREVIEW_LENGTH) {
          line.append(c);
        }
      }
    }
    return withoutHalfCharacter(line);
  }

  private static boolean isBlank(char c) {
    return c < '\u007f'
        ? c <= ' '
        : Character.isWhitespace(c) || Character.isISOControl(c) || c == '\u00a0';
  }

  private static String withoutHalfCharacter(StringBuilder line) {
    int last = line.length() - 1;
    if (last >= 0 && Character.isHighSurrogate(line.charAt(last))) {
      line.setLength(last);
    }
    return line.toString();
  }
}
