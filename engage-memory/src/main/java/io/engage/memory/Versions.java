package io.engage.memory;

import io.engage.model.conversation.InboxChange.Drop;
import io.engage.spi.StaleVersion;
import java.util.HashSet;
import java.util.Set;

/** Refuses what was read before somebody else changed it. */
final class Versions {
  private final String what;
  private final Set<String> seen = new HashSet<>();

  Versions(String what) {
    this.what = what;
  }

  /**
   * @param carried the version that the record was read with
   * @param stored the version that is there now, 0 when nothing is
   */
  void require(String id, long carried, long stored) {
    require(id, carried == stored);
  }

  /** What goes whatever became of it may also be named twice. */
  void requireDropped(String id, Drop<?> drop, long stored) {
    if (drop.isConditional()) {
      require(id, drop.version(), stored);
    }
  }

  /** The second change of one thing within one commit finds that the first came before it. */
  void require(String id, boolean current) {
    if (!current || !seen.add(id)) {
      throw new StaleVersion(what, id);
    }
  }
}
