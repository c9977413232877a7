package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
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

  public RfcMessageId {
    requireNonNull(value, "value");
    if (value.isBlank()
        || value.length() > LONGEST
        || !value.chars().allMatch(c -> c > 32 && c != '<' && c != '>' && c != 127)) {
      throw new IllegalArgumentException(
          "A Message-ID has 1 to 998 characters, none of them white space, control or '<' '>'");
    }
  }

  public static RfcMessageId of(String value) {
    return new RfcMessageId(value);
  }

  /** The Message-ID that {@code text} holds, with or without angle brackets; empty when none. */
  public static Optional<RfcMessageId> parse(String text) {
    List<RfcMessageId> all = parseAll(text, 1);
    return all.isEmpty() ? bare(text) : Optional.of(all.get(0));
  }

  /** The bracketed Message-IDs in {@code text}, in order, the first {@code most} of them. */
  public static List<RfcMessageId> parseAll(String text, int most) {
    List<RfcMessageId> found = new ArrayList<>();
    Matcher matcher = BRACKETED.matcher(text);
    while (found.size() < most && matcher.find()) {
      bare(matcher.group(1)).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** As it stands in a header: with angle brackets. */
  public String bracketed() {
    return '<' + value + '>';
  }

  @Override
  public String toString() {
    return value;
  }

  private static Optional<RfcMessageId> bare(String text) {
    String joined = text.replaceAll("\\s+", "");
    try {
      return Optional.of(new RfcMessageId(joined));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
