package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

/** What a gateway said when it was given a text message. */
public sealed interface SmsReceipt {

  /** It took it. {@code gatewayId} is its name there, by which later reports refer to it. */
  record Accepted(String gatewayId) implements SmsReceipt {
    public Accepted {
      requireNonNull(gatewayId, "gatewayId");
    }
  }

  /** It will never send it; {@code reason} is shown to the agent. */
  record Refused(String reason) implements SmsReceipt {
    public Refused {
      requireNonNull(reason, "reason");
    }
  }
}
