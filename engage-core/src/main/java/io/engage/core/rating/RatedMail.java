package io.engage.core.rating;

import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.RfcMessageId;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the link in a mail says: which mail, and which inbox sent it. The conversation may be with
 * another one by the time the customer clicks.
 *
 * @param sender null when its id is too long for a link
 */
public record RatedMail(RfcMessageId id, @Nullable InboxId sender) {
  private static final char BETWEEN = ' ';

  /** A link carries so much beside the Message-ID; an inbox with a longer id is not named. */
  private static final int LONGEST_INBOX = 200;

  public static RatedMail of(RfcMessageId id, InboxId sender) {
    boolean fits = sender.value().getBytes(StandardCharsets.UTF_8).length <= LONGEST_INBOX;
    return new RatedMail(id, fits ? sender : null);
  }

  /** Reads what {@link #content()} gave. A Message-ID of ours has no blank. */
  public static RatedMail parse(String content) {
    int end = content.indexOf(BETWEEN);
    return end < 0
        ? new RatedMail(RfcMessageId.of(content), null)
        : new RatedMail(
            RfcMessageId.of(content.substring(0, end)), InboxId.of(content.substring(end + 1)));
  }

  public String content() {
    return sender == null ? id.value() : id.value() + BETWEEN + sender.value();
  }

  /** The inbox whose words the customer saw. */
  public InboxId sentBy(Message message) {
    return sender == null ? message.inbox() : sender;
  }
}
