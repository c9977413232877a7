package io.engage.jpa;

import io.engage.model.conversation.InboxChange;
import io.engage.spi.StaleVersion;
import java.sql.SQLException;

/** A table's share in a change. */
@FunctionalInterface
interface Part {

  /**
   * Stores what is in the change for this table.
   *
   * @throws StaleVersion when a condition of the change does not hold; what other parts have done
   *     is taken back
   */
  void apply(Session session, InboxChange change) throws SQLException;
}
