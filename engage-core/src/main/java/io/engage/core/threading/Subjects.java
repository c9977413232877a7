package io.engage.core.threading;

import io.engage.model.conversation.ConversationNumber;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Decides what a subject is about: itself without the prefixes of answers and forwards. */
public final class Subjects {
  private static final int LONGEST_PREFIX = 6;

  /** What lists and servers put before a subject; a number in it makes it part of the matter. */
  private static final Pattern LABEL = Pattern.compile("^\\[[^\\[\\]0-9]{1,40}]\\s*");

  private static final Set<String> PREFIXES =
      Set.of(
          "re", "fw", "fwd", "aw", "wg", "antw", "antwort", "sv", "vs", "vb", "tr", "rif", "i", "r",
          "rv", "res", "enc", "odp", "pd", "doorst", "ref", "ynt", "ilt", "απ", "σχετ", "πρθ", "vá",
          "atb", "回复", "答复", "转发", "轉寄", "回覆", "답장", "전달", "отв", "пересл");

  private Subjects() {}

  /** What two subjects about one matter have in common. */
  static String topic(String subject) {
    String rest = base(ConversationNumber.removeFrom(subject));
    for (int i = 0; i < 20; i++) {
      String next = base(LABEL.matcher(rest).replaceFirst(""));
      if (next.isEmpty() || next.equals(rest)) {
        break;
      }
      rest = next;
    }
    return rest.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  public static String base(String subject) {
    String rest = subject.strip();
    for (int i = 0; i < 20; i++) {
      int colon = colon(rest);
      if (colon < 1 || colon > LONGEST_PREFIX + 4 || !isPrefix(rest.substring(0, colon))) {
        return rest;
      }
      rest = rest.substring(colon + 1).strip();
    }
    return rest;
  }

  /** East Asian keyboards have a wide colon. */
  private static int colon(String text) {
    int narrow = text.indexOf(':');
    int wide = text.indexOf('\uff1a');
    return narrow < 0 || (wide >= 0 && wide < narrow) ? wide : narrow;
  }

  /** Some programs count: {@code Re[2]}, {@code Re (3)}. */
  private static boolean isPrefix(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < word.length() && Character.isLetter(word.charAt(end))) {
      end++;
    }
    String count = word.substring(end);
    return PREFIXES.contains(word.substring(0, end))
        && count.chars().allMatch(c -> Character.isDigit(c) || "[]()^ ".indexOf(c) >= 0);
  }
}
