package io.engage.dialer.campaigning;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.Campaign;

/** What becomes of a wish. */
public sealed interface Step {

  /** It stands like this from now on. */
  record To(Campaign.Status status) implements Step {
    public To {
      requireNonNull(status, "status");
    }
  }

  /** It stands so already. */
  record AlreadySo() implements Step {}

  /** It cannot be; {@code reason} can be shown to the agent. */
  record Refused(String reason) implements Step {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
