package io.engage.core.classifying;

import io.engage.model.message.RfcMessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery report says, in whatever form it came.
 *
 * @param originalMessageId of the mail that it is about; null when the report does not tell
 * @param recipients in the report's order, each address once; empty when the report names none
 */
public record Bounce(@Nullable RfcMessageId originalMessageId, List<BouncedRecipient> recipients) {
  public Bounce {
    recipients = List.copyOf(recipients);
  }
}
