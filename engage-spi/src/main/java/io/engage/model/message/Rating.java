package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * How a customer found one message of ours. A message has one; a later click changes it.
 *
 * @param inbox the one that sent the message, or its heir
 * @param agent who wrote it; null when that is not known
 * @param stars 1 (worst) to 5
 */
public record Rating(
    MessageId message, InboxId inbox, @Nullable AgentId agent, int stars, Instant at, long version)
    implements Document {
  public Rating {
    requireNonNull(message, "message");
    requireNonNull(inbox, "inbox");
    requireNonNull(at, "at");
    if (stars < 1 || stars > 5) {
      throw new IllegalArgumentException("A rating has 1 to 5 stars, but this has " + stars);
    }
  }

  @Override
  public DocumentKey key() {
    return keyOf(message);
  }

  public static DocumentKey keyOf(MessageId message) {
    return new DocumentKey(DocumentKey.Kind.RATING, message.value());
  }

  @Override
  public String owner() {
    return ownerOf(inbox, YearMonth.from(at.atZone(ZoneOffset.UTC)));
  }

  /** The ratings of one inbox are found month by month, of UTC, so that no list reads them all. */
  public static String ownerOf(InboxId inbox, YearMonth month) {
    return month + "/" + inbox.value();
  }

  /** The same, of another inbox. */
  public Rating in(InboxId other) {
    return new Rating(message, other, agent, stars, at, version);
  }

  @Override
  public Rating withVersion(long newVersion) {
    return new Rating(message, inbox, agent, stars, at, newVersion);
  }
}
