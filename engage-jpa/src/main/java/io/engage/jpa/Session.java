package io.engage.jpa;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection while something is read or changed on it. Statements name the tables as the
 * migrations do; the host's prefix is put in here.
 *
 * <p>Arguments stand for the question marks in their order: texts, numbers, truth values, bytes,
 * {@linkplain Moments moments}, null, and collections of texts, of whole numbers or of bytes for
 * {@code = any (?)}.
 */
final class Session {
  private final Connection connection;
  private final Dialect dialect;
  private final Function<String, String> named;

  Session(Connection connection, Dialect dialect, Function<String, String> named) {
    this.connection = connection;
    this.dialect = dialect;
    this.named = named;
  }

  Dialect dialect() {
    return dialect;
  }

  /** For what this class has no words for; statements go through {@link #named}. */
  Connection connection() {
    return connection;
  }

  String named(String sql) {
    return named.apply(sql);
  }

  <T> List<T> list(String sql, Reading<T> reading, @Nullable Object... arguments)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(named(sql))) {
      bind(statement, arguments);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
          read.add(reading.read(rows));
        }
        return read;
      }
    }
  }

  <T> List<T> list(Clause question, Reading<T> reading) throws SQLException {
    return list(question.text(), reading, question.arguments().toArray());
  }

  <T> Optional<T> first(String sql, Reading<T> reading, @Nullable Object... arguments)
      throws SQLException {
    List<T> read = list(sql, reading, arguments);
    return read.isEmpty() ? Optional.empty() : Optional.of(read.get(0));
  }

  /**
   * @return how many rows it changed
   */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(named(sql))) {
      bind(statement, arguments);
      return statement.executeUpdate();
    }
  }

  /**
   * The same statement with each of these lists of arguments, in one round trip as far as the
   * driver can.
   *
   * @return how many rows each changed; without a number, {@link
   *     java.sql.Statement#SUCCESS_NO_INFO}
   */
  int[] updateAll(String sql, Collection<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(named(sql))) {
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /**
   * Inserts those rows whose key is not there yet, and passes over the others, also those that
   * somebody else is just inserting.
   *
   * @return for each row whether it is new: 1 or 0
   */
  int[] insertMissing(String table, List<String> columns, Collection<@Nullable Object[]> rows)
      throws SQLException {
    String sql = dialect.insertMissing(table, columns);
    return dialect == Dialect.H2 ? insertOneByOne(sql, rows) : updateAll(sql, rows);
  }

  /** Inserts a row, or replaces the one that has the first {@code keys} columns in common. */
  void put(String table, int keys, List<String> columns, @Nullable Object... row)
      throws SQLException {
    String sql = dialect.put(table, keys, columns);
    if (dialect == Dialect.POSTGRESQL || insertIfMissing(sql, row) == 0) {
      update(sql, row);
    }
  }

  /** H2 refuses what is there. */
  private int[] insertOneByOne(String sql, Collection<@Nullable Object[]> rows)
      throws SQLException {
    int[] inserted = new int[rows.size()];
    int place = 0;
    for (@Nullable Object[] row : rows) {
      inserted[place++] = insertIfMissing(sql, row);
    }
    return inserted;
  }

  private int insertIfMissing(String sql, @Nullable Object[] row) throws SQLException {
    try {
      return update(sql, row);
    } catch (SQLIntegrityConstraintViolationException isThere) {
      return 0;
    }
  }

  private void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
  }

  private void bind(PreparedStatement statement, int place, @Nullable Object argument)
      throws SQLException {
    if (argument == null) {
      statement.setNull(place, Types.NULL);
    } else if (argument instanceof String text) {
      statement.setString(place, Texts.key(text));
    } else if (argument instanceof Instant moment) {
      statement.setLong(place, Moments.of(moment));
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(place, bytes);
    } else if (argument instanceof Collection<?> some) {
      statement.setArray(place, array(some));
    } else {
      statement.setObject(place, argument);
    }
  }

  private Array array(Collection<?> some) throws SQLException {
    Object first = some.isEmpty() ? "" : some.iterator().next();
    if (first instanceof byte[]) {
      return connection.createArrayOf(dialect.bytesType(), some.toArray(byte[][]::new));
    } else if (first instanceof Number) {
      return connection.createArrayOf("bigint", some.toArray());
    }
    return connection.createArrayOf(
        dialect.textType(), some.stream().map(each -> Texts.key((String) each)).toArray());
  }

  /** Makes a value of the row at which a result stands. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }
}
