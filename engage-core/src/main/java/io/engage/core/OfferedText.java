package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.templating.FilledTemplate;

/**
 * A template or quick reply that an agent may choose, as it would stand in what they write.
 *
 * @param title as the agent sees it in the list
 * @param filled with what is known now, or what it lacks
 */
public record OfferedText(String id, String title, FilledTemplate filled) {
  public OfferedText {
    requireNonNull(id, "id");
    requireNonNull(title, "title");
    requireNonNull(filled, "filled");
  }
}
