package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A fact, stamped with when, who and to what. Never edited, never deleted. It is also the event
 * that listeners are told after the commit.
 */
public record AuditEntry(
    AuditEntryId id, Instant at, Actor actor, AuditSubject subject, AuditFact fact) {
  public AuditEntry {
    requireNonNull(id, "id");
    requireNonNull(at, "at");
    requireNonNull(actor, "actor");
    requireNonNull(subject, "subject");
    requireNonNull(fact, "fact");
  }
}
