package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which message of ours the gateway knows under which name, so that its reports find it. A report
 * may come before the gateway has told the name: then it waits here for the message.
 *
 * @param message null while only a report has come
 * @param ours our number, from which it went; null while only a report has come
 * @param report the last word of the gateway; null before the first
 * @param firstHeardAt when this was kept for the first time, by our clock, UTC
 */
public record SmsDispatch(
    String gatewayId,
    @Nullable MessageId message,
    @Nullable PhoneNumber ours,
    @Nullable SmsReport report,
    Instant firstHeardAt,
    long version)
    implements Document {
  public SmsDispatch {
    requireNonNull(gatewayId, "gatewayId");
    requireNonNull(firstHeardAt, "firstHeardAt");
  }

  /** Before the gateway has said anything. */
  public static SmsDispatch unknown(String gatewayId, Instant now) {
    return new SmsDispatch(gatewayId, null, null, null, now, 0);
  }

  public SmsDispatch of(MessageId newMessage, PhoneNumber from) {
    return new SmsDispatch(gatewayId, newMessage, from, report, firstHeardAt, version);
  }

  public SmsDispatch reported(SmsReport newReport) {
    return new SmsDispatch(gatewayId, message, ours, newReport, firstHeardAt, version);
  }

  @Override
  public DocumentKey key() {
    return keyOf(gatewayId);
  }

  public static DocumentKey keyOf(String gatewayId) {
    return new DocumentKey(DocumentKey.Kind.SMS_DISPATCH, gatewayId);
  }

  /** The message, so that it goes with it. */
  @Override
  public String owner() {
    return message == null ? "" : message.value();
  }

  @Override
  public SmsDispatch withVersion(long newVersion) {
    return new SmsDispatch(gatewayId, message, ours, report, firstHeardAt, newVersion);
  }
}
