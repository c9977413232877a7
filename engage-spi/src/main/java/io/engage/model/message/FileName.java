package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Set;

/**
 * A file name that is safe to show and to save under: one path element without control, format or
 * bidirectional characters, not reserved by any common system, at most 200 characters. Whatever a
 * sender wrote becomes one; nothing is refused.
 */
public record FileName(String value) {
  private static final int LONGEST = 200;
  private static final String UNNAMED = "unnamed";
  private static final Set<String> RESERVED =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  public FileName {
    requireNonNull(value, "value");
    value = safe(value);
  }

  /** The safe name nearest to {@code anything}. */
  public static FileName of(String anything) {
    return new FileName(anything);
  }

  @Override
  public String toString() {
    return value;
  }

  private static String safe(String wanted) {
    String last = wanted.substring(Math.max(wanted.lastIndexOf('/'), wanted.lastIndexOf('\\')) + 1);
    String clean = trimmed(shortened(trimmed(withoutBadCharacters(last))));
    if (clean.isEmpty()) {
      return UNNAMED;
    }
    int dot = clean.indexOf('.');
    String stem = (dot < 0 ? clean : clean.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
    return RESERVED.contains(stem) ? "_" + clean : clean;
  }

  private static String withoutBadCharacters(String text) {
    StringBuilder kept = new StringBuilder(Math.min(text.length(), 4 * LONGEST));
    text.codePoints().filter(FileName::mayStand).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static boolean mayStand(int c) {
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SURROGATE
        && "<>:\"|?*".indexOf(c) < 0;
  }

  /** Windows drops dots and spaces at the end; a leading dot hides the file elsewhere. */
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && (text.charAt(from) == '.' || Character.isWhitespace(text.charAt(from)))) {
      from++;
    }
    while (to > from
        && (text.charAt(to - 1) == '.' || Character.isWhitespace(text.charAt(to - 1)))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Cuts in the middle so that the extension stays. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int dot = text.lastIndexOf('.');
    String extension = dot > 0 && text.length() - dot <= 20 ? text.substring(dot) : "";
    int end = LONGEST - extension.length();
    if (Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + extension;
  }
}
