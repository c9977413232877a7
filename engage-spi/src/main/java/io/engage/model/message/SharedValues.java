package io.engage.model.message;

import java.util.List;

/**
 * What one mail has in the places of the texts that it shares with others, as it stands there.
 *
 * @param html empty when it has none
 */
public record SharedValues(List<String> text, List<String> html) {
  public SharedValues {
    text = List.copyOf(text);
    html = List.copyOf(html);
  }

  /** What a customer gets stays out of logs. */
  @Override
  public String toString() {
    return "SharedValues[%d, %d]".formatted(text.size(), html.size());
  }
}
