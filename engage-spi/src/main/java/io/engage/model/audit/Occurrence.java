package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

/** A fact and to what it happened, before it is stamped with who and when. */
public record Occurrence(AuditSubject subject, AuditFact fact) {
  public Occurrence {
    requireNonNull(subject, "subject");
    requireNonNull(fact, "fact");
  }
}
