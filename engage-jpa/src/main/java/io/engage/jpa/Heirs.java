package io.engage.jpa;

import io.engage.model.conversation.InboxChange.Succession;
import java.sql.SQLException;
import java.util.List;

/** What is in an inbox that goes is in its heir from then on. */
final class Heirs {
  private Heirs() {}

  /**
   * @param table with columns inbox and version that are newer than its bodies
   */
  static void inherit(Session session, String table, List<Succession> successions)
      throws SQLException {
    for (Succession each : successions) {
      session.update(
          "update " + table + " set inbox = ?, version = version + 1 where inbox = ?",
          each.heir().value(),
          each.gone().value());
    }
  }
}
