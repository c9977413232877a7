package io.engage.core.configuring;

import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.Inbox;
import java.util.List;

/** What may become of an inbox that somebody wants to have otherwise. */
public sealed interface Verdict {

  /** It stays as it is; {@code reason} says what would have to change first. */
  record Refused(String reason) implements Verdict {}

  /** It is like that already. */
  record AlreadySo() implements Verdict {}

  /**
   * It may be stored.
   *
   * @param facts what changed
   * @param isToBeTried whether its servers come into use by this, so that they are tried before
   */
  record Changed(Inbox inbox, List<AuditFact> facts, boolean isToBeTried) implements Verdict {
    public Changed {
      facts = List.copyOf(facts);
    }
  }
}
