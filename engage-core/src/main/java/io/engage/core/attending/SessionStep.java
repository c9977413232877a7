package io.engage.core.attending;

import static java.util.Objects.requireNonNull;

import io.engage.model.audit.AuditFact;
import io.engage.model.queue.AgentSession;

/** What comes of a wish. */
public sealed interface SessionStep {

  /** It changes this. */
  record Changed(AgentSession session, AuditFact fact) implements SessionStep {
    public Changed {
      requireNonNull(session, "session");
      requireNonNull(fact, "fact");
    }
  }

  /** It is so already, and nothing changes. */
  record AlreadySo() implements SessionStep {}

  /** It cannot be; {@code reason} is shown to whoever wished it. */
  record Refused(String reason) implements SessionStep {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
