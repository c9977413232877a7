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

  /**
   * It will never send it.
   *
   * @param code the gateway's own code, such as 21610; empty when there is none
   * @param reason shown to the agent
   */
  record Refused(String code, String reason) implements SmsReceipt {
    /** Without a code. */
    public Refused(String reason) {
      this("", reason);
    }

    public Refused {
      requireNonNull(code, "code");
      requireNonNull(reason, "reason");
    }
  }
}
