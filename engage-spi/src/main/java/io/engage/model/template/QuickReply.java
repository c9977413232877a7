package io.engage.model.template;

import static java.util.Objects.requireNonNull;

/**
 * A short answer to choose instead of writing it.
 *
 * @param id stays the same while title, message and place change
 * @param title what agents see in the list
 * @param message what is sent; may have fields {@code ${name}}
 */
public record QuickReply(String id, String title, String message) {
  public QuickReply {
    requireNonNull(id, "id");
    if (title.isBlank() || message.isBlank()) {
      throw new IllegalArgumentException(
          "Quick reply '%s' needs a title and a message".formatted(id));
    }
  }

  @Override
  public String toString() {
    return "QuickReply[" + id + "]";
  }
}
