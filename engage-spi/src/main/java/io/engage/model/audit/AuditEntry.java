package io.engage.model.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A fact, stamped with when, who and to what. Never edited, never deleted. It is also the event
 * that listeners are told after the commit.
 *
 * @param at to the microsecond, which every database keeps: what is read back is what was sealed
 */
public record AuditEntry(
    AuditEntryId id, Instant at, Actor actor, AuditSubject subject, AuditFact fact) {
  public AuditEntry {
    requireNonNull(id, "id");
    at = requireNonNull(at, "at").truncatedTo(ChronoUnit.MICROS);
    requireNonNull(actor, "actor");
    requireNonNull(subject, "subject");
    requireNonNull(fact, "fact");
  }

  public AuditEntry with(AuditFact newFact) {
    return new AuditEntry(id, at, actor, subject, newFact);
  }
}
