package io.engage.core.folding;

/**
 * A piece of a text that is quoted history.
 *
 * @param from where it starts in the text, in UTF-16 units
 * @param to where it ends, exclusive
 */
public record Fold(int from, int to) {
  public Fold {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "A fold needs at least one character, but goes from %d to %d".formatted(from, to));
    }
  }
}
