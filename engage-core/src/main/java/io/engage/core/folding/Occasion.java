package io.engage.core.folding;

import java.util.Set;

/** Why a mail was written, as far as its header tells; its text may look the same for each. */
public enum Occasion {
  /** Only the text is known. */
  UNKNOWN,
  ANSWER,
  /** Somebody shows us what he got from others, so none of it is history. */
  FORWARD,
  /** It answers nothing, so a header block in it was pasted there to be read. */
  FIRST;

  private static final int LONGEST_PREFIX = 16;
  private static final int LONGEST_UNKNOWN_PREFIX = 6;
  private static final Set<String> FORWARDS =
      Set.of(
          "fw",
          "fwd",
          "wg",
          "tr",
          "trs",
          "rv",
          "enc",
          "i",
          "inoltro",
          "doorst",
          "vb",
          "vs",
          "vl",
          "pd",
          "přeposlané",
          "továbbítás",
          "továbbítva",
          "пересл",
          "ilt",
          "πρθ",
          "转发",
          "轉寄",
          "轉發",
          "転送",
          "전달",
          "إعادة توجيه",
          "הועבר");

  /**
   * @param answers whether the mail names another one that it answers
   */
  public static Occasion decide(String subject, boolean answers) {
    String prefix = prefix(subject);
    if (FORWARDS.contains(prefix)) {
      return FORWARD;
    }
    return answers || isShort(prefix) ? ANSWER : FIRST;
  }

  private static boolean isShort(String prefix) {
    return !prefix.isEmpty() && prefix.length() <= LONGEST_UNKNOWN_PREFIX;
  }

  /** What stands before the first colon, without a count as in {@code Re[2]}; empty for none. */
  private static String prefix(String subject) {
    String start = subject.strip();
    int end = 0;
    while (end < start.length() && end <= LONGEST_PREFIX && !isColon(start.charAt(end))) {
      end++;
    }
    if (end == start.length() || end > LONGEST_PREFIX) {
      return "";
    }
    String word = Line.lower(start.substring(0, end));
    int last = word.length();
    while (last > 0 && "[]()^0123456789 ".indexOf(word.charAt(last - 1)) >= 0) {
      last--;
    }
    return word.substring(0, last);
  }

  private static boolean isColon(char c) {
    return c == ':' || c == '\uff1a';
  }
}
