package io.engage.jpa;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives many rows, found by their keys, values of their own: in one statement where the database
 * can, which costs it a third of what as many statements do.
 */
final class BulkUpdate {
  private final String table;
  private final List<Column> keys;
  private final List<Column> values;

  /**
   * @param type as SQL calls it
   */
  record Column(String name, String type) {}

  BulkUpdate(String table, List<Column> keys, List<Column> values) {
    this.table = table;
    this.keys = List.copyOf(keys);
    this.values = List.copyOf(values);
  }

  /**
   * @param rows the keys of each, then its values: texts that hold neither NUL nor half a surrogate
   *     pair, numbers, truth values, null
   */
  void run(Session session, Collection<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    if (session.dialect() == Dialect.POSTGRESQL) {
      atOnce(session, List.copyOf(rows));
    } else {
      session.updateAll(oneByOne(), rows.stream().map(this::valuesFirst).toList());
    }
  }

  private void atOnce(Session session, List<@Nullable Object[]> rows) throws SQLException {
    List<Column> all = all().toList();
    try (PreparedStatement statement =
        session.connection().prepareStatement(session.named(together()))) {
      for (int i = 0; i < all.size(); i++) {
        int place = i;
        @Nullable Object[] column = rows.stream().map(row -> row[place]).toArray();
        statement.setArray(i + 1, session.connection().createArrayOf(all.get(i).type(), column));
      }
      statement.executeUpdate();
    }
  }

  private String together() {
    return "update %s held set %s from unnest(%s) as given (%s) where %s"
        .formatted(
            table,
            joined(values, ", ", each -> "%1$s = given.%1$s".formatted(each.name())),
            joined(all().toList(), ", ", each -> "?"),
            joined(all().toList(), ", ", Column::name),
            joined(keys, " and ", each -> "held.%1$s = given.%1$s".formatted(each.name())));
  }

  private String oneByOne() {
    return "update %s set %s where %s"
        .formatted(
            table,
            joined(values, ", ", each -> each.name() + " = ?"),
            joined(keys, " and ", each -> each.name() + " = ?"));
  }

  private @Nullable Object[] valuesFirst(@Nullable Object[] row) {
    List<@Nullable Object> turned = new ArrayList<>(row.length);
    for (int i = keys.size(); i < row.length; i++) {
      turned.add(row[i]);
    }
    for (int i = 0; i < keys.size(); i++) {
      turned.add(row[i]);
    }
    return turned.toArray();
  }

  private Stream<Column> all() {
    return Stream.concat(keys.stream(), values.stream());
  }

  private static String joined(
      List<Column> columns, String between, Function<Column, String> each) {
    return columns.stream().map(each).collect(Collectors.joining(between));
  }
}
