package io.engage.model.sms;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.PhoneNumber;
import io.engage.model.message.MessageId;

/**
 * A text message of ours.
 *
 * @param id repeats carry the same one; a gateway that sees it again sends nothing and answers as
 *     before
 */
public record OutboundSms(MessageId id, PhoneNumber from, PhoneNumber to, String text) {
  public OutboundSms {
    requireNonNull(id, "id");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(text, "text");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("SMS '%s' has no text".formatted(id.value()));
    }
  }

  @Override
  public String toString() {
    return "OutboundSms[" + id.value() + "]";
  }
}
