package io.engage.jpa;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of nothing but a key, that follow from records: only what has come or gone is written.
 *
 * @param <R> a row
 */
final class SideRows<R> {
  private final String select;
  private final String insert;
  private final String delete;
  private final Session.Reading<R> reading;
  private final Function<R, @Nullable Object[]> values;

  SideRows(
      String table,
      List<String> columns,
      Session.Reading<R> reading,
      Function<R, @Nullable Object[]> values) {
    String names = String.join(", ", columns);
    this.select = "select %s from %s where ".formatted(names, table);
    this.insert =
        "insert into %s (%s) values (?%s)"
            .formatted(table, names, ", ?".repeat(columns.size() - 1));
    this.delete = "delete from %s where %s = ?".formatted(table, String.join(" = ? and ", columns));
    this.reading = reading;
    this.values = values;
  }

  Set<R> list(Session session, String where, Collection<?> argument) throws SQLException {
    return new HashSet<>(session.list(select + where, reading, argument));
  }

  /** What either holds for. */
  Set<R> list(
      Session session,
      String where,
      Collection<?> argument,
      String otherwise,
      Collection<?> otherArgument)
      throws SQLException {
    return new HashSet<>(
        session.list(
            select + where + " union all " + select + otherwise, reading, argument, otherArgument));
  }

  /** Writes what makes {@code wanted} out of {@code present}. */
  void change(Session session, Set<R> present, Set<R> wanted) throws SQLException {
    session.updateAll(delete, without(present, wanted));
    session.updateAll(insert, without(wanted, present));
  }

  private List<@Nullable Object[]> without(Set<R> some, Set<R> others) {
    Set<R> rest = new LinkedHashSet<>(some);
    others.forEach(rest::remove);
    return rest.stream().map(values).toList();
  }
}
