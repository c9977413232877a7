package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people call a conversation by, on the phone and in a subject: nine digits. It follows from
 * the conversation's id, so it never changes and no counter is shared between machines. Two
 * conversations may have the same one (one pair in 45,000 conversations is to be expected), and
 * anybody may write any number: it is a clue, never a proof.
 */
public record ConversationNumber(int value) {
  private static final int SMALLEST = 100_000_000;
  private static final int LARGEST = 999_999_999;
  private static final Pattern IN_SUBJECT = Pattern.compile("\\[#([1-9][0-9]{8})]");

  public ConversationNumber {
    if (value < SMALLEST || value > LARGEST) {
      throw new IllegalArgumentException(
          "The number of a conversation has nine digits and no leading 0, unlike '%d'"
              .formatted(value));
    }
  }

  public static ConversationNumber of(ConversationId conversation) {
    byte[] digest = sha256(conversation.value().getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < 7; i++) {
      bits = bits << 8 | (digest[i] & 0xff);
    }
    return new ConversationNumber((int) (SMALLEST + bits % (LARGEST - SMALLEST + 1)));
  }

  /** The numbers that a subject holds, at most ten, in their order. */
  public static Set<ConversationNumber> findAll(String subject) {
    requireNonNull(subject, "subject");
    Set<ConversationNumber> found = new LinkedHashSet<>();
    Matcher matcher = IN_SUBJECT.matcher(subject);
    while (found.size() < 10 && matcher.find()) {
      found.add(new ConversationNumber(Integer.parseInt(matcher.group(1))));
    }
    return found;
  }

  /** As it stands in a subject. */
  public String inSubject() {
    return "[#" + value + ']';
  }

  /** The subject without any such number. */
  public static String removeFrom(String subject) {
    return IN_SUBJECT.matcher(subject).replaceAll(" ").replaceAll(" {2,}", " ").strip();
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }
}
