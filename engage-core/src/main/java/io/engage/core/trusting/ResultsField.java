package io.engage.core.trusting;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One Authentication-Results field taken apart (RFC 8601 section 2.2): its name and its results,
 * without comments and without what is quoted. Servers copy what a stranger claims, such as an
 * envelope sender, into both.
 *
 * <p>A server that copies a quoted address into a comment need not escape its brackets, so a quoted
 * bracket within a comment has two readings. A field with two readings, and one whose quotes or
 * comments do not end, is not sound: its results cannot be told from what was copied.
 */
final class ResultsField {
  private static final Pattern FAILURE =
      Pattern.compile("(?<![a-z0-9.-])dmarc(?:\\s*/\\s*[0-9]+)?\\s*=\\s*fail");

  /** Stands for what was quoted, so that nothing beside it can pass for a whole word. */
  private static final char QUOTED = '"';

  private final String text;
  private final List<String> parts = new ArrayList<>();
  private boolean sound = true;

  /**
   * @param text in lower case
   */
  ResultsField(String text) {
    this.text = text;
    StringBuilder part = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      at = read(at, part);
    }
    parts.add(part.toString());
  }

  boolean isSound() {
    return sound;
  }

  /** Whether it says dmarc=fail; when it is not sound, also where that may have been copied. */
  boolean saysFailure() {
    return sound
        ? results().stream().anyMatch(each -> FAILURE.matcher(each).find())
        : FAILURE.matcher(text).find();
  }

  /** Who wrote it; a version may follow the name. */
  String serverName() {
    return parts.get(0).strip().split("\\s+", 2)[0];
  }

  /** Whether a result stands where the name should be. */
  boolean isNameless() {
    return parts.get(0).indexOf('=') >= 0;
  }

  List<String> results() {
    return parts.subList(isNameless() ? 0 : 1, parts.size());
  }

  private int read(int at, StringBuilder part) {
    char c = text.charAt(at);
    switch (c) {
      case '"' -> {
        part.append(QUOTED);
        return endOfQuoted(at, false);
      }
      case '(' -> {
        part.append(' ');
        return endOfComment(at);
      }
      case ';' -> {
        parts.add(part.toString());
        part.setLength(0);
      }
      default -> {
        sound &= c != ')' && c != '\\';
        part.append(c);
      }
    }
    return at + 1;
  }

  private int endOfQuoted(int start, boolean inComment) {
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      sound &= !inComment || (c != '(' && c != ')');
      at += c == '\\' ? 2 : 1;
    }
    return ended(at);
  }

  /** Comments nest. */
  private int endOfComment(int start) {
    int depth = 1;
    int at = start + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return at + 1;
      }
      at = c == '"' ? endOfQuoted(at, true) : at + (c == '\\' ? 2 : 1);
    }
    return ended(at);
  }

  private int ended(int at) {
    sound &= at < text.length();
    return at + 1;
  }
}
