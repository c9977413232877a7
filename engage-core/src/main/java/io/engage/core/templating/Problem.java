package io.engage.core.templating;

/**
 * What a template may not say.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Problem(int line, int column, String reason) {
  @Override
  public String toString() {
    return "line %d, column %d: %s".formatted(line, column, reason);
  }
}
