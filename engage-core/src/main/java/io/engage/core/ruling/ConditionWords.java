package io.engage.core.ruling;

import io.engage.model.rule.Condition;
import io.engage.model.rule.TextMatch;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says conditions in words: in full for whoever works on the rules, or as their sorts alone for the
 * audit trail. What a rule looks for may be a customer's address, and the trail cannot forget.
 */
enum ConditionWords {
  FULL,
  SORTS;

  private static final int LONGEST_VALUE = 60;

  String decide(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.of().isEmpty() ? "always" : joined(all.of(), " and ");
    }
    if (condition instanceof Condition.Any any) {
      return any.of().isEmpty() ? "never" : joined(any.of(), " or ");
    }
    return condition instanceof Condition.Not not ? denied(not.of()) : single(condition);
  }

  private String denied(Condition condition) {
    if (condition instanceof Condition.Not not) {
      return decide(not.of());
    }
    String words = decide(condition);
    return isWhole(condition) ? "not (" + words + ")" : "not: " + words;
  }

  private static boolean isWhole(Condition condition) {
    return condition instanceof Condition.All || condition instanceof Condition.Any;
  }

  private String joined(List<Condition> parts, String word) {
    return parts.stream()
        .map(part -> isWhole(part) ? "(" + decide(part) + ")" : decide(part))
        .distinct()
        .collect(Collectors.joining(word));
  }

  private String single(Condition condition) {
    if (condition instanceof Condition.Sender sender) {
      return "sender " + of(sender.match());
    }
    if (condition instanceof Condition.Recipient recipient) {
      return "recipient " + of(recipient.match());
    }
    if (condition instanceof Condition.Subject subject) {
      return "subject " + of(subject.match());
    }
    if (condition instanceof Condition.Body body) {
      return "body " + of(body.match());
    }
    if (condition instanceof Condition.Header header) {
      return this == FULL
          ? "header '%s' %s".formatted(header.name(), of(header.match()))
          : "a header field " + of(header.match());
    }
    if (condition instanceof Condition.AttachmentName name) {
      return "a file's name " + of(name.match());
    }
    return ofTheWhole(condition);
  }

  private static String ofTheWhole(Condition condition) {
    if (condition instanceof Condition.HasAttachment) {
      return "it has a file";
    }
    if (condition instanceof Condition.LargerThan larger) {
      return "it is larger than %d bytes".formatted(larger.bytes());
    }
    if (condition instanceof Condition.KnownContact) {
      return "the directory knows its sender";
    }
    if (condition instanceof Condition.WithinSchedule) {
      return "it came while the inbox was open";
    }
    return condition instanceof Condition.Through through
        ? "it came through " + through.channel().code()
        : condition.code();
  }

  private String of(TextMatch match) {
    if (this == SORTS) {
      return "is as the rule says";
    }
    String shown = cut(match.value(), LONGEST_VALUE);
    return switch (match.mode()) {
      case EQUALS -> "is '%s'".formatted(shown);
      case CONTAINS -> "contains '%s'".formatted(shown);
      case STARTS_WITH -> "starts with '%s'".formatted(shown);
      case ENDS_WITH -> "ends with '%s'".formatted(shown);
      case LIKE -> "is like '%s'".formatted(shown);
    };
  }

  /** Never within a character. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }
}
