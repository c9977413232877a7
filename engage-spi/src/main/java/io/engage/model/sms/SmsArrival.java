package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a text message of the gateway has been taken in, so that a repeat changes nothing.
 *
 * @param message null when it was erased
 * @param at when it was taken in, UTC
 */
public record SmsArrival(String gatewayId, @Nullable MessageId message, Instant at, long version)
    implements Document {
  public SmsArrival {
    requireNonNull(gatewayId, "gatewayId");
    requireNonNull(at, "at");
  }

  @Override
  public DocumentKey key() {
    return keyOf(gatewayId);
  }

  public static DocumentKey keyOf(String gatewayId) {
    return new DocumentKey(DocumentKey.Kind.SMS_ARRIVAL, gatewayId);
  }

  /** Still known, though its message was erased. */
  public SmsArrival withoutMessage() {
    return new SmsArrival(gatewayId, null, at, version);
  }

  /** The message, so that it goes with it. */
  @Override
  public String owner() {
    return message == null ? "" : message.value();
  }

  @Override
  public SmsArrival withVersion(long newVersion) {
    return new SmsArrival(gatewayId, message, at, newVersion);
  }
}
