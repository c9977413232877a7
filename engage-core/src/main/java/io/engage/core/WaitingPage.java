package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Page;
import io.engage.model.queue.WaitingLine;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the list of those who wait.
 *
 * @param next where the rest begins; null when this was the end
 */
public record WaitingPage(List<WaitingLine> lines, @Nullable Mark next) {
  public WaitingPage {
    lines = List.copyOf(lines);
  }

  public Optional<Mark> findNext() {
    return Optional.ofNullable(next);
  }

  /**
   * Where a piece ended.
   *
   * @param place of its last line, as it was when that was shown
   */
  public record Mark(Page.Mark behind, int place) {
    public Mark {
      requireNonNull(behind, "behind");
    }
  }
}
