package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a Message-ID header (RFC 5322 section 3.6.4), without its angle brackets.
 *
 * <p>It is a clue, never an identity: senders repeat, forget and forge it.
 */
public record RfcMessageId(String value) {
  private static final int LONGEST = 998;
  private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,998})>");
  private static final Pattern COMMENT = Pattern.compile("\\([^()]{0,998}\\)");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s,;<>\"]+");

  public RfcMessageId {
    requireNonNull(value, "value");
    if (value.isBlank() || value.length() > LONGEST || !isPlain(value)) {
      throw new IllegalArgumentException(
          "A Message-ID has 1 to 998 characters, none of them white space, control or '<' '>'");
    }
  }

  public static RfcMessageId of(String value) {
    return new RfcMessageId(value);
  }

  /**
   * The Message-ID that {@code text} holds, with or without angle brackets, comments left out;
   * empty when there is none.
   */
  public static Optional<RfcMessageId> parse(String text) {
    List<RfcMessageId> bracketed = bracketed(text, 1);
    if (!bracketed.isEmpty()) {
      return Optional.of(bracketed.get(0));
    }
    List<RfcMessageId> words = words(text, 1);
    return words.isEmpty() ? bare(withoutComments(text)) : Optional.of(words.get(0));
  }

  /**
   * The Message-IDs in {@code text}, in order, the first {@code most} of them: those in angle
   * brackets, and where there are none, every word with an '@' and no apostrophe in it.
   */
  public static List<RfcMessageId> parseAll(String text, int most) {
    List<RfcMessageId> bracketed = bracketed(text, most);
    return bracketed.isEmpty() ? words(text, most) : bracketed;
  }

  /** What is the same for two Message-IDs that differ only in case, as servers make them do. */
  public String caseless() {
    return value.toLowerCase(Locale.ROOT);
  }

  /** As it stands in a header: with angle brackets. */
  public String bracketed() {
    return '<' + value + '>';
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= 32 || c == '<' || c == '>' || c == 127) {
        return false;
      }
    }
    return true;
  }

  private static List<RfcMessageId> bracketed(String text, int most) {
    if (text.indexOf('<') < 0) {
      return List.of();
    }
    List<RfcMessageId> found = new ArrayList<>();
    Matcher matcher = BRACKETED.matcher(text);
    while (found.size() < most && matcher.find()) {
      bare(matcher.group(1)).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  private static List<RfcMessageId> words(String text, int most) {
    if (text.indexOf('@') < 0) {
      return List.of();
    }
    return BETWEEN_WORDS
        .splitAsStream(withoutComments(text))
        .filter(word -> word.indexOf('@') > 0 && word.indexOf('@') < word.length() - 1)
        .filter(word -> word.indexOf('\'') < 0)
        .flatMap(word -> bare(word).stream())
        .limit(most)
        .toList();
  }

  private static String withoutComments(String text) {
    return text.indexOf('(') < 0 ? text : COMMENT.matcher(text).replaceAll(" ");
  }

  private static Optional<RfcMessageId> bare(String text) {
    String joined = isPlain(text) ? text : BLANKS.matcher(text).replaceAll("");
    try {
      return Optional.of(new RfcMessageId(joined));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
