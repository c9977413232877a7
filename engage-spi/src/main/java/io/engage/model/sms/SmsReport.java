package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What became of a text message of ours after the gateway had taken it.
 *
 * @param gatewayId the name that {@link SmsReceipt.Accepted} gave
 * @param code the gateway's own code, such as 21610; empty when there is none
 */
public record SmsReport(String gatewayId, Status status, String code, Instant at) {

  /** How it ended. */
  public enum Status {
    DELIVERED,
    FAILED,
    /** The carrier says that the person has opted out. */
    OPTED_OUT
  }

  public SmsReport {
    requireNonNull(gatewayId, "gatewayId");
    requireNonNull(status, "status");
    requireNonNull(code, "code");
    requireNonNull(at, "at");
  }
}
