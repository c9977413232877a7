package io.engage.jpa;

import io.engage.model.conversation.InboxChange.Drop;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deletes what a change drops, some of it only as it was read. */
final class Drops {
  private Drops() {}

  /**
   * @param delete a statement that takes the key's columns
   */
  static <K> void delete(
      Session session,
      String what,
      String delete,
      List<Drop<K>> dropped,
      Function<K, @Nullable Object[]> columns)
      throws SQLException {
    List<Drop<K>> asRead = dropped.stream().filter(Drop::isConditional).toList();
    int[] counts =
        session.updateAll(
            delete + " and version = ?",
            asRead.stream()
                .map(
                    each ->
                        Stream.concat(
                                Stream.of(columns.apply(each.what())), Stream.of(each.version()))
                            .toArray())
                .toList());
    Stale.unlessAll(what, asRead, each -> String.valueOf(each.what()), counts);
    session.updateAll(
        delete,
        dropped.stream()
            .filter(each -> !each.isConditional())
            .map(each -> columns.apply(each.what()))
            .toList());
  }
}
