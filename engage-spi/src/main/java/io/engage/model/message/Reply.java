package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.NamedAddress;
import java.util.List;

/**
 * What an agent wrote as an answer.
 *
 * @param text plain text; any line ends
 * @param toAll whether everybody who got the message gets the answer too, rather than its sender
 *     alone
 * @param withHistory whether the message answered is quoted below the text
 * @param cc further recipients
 * @param bcc further recipients whom the others do not see
 */
public record Reply(
    String text,
    boolean toAll,
    boolean withHistory,
    List<NamedAddress> cc,
    List<NamedAddress> bcc,
    List<OutboundAttachment> attachments) {
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
    return new Reply(text, false, true, List.of(), List.of(), List.of());
  }

  public Reply toEverybody() {
    return new Reply(text, true, withHistory, cc, bcc, attachments);
  }

  public Reply withoutHistory() {
    return new Reply(text, toAll, false, cc, bcc, attachments);
  }

  public Reply withCc(NamedAddress... people) {
    return new Reply(text, toAll, withHistory, List.of(people), bcc, attachments);
  }

  public Reply withBcc(NamedAddress... people) {
    return new Reply(text, toAll, withHistory, cc, List.of(people), attachments);
  }

  public Reply with(OutboundAttachment... files) {
    return new Reply(text, toAll, withHistory, cc, bcc, List.of(files));
  }

  @Override
  public String toString() {
    return "Reply[%d characters, %d attachments]".formatted(text.length(), attachments.size());
  }
}
