package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * Which message of ours the gateway knows under which name, so that its reports find it. A report
 * may come before the gateway has told the name: then it waits here for the message.
 *
 * @param message null while only a report has come
 * @param ours our number, from which it went; null while only a report has come
 * @param report the last word of the gateway; null before the first
 */
public record SmsDispatch(
    String gatewayId,
    @Nullable MessageId message,
    @Nullable PhoneNumber ours,
    @Nullable SmsReport report,
    long version)
    implements Document {
  public SmsDispatch {
    requireNonNull(gatewayId, "gatewayId");
  }

  /** Before the gateway has said anything. */
  public static SmsDispatch unknown(String gatewayId) {
    return new SmsDispatch(gatewayId, null, null, null, 0);
  }

  public SmsDispatch of(MessageId newMessage, PhoneNumber from) {
    return new SmsDispatch(gatewayId, newMessage, from, report, version);
  }

  public SmsDispatch reported(SmsReport newReport) {
    return new SmsDispatch(gatewayId, message, ours, newReport, version);
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
    return new SmsDispatch(gatewayId, message, ours, report, newVersion);
  }
}
