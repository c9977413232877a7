package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.NamedAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent wrote as an answer.
 *
 * @param text plain text; any line ends
 * @param toAll whether everybody who got the message gets the answer too, rather than its sender
 *     alone
 * @param withHistory whether the message answered is quoted below the text
 * @param withSignature whether the signatures of inbox and agent stand below the text
 * @param cc further recipients
 * @param bcc further recipients whom the others do not see
 * @param seen the newest message of the conversation that its author knows; null when nobody needs
 *     to be told of a newer one
 */
public record Reply(
    String text,
    boolean toAll,
    boolean withHistory,
    boolean withSignature,
    List<NamedAddress> cc,
    List<NamedAddress> bcc,
    List<OutboundAttachment> attachments,
    @Nullable MessageId seen) {
  public Reply {
    requireNonNull(text, "text");
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    attachments = List.copyOf(attachments);
    if (text.isBlank() && attachments.isEmpty()) {
      throw new IllegalArgumentException("An answer needs a text or an attachment");
    }
  }

  /** To the sender alone, with what they wrote quoted below. */
  public static Reply of(String text) {
    return new Reply(text, false, true, true, List.of(), List.of(), List.of(), null);
  }

  public Reply toEverybody() {
    return new Reply(text, true, withHistory, withSignature, cc, bcc, attachments, seen);
  }

  public Reply withoutHistory() {
    return new Reply(text, toAll, false, withSignature, cc, bcc, attachments, seen);
  }

  /** Without what the inbox and its author sign with. */
  public Reply withoutSignature() {
    return new Reply(text, toAll, withHistory, false, cc, bcc, attachments, seen);
  }

  public Reply withCc(NamedAddress... people) {
    return new Reply(
        text, toAll, withHistory, withSignature, List.of(people), bcc, attachments, seen);
  }

  public Reply withBcc(NamedAddress... people) {
    return new Reply(
        text, toAll, withHistory, withSignature, cc, List.of(people), attachments, seen);
  }

  public Reply with(OutboundAttachment... files) {
    return new Reply(text, toAll, withHistory, withSignature, cc, bcc, List.of(files), seen);
  }

  /** Not to be sent before its author confirms it, when somebody has written after this message. */
  public Reply havingSeen(MessageId newest) {
    return new Reply(text, toAll, withHistory, withSignature, cc, bcc, attachments, newest);
  }

  @Override
  public String toString() {
    return "Reply[%d characters, %d attachments]".formatted(text.length(), attachments.size());
  }
}
