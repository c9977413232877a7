package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * When automatic answers went to one correspondent or one domain, so that no loop outlives its
 * budget, whatever headers are lost on the way (RFC 3834 section 2).
 *
 * @param id a digest of the address or domain, never the address itself
 * @param answers the newest ones, oldest first, UTC, at most 1000
 */
public record AnswerBudget(String id, List<Instant> answers, long version) implements Document {
  /** How many answers are remembered. */
  public static final int MOST_ANSWERS = 1000;

  public AnswerBudget {
    requireNonNull(id, "id");
    answers = List.copyOf(answers);
    if (answers.size() > MOST_ANSWERS) {
      throw new IllegalArgumentException(
          "A budget remembers at most %d answers, but has %d"
              .formatted(MOST_ANSWERS, answers.size()));
    }
  }

  /** Before the first answer. */
  public static AnswerBudget none(String id) {
    return new AnswerBudget(id, List.of(), 0);
  }

  /**
   * The budget of one correspondent. Whoever writes as {@code ana+shop} and {@code ANA} is one:
   * nobody gets more by inventing details and cases.
   */
  public static String idOf(EmailAddress correspondent) {
    String local = correspondent.localPart().toLowerCase(Locale.ROOT);
    int plus = local.indexOf('+');
    return digest("address:" + (plus > 0 ? local.substring(0, plus) : local), correspondent);
  }

  /** The budget of everybody at the domain of this one. */
  public static String idOfDomain(EmailAddress correspondent) {
    return digest("domain:", correspondent);
  }

  /** How many answers went out after this moment. */
  public int answersAfter(Instant moment) {
    return (int) answers.stream().filter(each -> each.isAfter(moment)).count();
  }

  /** With one answer more; the oldest ones are forgotten. */
  public AnswerBudget with(Instant answer) {
    List<Instant> more = new ArrayList<>(answers);
    more.add(answer);
    return new AnswerBudget(
        id, more.subList(Math.max(0, more.size() - MOST_ANSWERS), more.size()), version);
  }

  /** Without the answer of this moment, which was not given after all. */
  public AnswerBudget without(Instant answer) {
    int last = answers.lastIndexOf(answer);
    if (last < 0) {
      return this;
    }
    List<Instant> fewer = new ArrayList<>(answers);
    fewer.remove(last);
    return new AnswerBudget(id, fewer, version);
  }

  private static String digest(String of, EmailAddress correspondent) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((of + '@' + correspondent.domain()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java has SHA-256", impossible);
    }
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  public static DocumentKey keyOf(String id) {
    return new DocumentKey(DocumentKey.Kind.ANSWER_BUDGET, id);
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public AnswerBudget withVersion(long newVersion) {
    return new AnswerBudget(id, answers, newVersion);
  }
}
