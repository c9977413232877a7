package io.engage.core.picturing;

import io.engage.model.conversation.ConversationId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What one agent has of an inbox. */
final class Share {
  static final Share NOTHING = new Share();

  private final Map<ConversationId, Row> rows = new HashMap<>();
  private final Tally tally = new Tally();

  /**
   * @param sign 1 for one more, -1 for one less
   */
  void count(Row row, Day day, int sign) {
    tally.count(row, day, sign);
    if (sign > 0) {
      rows.put(row.id(), row);
    } else {
      rows.remove(row.id());
    }
  }

  Tally tally() {
    return tally;
  }

  /** In any order; also those that count tomorrow only. */
  Collection<Row> rows() {
    return rows.values();
  }
}
