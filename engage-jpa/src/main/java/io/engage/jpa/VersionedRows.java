package io.engage.jpa;

import io.engage.jpa.forms.StoredForm;
import io.engage.spi.StaleVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows of records that are stored only when nobody has stored them since they were read: an id, a
 * version, what queries look at, and the record itself. They are written in order of their ids, so
 * that two who change the same rows wait for each other instead of for ever.
 *
 * @param <T> the record
 */
final class VersionedRows<T> {
  private final String what;
  private final List<Column<T>> columns;
  private final Key<T> key;
  private final String insert;
  private final String update;

  private VersionedRows(String table, String what, Key<T> key, List<Column<T>> columns) {
    this.what = what;
    this.key = key;
    this.columns = List.copyOf(columns);
    this.insert =
        "insert into %s (id, version, %s) values (?, ?%s)"
            .formatted(table, names(", ", ""), ", ?".repeat(columns.size()));
    this.update =
        "update %s set version = ?, %s where id = ? and version = ?"
            .formatted(table, names(", ", " = ?"));
  }

  /**
   * @param what one of these is called in failures
   */
  static <T> Builder<T> of(String table, String what, Key<T> key) {
    return new Builder<>(table, what, key);
  }

  /** Stores what is new, version 0, and what was changed. */
  void store(Session session, Collection<T> some) throws SQLException {
    update(session, some.stream().filter(each -> key.version(each) > 0).toList());
    insert(session, some.stream().filter(each -> key.version(each) == 0).toList());
  }

  void insert(Session session, Collection<T> fresh) throws SQLException {
    session.updateAll(insert, ordered(fresh).stream().map(this::inserted).toList());
  }

  void update(Session session, Collection<T> changed) throws SQLException {
    List<T> ordered = ordered(changed);
    int[] counts = session.updateAll(update, ordered.stream().map(this::updated).toList());
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] == 0) {
        throw new StaleVersion(what, key.id(ordered.get(i)));
      }
    }
  }

  private List<T> ordered(Collection<T> some) {
    return some.stream().sorted(Comparator.comparing(key::id)).toList();
  }

  private @Nullable Object[] inserted(T each) {
    return Stream.concat(Stream.of(key.id(each), key.version(each) + 1), values(each)).toArray();
  }

  private @Nullable Object[] updated(T each) {
    return Stream.of(
            Stream.of(key.version(each) + 1),
            values(each),
            Stream.of(key.id(each), key.version(each)))
        .flatMap(Function.identity())
        .toArray();
  }

  private Stream<@Nullable Object> values(T each) {
    return columns.stream().map(column -> column.value().apply(each));
  }

  private String names(String between, String after) {
    return columns.stream().map(each -> each.name() + after).collect(Collectors.joining(between));
  }

  /** By what a record is stored. */
  record Key<T>(Function<T, String> ids, Function<T, Long> versions) {
    String id(T each) {
      return ids.apply(each);
    }

    long version(T each) {
      return versions.apply(each);
    }
  }

  private record Column<T>(String name, Function<T, @Nullable Object> value) {}

  /** Says which columns there are. */
  static final class Builder<T> {
    private final String table;
    private final String what;
    private final Key<T> key;
    private final List<Column<T>> columns = new ArrayList<>();

    private Builder(String table, String what, Key<T> key) {
      this.table = table;
      this.what = what;
      this.key = key;
    }

    Builder<T> column(String name, Function<T, @Nullable Object> value) {
      columns.add(new Column<>(name, value));
      return this;
    }

    /** The last columns: the whole record. */
    VersionedRows<T> body(StoredForm<T> form) {
      column("form", any -> StoredForm.CURRENT);
      column("body", form::write);
      return new VersionedRows<>(table, what, key, columns);
    }
  }
}
