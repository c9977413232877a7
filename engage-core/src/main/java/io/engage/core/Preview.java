package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Attachment;
import io.engage.model.message.OutboundMessage;
import java.util.List;

/**
 * What will be sent, exactly: only its date and its Message-ID will be others.
 *
 * @param mail its recipients, headers, text and sanitised HTML
 * @param attachments as whoever gets it will see them listed
 * @param size in bytes, as it travels
 */
public record Preview(OutboundMessage mail, List<Attachment> attachments, long size) {
  public Preview {
    requireNonNull(mail, "mail");
    attachments = List.copyOf(attachments);
  }

  @Override
  public String toString() {
    return "Preview[%d recipients, %d bytes]".formatted(mail.envelopeRecipients().size(), size);
  }
}
