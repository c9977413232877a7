package io.engage.jpa;

import io.engage.spi.PortFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The databases that Engage can work on, and what differs from one to the next. */
public enum Dialect {
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
   * Takes the columns in their order. What is there already is passed over; H2 refuses it, which
   * ends only that one statement.
   */
  String insertMissing(String table, List<String> columns) {
    String names = String.join(", ", columns);
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    return "insert into %s (%s) values (%s)%s"
        .formatted(table, names, marks, this == POSTGRESQL ? " on conflict do nothing" : "");
  }

  /**
   * Has other nodes wait until the transaction has ended; for databases in which a migration is one
   * transaction.
   */
  void lockMigrations(Session session) throws SQLException {
    if (this == POSTGRESQL) {
      session.list(
          "select 1 from pg_advisory_xact_lock(?)",
          row -> 1,
          session.named(MigrationTable.NAME).hashCode());
    }
  }

  /**
   * Runs {@code migrating} while no other node migrates. H2 commits whatever is open before it
   * defines a table, so there a second connection keeps a lock, and each statement of a migration
   * has to bear being run again.
   */
  void migrateAlone(Database database, MigrationTable table, Runnable migrating) {
    if (this == POSTGRESQL) {
      migrating.run();
      return;
    }
    database.changeApart(
        session -> {
          table.make(session);
          return session.insertMissing(
              MigrationTable.NAME,
              List.of("number", "name", "checksum"),
              List.<Object[]>of(new Object[] {0, "", ""}));
        });
    database.changeApart(
        session -> {
          session.list(
              "select number from engage_migration where number = 0 for update wait 60", row -> 1);
          migrating.run();
          return 0;
        });
  }

  /**
   * Has a transaction that has just begun see what others commit meanwhile, whatever the pool is
   * set to: whoever waits for a lock looks again when it has it. H2 can change that for a whole
   * connection only.
   */
  void seeWhatOthersCommit(Session session) throws SQLException {
    if (this == POSTGRESQL) {
      session.update("set transaction isolation level read committed");
    }
  }

  /** The end of a question whose rows stay as they are until the transaction ends. */
  String lock(Lock lock) {
    return this == H2 ? "for update" : lock.words;
  }

  /**
   * Follows a question, so that the rows of this table are the asker's until its transaction ends;
   * nothing where changes wait for each other at a {@linkplain #beginRecipients gate} anyway.
   */
  String lockRows(String table) {
    return this == POSTGRESQL ? " for update of " + table : "";
  }

  /** The same, but passes over rows that somebody else has. */
  String lockFreeRows(String table) {
    return this == POSTGRESQL ? lockRows(table) + " skip locked" : "";
  }

  /**
   * Begins a change of recipients. PostgreSQL is told that their rows are found by their keys: from
   * the few blocks that it is given it would think that reading all is quicker. In H2 each change
   * waits for the one before.
   */
  void beginRecipients(Session session) throws SQLException {
    session.list(
        this == POSTGRESQL
            ? """
            select set_config('enable_hashjoin', 'off', true),
            set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true)\
            """
            : "select id from engage_recipient_gate for update",
        row -> row.getString(1));
  }

  /** The next number of a sequence. */
  String next(String sequence) {
    return this == POSTGRESQL
        ? "select nextval('%s')".formatted(sequence)
        : "select next value for " + sequence;
  }

  /** A page of conversations. */
  Clause page(ConversationQuery query) {
    return listed(query.walking(), query.plain());
  }

  /**
   * The one of two statements with equal answers that this database answers faster.
   *
   * @param walking takes as much as it needs from the beginning of each of several lists
   * @param plain has the database look for a way
   */
  Clause listed(Clause walking, Clause plain) {
    return this == POSTGRESQL ? walking : plain;
  }

  /** How words are found. */
  WordIndex words() {
    return this == POSTGRESQL ? new TrigramTable() : WordIndex.none();
  }

  /**
   * Takes the columns in their order, the key's first. What has this key already is replaced.
   *
   * @param keys how many columns the key has
   */
  String put(String table, int keys, List<String> columns) {
    String names = String.join(", ", columns);
    String key = String.join(", ", columns.subList(0, keys));
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    return switch (this) {
      case POSTGRESQL ->
          "insert into %s (%s) values (%s) on conflict (%s) do update set %s"
              .formatted(
                  table,
                  names,
                  marks,
                  key,
                  columns.subList(keys, columns.size()).stream()
                      .map(column -> column + " = excluded." + column)
                      .collect(Collectors.joining(", ")));
      case H2 -> "merge into %s (%s) key (%s) values (%s)".formatted(table, names, key, marks);
    };
  }

  /** As many next numbers of a sequence as are asked for. */
  String nextOnes(String sequence) {
    return this == POSTGRESQL
        ? "select nextval('%s') from generate_series(1, ?)".formatted(sequence)
        : "select next value for %s from system_range(1, ?)".formatted(sequence);
  }

  /** What its own clock says, in nanoseconds since 1970. */
  String now() {
    return "cast(extract(epoch from %s) * 1000000000 as bigint)"
        .formatted(this == POSTGRESQL ? "clock_timestamp()" : "current_timestamp");
  }

  /**
   * Has every commit be written before it returns: H2 takes half a second for that otherwise, and
   * forgets what a process that dies has committed meanwhile.
   */
  void writeAtOnce(Session session) throws SQLException {
    if (this == H2) {
      session.update("set write_delay 0");
    }
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

  /** What others may do in the meantime with rows that are locked. */
  enum Lock {
    /** Lock them in the same way, and change what is not their key. */
    SHARED("for key share"),
    /** Lock them as {@link #SHARED}. */
    AGAINST_CHANGES("for no key update"),
    /** Nothing but look. */
    AGAINST_ALL("for update");

    private final String words;

    Lock(String words) {
      this.words = words;
    }
  }
}
