package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/** Whether an agent may do something. */
public sealed interface Permission {

  static Permission granted() {
    return new Granted();
  }

  static Permission refused(String reason) {
    return new Refused(reason);
  }

  /** They may. */
  record Granted() implements Permission {}

  /** They may not; {@code reason} is shown to them. */
  record Refused(String reason) implements Permission {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
