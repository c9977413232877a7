package io.engage.core.attending;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;

/** What shall become of an agent's session, whoever wishes it. */
public sealed interface SessionWish {

  /** They are there, to be offered conversations. */
  record SignIn(Agent agent) implements SessionWish {
    public SignIn {
      requireNonNull(agent, "agent");
    }
  }

  /**
   * They are gone.
   *
   * @param reason as it shall stand in the audit trail
   */
  record SignOut(String reason) implements SessionWish {
    public SignOut {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * They are offered nothing until the break ends.
   *
   * @param type the host's word for this sort of break
   */
  record BeginBreak(String type) implements SessionWish {
    public BeginBreak {
      requireNonNull(type, "type");
    }
  }

  /** They are back. */
  record EndBreak() implements SessionWish {}
}
