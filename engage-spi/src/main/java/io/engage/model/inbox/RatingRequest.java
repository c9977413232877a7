package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

/**
 * How an inbox asks customers to rate its mails.
 *
 * @param asking whether its mails ask; when they do not, the words are kept, and links in mails
 *     that asked before still work
 * @param title above the icons, such as "How did we do?"
 * @param thanks what the customer sees after the click
 */
public record RatingRequest(boolean asking, String title, String thanks) {
  public RatingRequest {
    requireNonNull(thanks, "thanks");
    if (title.isBlank()) {
      throw new IllegalArgumentException("A request to rate needs a title");
    }
  }

  /** One that asks. */
  public RatingRequest(String title, String thanks) {
    this(true, title, thanks);
  }

  /** Asking from now on, or not. */
  public RatingRequest asking(boolean wanted) {
    return new RatingRequest(wanted, title, thanks);
  }
}
