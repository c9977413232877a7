package io.engage.dialer.rendering;

import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.SharedValues;
import org.jspecify.annotations.Nullable;

/** What came of filling in the mail of one row. */
public sealed interface RenderedMail {

  /**
   * It can be composed and sent.
   *
   * @param token that names the recipient in what comes back
   * @param shared what it has in the places of the texts that all mails of its list share; null
   *     when its text is its own
   */
  record Complete(OutboundMessage message, String token, @Nullable SharedValues shared)
      implements RenderedMail {}

  /** Nobody gets it, because the row lacks something or has what cannot be sent. */
  record Unsendable(RecipientOutcome outcome) implements RenderedMail {}
}
