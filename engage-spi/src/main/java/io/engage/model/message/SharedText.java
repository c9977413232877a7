package io.engage.model.message;

import java.util.List;

/**
 * A text that many mails have, each with values of its own in it.
 *
 * @param pieces what is the same in all of them; between each two stands a value, so there is one
 *     piece more than there are values
 */
public record SharedText(List<String> pieces) {
  public SharedText {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("A text has at least one piece, which may be empty");
    }
  }

  /** How many values stand in it. */
  public int places() {
    return pieces.size() - 1;
  }

  /** The text of one mail; the values in the order of their places. */
  public String filled(List<String> values) {
    if (values.size() != places()) {
      throw new IllegalArgumentException(
          "The text has places for %d values, not for %d".formatted(places(), values.size()));
    }
    StringBuilder text = new StringBuilder(length(pieces) + length(values));
    text.append(pieces.get(0));
    for (int i = 0; i < values.size(); i++) {
      text.append(values.get(i)).append(pieces.get(i + 1));
    }
    return text.toString();
  }

  private static int length(List<String> parts) {
    int length = 0;
    for (String part : parts) {
      length += part.length();
    }
    return length;
  }

  /** The texts stay out of logs. */
  @Override
  public String toString() {
    return "SharedText[%d places]".formatted(places());
  }
}
