package io.engage.model.conversation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How tags are written: in lower case, on one line, so that each is there once and is found. */
public final class Tags {
  /** The longest tag, in characters. */
  public static final int LONGEST = 60;

  /** How many a conversation may have. */
  public static final int MOST = 50;

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

  private Tags() {}

  /**
   * The tag that somebody typed.
   *
   * @return empty when it has no character or too many
   */
  public static Optional<String> parse(String typed) {
    if (typed.length() > 10 * LONGEST) {
      return Optional.empty();
    }
    String tag = BLANKS.matcher(typed).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    return tag.isEmpty() || tag.length() > LONGEST ? Optional.empty() : Optional.of(tag);
  }
}
