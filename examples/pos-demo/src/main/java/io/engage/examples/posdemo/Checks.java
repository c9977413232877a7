package io.engage.examples.posdemo;

import java.util.ArrayList;
import java.util.List;

/** Counts what was looked at, and keeps what was not as it should be. */
final class Checks {
  private final List<String> wrong = new ArrayList<>();
  private int made;

  void expect(boolean holds, String what) {
    made++;
    if (!holds) {
      wrong.add("not so: " + what);
    }
  }

  /**
   * @return how many checks were made
   * @throws IllegalStateException when something was not so; the message names each
   */
  int done(String part) {
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          "The %s went differently: %s".formatted(part, String.join("; ", wrong)));
    }
    return made;
  }
}
