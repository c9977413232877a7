package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;
import java.time.Instant;

/**
 * A text message that arrived at the host.
 *
 * @param gatewayId its name at the gateway; a repeat carries the same one and changes nothing
 * @param from who wrote it
 * @param to which of our numbers got it
 * @param at when the gateway got it, UTC
 */
public record InboundSms(
    String gatewayId, PhoneNumber from, PhoneNumber to, String text, Instant at) {
  public InboundSms {
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(text, "text");
    requireNonNull(at, "at");
    if (gatewayId.isBlank() || gatewayId.length() > 180) {
      throw new IllegalArgumentException(
          "An inbound SMS needs the gateway's id of it, 1 to 180 characters");
    }
  }

  public InboundSms withAt(Instant newAt) {
    return new InboundSms(gatewayId, from, to, text, newAt);
  }

  @Override
  public String toString() {
    return "InboundSms[" + gatewayId + "]";
  }
}
