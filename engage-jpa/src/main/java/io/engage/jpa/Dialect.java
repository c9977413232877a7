package io.engage.jpa;

import io.engage.spi.PortFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What differs from one database to the next. */
enum Dialect {
  POSTGRESQL("postgresql", "text", "bytea"),
  H2("h2", "varchar", "varbinary");

  private final String folder;
  private final String textType;
  private final String bytesType;

  Dialect(String folder, String textType, String bytesType) {
    this.folder = folder;
    this.textType = textType;
    this.bytesType = bytesType;
  }

  static Dialect of(Transactions transactions) {
    try {
      return transactions.asking(Dialect::of);
    } catch (SQLException failed) {
      throw new PortFailure(
          "The database was not reached (SQL state '%s'). Look at its address and password."
              .formatted(failed.getSQLState()),
          true);
    }
  }

  private static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName();
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "h2" -> H2;
      default ->
          throw new IllegalArgumentException(
              "Engage keeps its data in PostgreSQL or H2, but this database is '%s'"
                  .formatted(product));
    };
  }

  /**
   * Takes the columns in their order. The first column is the key; what has it already is passed
   * over.
   */
  String insertMissing(String table, List<String> columns) {
    String names = String.join(", ", columns);
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    return switch (this) {
      case POSTGRESQL ->
          "insert into %s (%s) values (%s) on conflict do nothing".formatted(table, names, marks);
      case H2 ->
          """
          merge into %1$s held using (values (%3$s)) as given (%2$s)
          on (held.%4$s = given.%4$s)
          when not matched then insert (%2$s) values (%5$s)\
          """
              .formatted(
                  table,
                  names,
                  marks,
                  columns.get(0),
                  columns.stream().map(c -> "given." + c).collect(Collectors.joining(", ")));
    };
  }

  /** Where its migrations are. */
  String folder() {
    return folder;
  }

  /** The type of the elements of an array of texts. */
  String textType() {
    return textType;
  }

  /** The type of the elements of an array of bytes. */
  String bytesType() {
    return bytesType;
  }
}
