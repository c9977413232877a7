package io.engage.jpa;

import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import java.util.List;
import java.util.function.Function;

/** Cuts pages from rows. */
final class Pages {
  private Pages() {}

  /**
   * @param rows one more than the page holds, when there are more
   */
  static <T> Page<T> of(List<T> rows, Page.Request page, Function<T, Mark> marks) {
    if (rows.size() <= page.limit()) {
      return new Page<>(rows, null);
    }
    List<T> items = rows.subList(0, page.limit());
    return new Page<>(items, marks.apply(items.get(items.size() - 1)));
  }
}
