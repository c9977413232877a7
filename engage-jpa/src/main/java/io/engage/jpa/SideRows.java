package io.engage.jpa;

import java.sql.SQLException;
import java.util.Collection;
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
  private final String table;
  private final List<String> columns;
  private final Session.Reading<R> reading;
  private final Function<R, @Nullable Object[]> values;

  SideRows(
      String table,
      List<String> columns,
      Session.Reading<R> reading,
      Function<R, @Nullable Object[]> values) {
    this.table = table;
    this.columns = List.copyOf(columns);
    this.reading = reading;
    this.values = values;
  }

  /**
   * @param where finds the rows of the records that were stored before
   * @param stored what stands in it as its argument; when nothing does, nothing is looked for
   * @param wanted the rows of all the records, from now on
   */
  void replace(Session session, String where, Collection<?> stored, Collection<R> wanted)
      throws SQLException {
    Set<R> missing = new LinkedHashSet<>(wanted);
    Set<R> superfluous = new LinkedHashSet<>(present(session, where, stored));
    Set<R> present = Set.copyOf(superfluous);
    superfluous.removeAll(missing);
    missing.removeAll(present);
    session.updateAll(delete(), superfluous.stream().map(values).toList());
    session.updateAll(insert(), missing.stream().map(values).toList());
  }

  void delete(Session session, Collection<R> some) throws SQLException {
    session.updateAll(delete(), some.stream().map(values).toList());
  }

  Session.Reading<R> reading() {
    return reading;
  }

  private List<R> present(Session session, String where, Collection<?> stored) throws SQLException {
    return stored.isEmpty()
        ? List.of()
        : session.list(
            "select %s from %s where %s".formatted(String.join(", ", columns), table, where),
            reading,
            stored);
  }

  private String insert() {
    return "insert into %s (%s) values (?%s)"
        .formatted(table, String.join(", ", columns), ", ?".repeat(columns.size() - 1));
  }

  private String delete() {
    return "delete from %s where %s = ?".formatted(table, String.join(" = ? and ", columns));
  }
}
