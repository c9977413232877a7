package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import java.time.Instant;

/**
 * How a customer found one message of ours. A message has one; a later click changes it.
 *
 * @param stars 1 (worst) to 5
 */
public record Rating(MessageId message, int stars, Instant at, long version) implements Document {
  public Rating {
    requireNonNull(message, "message");
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
    return "";
  }

  @Override
  public Rating withVersion(long newVersion) {
    return new Rating(message, stars, at, newVersion);
  }
}
