package io.engage.dialer.rendering;

import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.message.OutboundMessage;

/** What came of filling in the mail of one row. */
public sealed interface RenderedMail {

  /**
   * It can be composed and sent.
   *
   * @param token that names the recipient in what comes back
   */
  record Complete(OutboundMessage message, String token) implements RenderedMail {}

  /** Nobody gets it, because the row lacks something or has what cannot be sent. */
  record Unsendable(RecipientOutcome outcome) implements RenderedMail {}
}
