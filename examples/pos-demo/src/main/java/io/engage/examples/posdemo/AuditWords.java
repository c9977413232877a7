package io.engage.examples.posdemo;

import io.engage.model.audit.AuditFact;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says what happened in a sentence, as this shop likes to read it. */
final class AuditWords {

  /** How one sort of fact reads. */
  private record Wording<F extends AuditFact>(Class<F> sort, Function<F, String> words) {
    Optional<String> of(AuditFact fact) {
      return sort.isInstance(fact) ? Optional.of(words.apply(sort.cast(fact))) : Optional.empty();
    }
  }

  private static final List<Wording<?>> WORDINGS =
      List.of(
          of(AuditFact.Received.class, f -> "received (" + f.kind() + "; " + f.evidence() + ")"),
          of(AuditFact.ConversationOpened.class, f -> "opened the conversation: " + f.reason()),
          of(AuditFact.ConversationJoined.class, f -> "joined it: " + f.reason()),
          of(AuditFact.FiledUnder.class, f -> "filed: " + f.reason()),
          of(
              AuditFact.LinkedToCustomer.class,
              f -> "linked to customer " + f.customer() + ": " + f.reason()),
          of(AuditFact.CustomerCreated.class, f -> "created customer " + f.customer()),
          of(AuditFact.Assigned.class, f -> "assigned to " + f.agentName()),
          of(AuditFact.Reopened.class, f -> "reopened: " + f.reason()),
          of(AuditFact.ReplyQueued.class, f -> "answered, for " + f.recipients() + " people"),
          of(
              AuditFact.Sent.class,
              f -> "sent to " + f.recipients() + " people, the server said " + f.codes()),
          of(AuditFact.RulesApplied.class, f -> "rules applied: " + f.explanation()),
          of(AuditFact.Tagged.class, f -> "tagged '" + f.tag() + "'"),
          of(AuditFact.Confirmed.class, f -> "confirmed, since " + f.reason()),
          of(AuditFact.Bounced.class, f -> "came back: " + f.status()),
          of(
              AuditFact.ActionRefused.class,
              f -> "was refused to " + f.action() + ": " + f.reason()));

  private AuditWords() {}

  /** A sort of fact that has no words here reads as it is stored: {@code marked-read}. */
  static String of(AuditFact fact) {
    return WORDINGS.stream()
        .flatMap(wording -> wording.of(fact).stream())
        .findFirst()
        .orElse(fact.code());
  }

  private static <F extends AuditFact> Wording<F> of(Class<F> sort, Function<F, String> words) {
    return new Wording<>(sort, words);
  }
}
