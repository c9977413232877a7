package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/**
 * How an inbox asks customers to rate its mails.
 *
 * @param title above the icons, such as "How did we do?"
 * @param thanks what the customer sees after the click
 */
public record RatingRequest(String title, String thanks) {
  public RatingRequest {
    requireNonNull(thanks, "thanks");
    if (title.isBlank()) {
      throw new IllegalArgumentException("A request to rate needs a title");
    }
  }
}
