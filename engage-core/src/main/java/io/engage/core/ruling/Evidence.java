package io.engage.core.ruling;

import io.engage.model.rule.Condition;
import io.engage.model.rule.TextMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides whether a condition holds, and which parts of it made it so. */
final class Evidence {
  private final RuledMessage message;

  Evidence(RuledMessage message) {
    this.message = message;
  }

  /** What made it so; empty when it is not so. */
  Optional<Condition> decide(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all(all.of());
    }
    if (condition instanceof Condition.Any any) {
      return any(any.of());
    }
    if (condition instanceof Condition.Not not) {
      return decide(not.of()).isPresent() ? Optional.empty() : Optional.of(not);
    }
    return holds(condition) ? Optional.of(condition) : Optional.empty();
  }

  private Optional<Condition> all(List<Condition> parts) {
    List<Condition> made = new ArrayList<>();
    for (Condition part : parts) {
      Optional<Condition> evidence = decide(part);
      if (evidence.isEmpty()) {
        return Optional.empty();
      }
      made.addAll(evidence.get() instanceof Condition.All all ? all.of() : List.of(evidence.get()));
    }
    return Optional.of(new Condition.All(made));
  }

  /** The first one is enough. */
  private Optional<Condition> any(List<Condition> parts) {
    for (Condition part : parts) {
      Optional<Condition> evidence = decide(part);
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
}
