package io.engage.core.classifying;

import static io.engage.core.classifying.BounceCategory.DISABLED_RECIPIENT;
import static io.engage.core.classifying.BounceCategory.MAILBOX_FULL;
import static io.engage.core.classifying.BounceCategory.OTHER;
import static io.engage.core.classifying.BounceCategory.POLICY;
import static io.engage.core.classifying.BounceCategory.REJECTED_RECIPIENT;
import static io.engage.core.classifying.BounceCategory.TEMPORARY;
import static io.engage.core.classifying.BounceCategory.TOO_BIG;
import static io.engage.core.classifying.BounceCategory.UNKNOWN_HOST;
import static io.engage.core.classifying.BounceCategory.UNKNOWN_RECIPIENT;
import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why one recipient's mail came back: codes where they tell (RFC 3463), words where they do not,
 * because many servers give one code for everything.
 */
record BounceReason(@Nullable String status, @Nullable Integer replyCode, BounceCategory category) {
  private static final int LONGEST_READ = 8_000;
  private static final Pattern STATUS =
      Pattern.compile("(?<![0-9.])([245])\\.([0-9]{1,3})\\.([0-9]{1,3})(?![0-9.]*[0-9])");
  private static final Pattern REPLY_CODE =
      Pattern.compile("(?<![0-9a-z.@/:+_-])([45][0-7][0-9])(?=[ -]|$|[;:,.)'\"\\]](?![0-9]))");
  private static final Pattern MARKED_REPLY_CODE =
      Pattern.compile(
          "(?:said|smtp; ?|smtp;|returned|reason|error|response|reply|code|<<<|was|#)[: '\"(=]{0,3}"
              + "([45][0-7][0-9])(?![0-9.])");

  /** Names of hosts and people say nothing, whatever words they are made of. */
  private static final Pattern NAMES =
      Pattern.compile(
          "(?<![^\\s<>@])[^\\s<>@]{1,64}@[^\\s<>]{1,255}|\\b(?:host|mx|server) [a-z0-9.-]{1,255}\\[[0-9a-f.:]{1,40}\\]"
              + "|https?://\\S{1,500}");

  /** What the detail of an enhanced status says where it is specific (IANA registry). */
  private static final Map<String, BounceCategory> BY_STATUS =
      Map.ofEntries(
          entry("1.1", UNKNOWN_RECIPIENT),
          entry("1.2", UNKNOWN_HOST),
          entry("1.3", UNKNOWN_RECIPIENT),
          entry("1.4", UNKNOWN_RECIPIENT),
          entry("1.6", UNKNOWN_RECIPIENT),
          entry("1.7", POLICY),
          entry("1.8", POLICY),
          entry("1.9", OTHER),
          entry("2.1", DISABLED_RECIPIENT),
          entry("2.2", MAILBOX_FULL),
          entry("2.3", TOO_BIG),
          entry("3.1", TEMPORARY),
          entry("3.2", TEMPORARY),
          entry("3.4", TOO_BIG),
          entry("4.1", TEMPORARY),
          entry("4.2", TEMPORARY),
          entry("4.3", TEMPORARY),
          entry("4.4", UNKNOWN_HOST),
          entry("4.5", TEMPORARY),
          entry("4.7", TEMPORARY),
          entry("4.310", UNKNOWN_HOST),
          entry("4.312", TEMPORARY),
          entry("4.316", TEMPORARY),
          entry("4.317", TEMPORARY),
          entry("7.13", DISABLED_RECIPIENT),
          entry("7.17", UNKNOWN_RECIPIENT));

  /** Whether it is the address that fails, for good: a class 5 answer that blames the address. */
  boolean isPermanent() {
    boolean finalAnswer =
        status != null ? status.startsWith("5") : replyCode == null || replyCode >= 500;
    return finalAnswer && category.blamesAddress();
  }

  /**
   * @param reported the Status field of a delivery report; empty when there is none
   * @param diagnostic what the other server said
   * @param around other words about this recipient, such as the report's own explanation
   */
  static BounceReason of(String reported, String diagnostic, String around) {
    String said = cut(diagnostic);
    String status = moreTelling(findStatus(reported), findStatus(said));
    Integer replyCode = findReplyCode(said);
    if (status == null && replyCode == null) {
      status = findStatus(cut(around));
      replyCode = findReplyCode(cut(around));
    }
    return new BounceReason(
        status, replyCode, category(status, replyCode, words(said), words(cut(around))));
  }

  private static BounceCategory category(
      @Nullable String status, @Nullable Integer replyCode, String said, String around) {
    boolean later = status != null ? status.startsWith("4") : replyCode != null && replyCode < 500;
    BounceCategory coded = bySpecificStatus(status, replyCode);
    BounceCategory spoken = spoken(said);
    if (spoken == OTHER && coded == OTHER && !BounceSense.isLoop(said)) {
      spoken = spoken(around);
    }
    if (later) {
      boolean busy = said.contains("unavailable") && coded != UNKNOWN_RECIPIENT;
      return busy ? TEMPORARY : laterCategory(spoken, coded);
    }
    return agreed(spoken, coded, status, replyCode);
  }

