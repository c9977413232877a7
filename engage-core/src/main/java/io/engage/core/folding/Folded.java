package io.engage.core.folding;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A text and what of it is quoted history.
 *
 * @param visible what the person wrote now: the text without its folds, stripped
 * @param folds in order, apart from each other
 */
public record Folded(String visible, List<Fold> folds) {
  public Folded {
    requireNonNull(visible, "visible");
    folds = List.copyOf(folds);
  }

  @Override
  public String toString() {
    return "Folded[%d characters visible, %d folds]".formatted(visible.length(), folds.size());
  }
}
