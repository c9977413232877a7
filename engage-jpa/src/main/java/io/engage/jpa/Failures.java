package io.engage.jpa;

import io.engage.spi.EngageException;
import io.engage.spi.PortFailure;
import io.engage.spi.StaleVersion;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the database means to whoever asked: in words of ours, since those of the
 * database may repeat what was to be stored.
 */
final class Failures {
  private static final String DUPLICATE = "23505";

  /**
   * Serialization failure, deadlock, a lock that was not to be had in time; then the same in H2's
   * words. Nothing of the transaction has stayed.
   */
  private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03", "90131", "HYT00");

  /** The database is away; then the same in H2's words. */
  private static final List<String> AWAY = List.of("08", "57P", "40003", "90067", "90098", "90121");

  /** No room on the disk; then what H2 says when it cannot write its files. */
  private static final Set<String> NO_ROOM = Set.of("53100", "90028", "90031");

  private Failures() {}

  /** Whether the same transaction may go well at once. */
  static boolean wantsAnotherTry(SQLException failed) {
    return TRY_AGAIN.contains(state(failed));
  }

  /** A change that failed. Nothing of it was stored. */
  static EngageException of(SQLException failed) {
    String state = state(failed);
    if (state.equals(DUPLICATE)) {
      return StaleVersion.takenId();
    }
    return new PortFailure(sentence(failed, state), isRetryable(state));
  }

  /** A change that was complete, and failed as it was committed. */
  static EngageException atCommit(SQLException failed) {
    String state = state(failed);
    return isAway(state) || state.isEmpty()
        ? new PortFailure(
            ("The connection to the database was lost while a change was being committed (SQL"
                    + " state '%s'). Whether it was stored is seen when it is read again.")
                .formatted(state),
            true)
        : of(failed);
  }

  private static String sentence(SQLException failed, String state) {
    if (failed instanceof SQLTransientConnectionException && state.isEmpty()) {
      return "No connection to the database was free in time. Give its pool more connections, or"
          + " find out who keeps them; nothing was stored.";
    }
    return "%s (SQL state '%s'). Nothing was stored.".formatted(reason(state), state);
  }

  private static String reason(String state) {
    if (isAway(state)) {
      return "The database was not reached, or the connection to it was lost";
    } else if (wantsTime(state)) {
      return "Others were in the way in the database, again and again";
    } else if (NO_ROOM.contains(state)) {
      return "The database has no room left on its disk; make room";
    } else if (state.startsWith("53")) {
      return "The database has too little of something, such as connections";
    } else if (state.equals("57014")) {
      return "The database gave up a statement that took too long";
    } else if (state.startsWith("25")) {
      return "The transaction in the database had failed before, or may only read";
    } else if (state.startsWith("28") || state.equals("42501")) {
      return "The database refused the user or what the user may do";
    } else if (state.startsWith("54")) {
      return "Something is too long for the database, such as an id of thousands of characters";
    } else if (state.startsWith("42")) {
      return "The database lacks a table or a column that Engage needs; have the schema updated";
    }
    return "The database refused";
  }

  /** What another time, or an administrator who makes room, mends; not what is wrong in itself. */
  private static boolean isRetryable(String state) {
    return !(state.startsWith("22")
        || state.startsWith("23")
        || state.startsWith("28")
        || state.startsWith("42")
        || state.startsWith("54")
        || state.startsWith("0A"));
  }

  private static boolean wantsTime(String state) {
    return TRY_AGAIN.contains(state);
  }

  private static boolean isAway(String state) {
    return AWAY.stream().anyMatch(state::startsWith);
  }

  /** Of a batch, that of the statement in it. */
  private static String state(SQLException failed) {
    @Nullable String state = failed.getSQLState();
    @Nullable SQLException next = failed.getNextException();
    if (state == null && next != null) {
      state = next.getSQLState();
    }
    return state == null ? "" : state;
  }

  /**
   * Runs what goes through a library of the host, and gives what failed in the database as it was.
   *
   * @param ofLibrary what the library throws when it fails otherwise
   */
  static <T> T unwrapping(Class<? extends RuntimeException> ofLibrary, Running<T> work)
      throws SQLException {
    try {
      return work.run();
    } catch (EngageException ours) {
      throw ours;
    } catch (RuntimeException failed) {
      for (@Nullable Throwable each = failed.getCause(); each != null; each = each.getCause()) {
        if (each instanceof SQLException inDatabase) {
          throw inDatabase;
        }
      }
      if (ofLibrary.isInstance(failed)) {
        throw new SQLException(failed.getClass().getName(), failed);
      }
      throw failed;
    }
  }

  /** Something that may fail in the database. */
  @FunctionalInterface
  interface Running<T> {
    T run() throws SQLException;
  }
}