  private static BounceCategory spoken(String words) {
    BounceCategory listed = BounceSense.isLoop(words) ? OTHER : BouncePhrases.categoryOf(words);
    return listed == OTHER && !BounceSense.isLoop(words) ? BounceSense.of(words) : listed;
  }

  /** A class 4 answer promises nothing; only what is plain is kept. */
  private static BounceCategory laterCategory(BounceCategory spoken, BounceCategory coded) {
    BounceCategory best = spoken == OTHER ? coded : spoken;
    if (spoken.blamesAddress() && coded == TEMPORARY) {
      return TEMPORARY;
    }
    boolean promised = best == OTHER || best == REJECTED_RECIPIENT;
    return promised || (spoken == OTHER && best == DISABLED_RECIPIENT) ? TEMPORARY : best;
  }

  /** Plain words beat a code, since servers give 5.1.1 and 5.7.1 for anything; codes beat hints. */
  private static BounceCategory agreed(
      BounceCategory spoken,
      BounceCategory coded,
      @Nullable String status,
      @Nullable Integer replyCode) {
    if (spoken != OTHER && !(spoken == TEMPORARY && coded != OTHER)) {
      boolean hint = spoken == REJECTED_RECIPIENT && coded != OTHER && coded != POLICY;
      return hint ? coded : spoken;
    }
    if (coded != OTHER) {
      return coded;
    }
    if (status != null && status.startsWith("5.7.")) {
      return POLICY;
    }
    return spoken == OTHER ? byReplyCode(replyCode) : spoken;
  }

  private static BounceCategory byReplyCode(@Nullable Integer replyCode) {
    if (replyCode == null) {
      return OTHER;
    }
    return switch (replyCode) {
      case 552 -> MAILBOX_FULL;
      case 551 -> UNKNOWN_RECIPIENT;
      case 556 -> UNKNOWN_HOST;
      default -> replyCode < 500 ? TEMPORARY : OTHER;
    };
  }

  private static BounceCategory bySpecificStatus(
      @Nullable String status, @Nullable Integer replyCode) {
    if (status == null) {
      return OTHER;
    }
    String detail = status.substring(2);
    if (detail.equals("1.10")) {
      return nullMailExchanger(replyCode) ? UNKNOWN_HOST : UNKNOWN_RECIPIENT;
    }
    BounceCategory known = BY_STATUS.get(detail);
    if (known != null) {
      return known;
    }
    return detail.startsWith("7.") && status.startsWith("5") ? POLICY : OTHER;
  }

  /** RFC 7505 has 556 5.1.10 for a null MX; Exchange says 550 5.1.10 of an unknown recipient. */
  private static boolean nullMailExchanger(@Nullable Integer replyCode) {
    return replyCode == null || replyCode == 556;
  }

  /** The Status field, unless it says nothing (X.0.0) or less than the answer of the server. */
  private static @Nullable String moreTelling(@Nullable String field, @Nullable String said) {
    if (field == null || said == null) {
      return field == null ? said : field;
    }
    boolean vague = field.endsWith(".0.0") || (field.endsWith(".0") && !said.endsWith(".0"));
    return vague && field.charAt(0) == said.charAt(0) ? said : field;
  }

  static @Nullable String findStatus(String text) {
    Matcher matcher = STATUS.matcher(text);
    String vague = null;
    for (int i = 0; i < 20 && matcher.find(); i++) {
      String found = matcher.group();
      if (!found.endsWith(".0.0")) {
        return found;
      }
      vague = vague == null ? found : vague;
    }
    return vague;
  }

  static @Nullable Integer findReplyCode(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    Matcher marked = MARKED_REPLY_CODE.matcher(lower);
    if (marked.find()) {
      return Integer.valueOf(marked.group(1));
    }
    Matcher any = REPLY_CODE.matcher(lower);
    return any.find() ? Integer.valueOf(any.group(1)) : null;
  }

  /** The code that an answer starts with, be it good or bad news. */
  static @Nullable Integer findAnswerCode(String answer) {
    boolean code =
        answer.length() >= 3
            && "245".indexOf(answer.charAt(0)) >= 0
            && answer.substring(0, 3).chars().allMatch(c -> c >= '0' && c <= '9')
            && (answer.length() == 3 || " -".indexOf(answer.charAt(3)) >= 0);
    return code ? Integer.valueOf(answer.substring(0, 3)) : findReplyCode(answer);
  }

  private static String cut(String text) {
    return text.length() > LONGEST_READ ? text.substring(0, LONGEST_READ) : text;
  }

  private static String words(String text) {
    return NAMES.matcher(Words.plain(text)).replaceAll(" ");
  }
}
