package io.engage.jpa;

import io.engage.spi.StaleVersion;
import java.sql.Statement;
import java.util.List;
import java.util.function.Function;

/** Refuses a change whose statement found no row in the state that it asks for. */
final class Stale {
  private Stale() {}

  /**
   * @param counts how many rows the statement changed for each of {@code changed}
   */
  static <T> void unlessAll(String what, List<T> changed, Function<T, String> id, int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 1 && counts[i] != Statement.SUCCESS_NO_INFO) {
        throw new StaleVersion(what, id.apply(changed.get(i)));
      }
    }
  }
}
