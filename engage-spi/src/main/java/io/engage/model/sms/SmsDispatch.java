package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;

/** Which message of ours the gateway knows under which name, so that its reports find it. */
public record SmsDispatch(String gatewayId, MessageId message, long version) implements Document {
  public SmsDispatch {
    requireNonNull(gatewayId, "gatewayId");
    requireNonNull(message, "message");
  }

  @Override
  public DocumentKey key() {
    return keyOf(gatewayId);
  }

  public static DocumentKey keyOf(String gatewayId) {
    return new DocumentKey(DocumentKey.Kind.SMS_DISPATCH, gatewayId);
  }

  @Override
  public String owner() {
    return "";
  }

  @Override
  public SmsDispatch withVersion(long newVersion) {
    return new SmsDispatch(gatewayId, message, newVersion);
  }
}
