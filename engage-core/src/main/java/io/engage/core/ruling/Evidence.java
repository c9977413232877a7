package io.engage.core.ruling;

import io.engage.model.rule.Condition;
import io.engage.model.rule.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a condition holds, and which parts of it made it so, in words that hold what the
 * rule says and nothing of what the message says.
 */
final class Evidence {
  private static final int LONGEST_VALUE = 60;

  private final RuledMessage message;

  Evidence(RuledMessage message) {
    this.message = message;
  }

  /** What made it so; empty when it is not so. */
  Optional<String> decide(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all(all.of());
    }
    if (condition instanceof Condition.Any any) {
      return any(any.of());
    }
    if (condition instanceof Condition.Not not) {
      return decide(not.of()).isPresent() ? Optional.empty() : Optional.of(denied(not.of()));
    }
    return holds(condition) ? Optional.of(inWords(condition)) : Optional.empty();
  }

  private Optional<String> all(List<Condition> parts) {
    List<String> words = new ArrayList<>();
    for (Condition part : parts) {
      Optional<String> evidence = decide(part);
      if (evidence.isEmpty()) {
        return Optional.empty();
      }
      words.add(evidence.get());
    }
    return Optional.of(words.isEmpty() ? "always" : String.join(" and ", words));
  }

  /** The first one is enough. */
  private Optional<String> any(List<Condition> parts) {
    for (Condition part : parts) {
      Optional<String> evidence = decide(part);
      if (evidence.isPresent()) {
        return evidence;
      }
    }
    return Optional.empty();
  }

  private boolean holds(Condition condition) {
    if (condition instanceof Condition.Sender sender) {
      return isAny(sender.match(), message.senders());
    }
    if (condition instanceof Condition.Recipient recipient) {
      return isAny(recipient.match(), message.recipients());
    }
    if (condition instanceof Condition.Subject subject) {
      return Wildcards.decide(subject.match(), message.subject());
    }
    if (condition instanceof Condition.Body body) {
      return Wildcards.decide(body.match(), message.body());
    }
    if (condition instanceof Condition.Header header) {
      return message.fields().stream()
          .filter(field -> field.is(header.name()))
          .anyMatch(field -> Wildcards.decide(header.match(), field.value()));
    }
    if (condition instanceof Condition.AttachmentName name) {
      return isAny(name.match(), message.files());
    }
    return holdsOfTheWhole(condition);
  }

  private boolean holdsOfTheWhole(Condition condition) {
    if (condition instanceof Condition.HasAttachment) {
      return !message.files().isEmpty();
    }
    if (condition instanceof Condition.LargerThan larger) {
      return message.size() > larger.bytes();
    }
    if (condition instanceof Condition.KnownContact) {
      return message.knownContact();
    }
    if (condition instanceof Condition.WithinSchedule) {
      return message.withinSchedule();
    }
    if (condition instanceof Condition.Through through) {
      return message.channel() == through.channel();
    }
    throw new IllegalArgumentException(
        "Nothing decides conditions of kind '%s'".formatted(condition.code()));
  }

  private static boolean isAny(TextMatch match, List<String> texts) {
    return texts.stream().anyMatch(text -> Wildcards.decide(match, text));
  }

  private static String denied(Condition condition) {
    if (condition instanceof Condition.Not not) {
      return inWords(not.of());
    }
    String words = inWords(condition);
    return isWhole(condition) ? "not (" + words + ")" : "not: " + words;
  }

  private static boolean isWhole(Condition condition) {
    return condition instanceof Condition.All || condition instanceof Condition.Any;
  }

  private static String inWords(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.of().isEmpty() ? "always" : joined(all.of(), " and ");
    }
    if (condition instanceof Condition.Any any) {
      return any.of().isEmpty() ? "never" : joined(any.of(), " or ");
    }
    if (condition instanceof Condition.Not not) {
      return denied(not.of());
    }
    if (condition instanceof Condition.Sender sender) {
      return "sender " + inWords(sender.match());
    }
    if (condition instanceof Condition.Recipient recipient) {
      return "recipient " + inWords(recipient.match());
    }
    if (condition instanceof Condition.Subject subject) {
      return "subject " + inWords(subject.match());
    }
    if (condition instanceof Condition.Body body) {
      return "body " + inWords(body.match());
    }
    if (condition instanceof Condition.Header header) {
      return "header '%s' %s".formatted(header.name(), inWords(header.match()));
    }
    if (condition instanceof Condition.AttachmentName name) {
      return "a file's name " + inWords(name.match());
    }
    return ofTheWholeInWords(condition);
  }

  private static String ofTheWholeInWords(Condition condition) {
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

  private static String joined(List<Condition> parts, String word) {
    return String.join(
        word,
        parts.stream()
            .map(part -> isWhole(part) ? "(" + inWords(part) + ")" : inWords(part))
            .toList());
  }

  private static String inWords(TextMatch match) {
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
