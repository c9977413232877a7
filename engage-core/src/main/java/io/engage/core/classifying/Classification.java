package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.MessageKind;
import org.jspecify.annotations.Nullable;

/**
 * What a mail is, and by what it was recognised.
 *
 * @param evidence what decided, in words without any of the mail's content
 * @param answerable whether a program may answer it
 * @param bounce for the kinds bounce, delay and delivered; else null
 * @param complaint for the kind complaint; else null
 * @param sms for the kind sms; else null
 */
public record Classification(
    MessageKind kind,
    String evidence,
    Answerable answerable,
    @Nullable Bounce bounce,
    @Nullable Complaint complaint,
    @Nullable SmsText sms) {
  public Classification {
    requireNonNull(kind, "kind");
    requireNonNull(evidence, "evidence");
    requireNonNull(answerable, "answerable");
  }

  static Classification of(MessageKind kind, String evidence, Answerable answerable) {
    return new Classification(kind, evidence, answerable, null, null, null);
  }

  static Classification ofReport(MessageKind kind, String evidence, Bounce bounce) {
    return new Classification(
        kind, evidence, Answerable.no("it is a delivery report"), bounce, null, null);
  }

  static Classification ofComplaint(Complaint complaint) {
    return new Classification(
        MessageKind.COMPLAINT,
        "it has a feedback report (RFC 5965)",
        Answerable.no("it is a complaint"),
        null,
        complaint,
        null);
  }

  static Classification ofSms(SmsText sms) {
    return new Classification(
        MessageKind.SMS,
        "a trusted SMS gateway sent it and it names a phone number",
        Answerable.no("it is a text message, so a mail does not answer it"),
        null,
        null,
        sms);
  }
}
