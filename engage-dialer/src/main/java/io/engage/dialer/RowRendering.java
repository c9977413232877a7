package io.engage.dialer;

import io.engage.dialer.rendering.MailForm;
import io.engage.dialer.rendering.RenderedMail;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.message.OutboundAttachment;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the mails of rows; one that nobody thought of fails alone, and holds up no other. */
final class RowRendering {
  private static final Logger LOG = LoggerFactory.getLogger(RowRendering.class);

  private RowRendering() {}

  /**
   * @param form null when the row's list is gone
   */
  static RenderedMail decide(
      @Nullable MailForm form,
      Recipient recipient,
      Map<String, OutboundAttachment> files,
      Instant now) {
    if (form == null) {
      return unsendable("Its list is gone");
    }
    try {
      return form.decide(recipient, files, now);
    } catch (RuntimeException odd) {
      LOG.warn(
          "The mail of recipient '{}' could not be made: {}",
          recipient.id(),
          odd.getClass().getName());
      return unsendable("No mail could be made of it");
    }
  }

  private static RenderedMail unsendable(String words) {
    return new RenderedMail.Unsendable(RecipientOutcome.of(Why.NOT_COMPOSED, words));
  }
}
