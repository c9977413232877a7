package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.RfcMessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a feedback report says (RFC 5965).
 *
 * @param type of feedback in lower case: {@code abuse}, {@code fraud}, {@code virus}, {@code
 *     not-spam}, {@code opt-out} and so on
 * @param recipients who complained, as far as the report tells; as text
 * @param originalMessageId of the mail that it is about; null when the report does not tell
 */
public record Complaint(
    String type, List<String> recipients, @Nullable RfcMessageId originalMessageId) {
  public Complaint {
    requireNonNull(type, "type");
    recipients = List.copyOf(recipients);
  }

  @Override
  public String toString() {
    return "Complaint[%s, %d recipients]".formatted(type, recipients.size());
  }
}
