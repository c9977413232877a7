package io.engage.jpa;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** By whose keys conversations and messages are found. */
final class PersonRows {
  /** Stands for the conversation itself. */
  static final String NO_MESSAGE = "";

  private static final SideRows<Row> ROWS =
      new SideRows<>(
          "engage_person",
          List.of("person", "conversation", "message"),
          row ->
              new Row(
                  Texts.text(row.getString(1)),
                  Texts.text(row.getString(2)),
                  Texts.text(row.getString(3))),
          row -> new Object[] {row.person, row.conversation, row.message});

  private PersonRows() {}

  /**
   * @param stored those of the conversations that were there before
   */
  static void ofConversations(Session session, Collection<String> stored, Set<Row> wanted)
      throws SQLException {
    replace(session, "message = '' and conversation = any (?)", stored, wanted);
  }

  /**
   * @param stored those of the messages that were there before
   */
  static void ofMessages(Session session, Collection<String> stored, Set<Row> wanted)
      throws SQLException {
    replace(session, "message = any (?)", stored, wanted);
  }

  private static void replace(
      Session session, String where, Collection<String> stored, Set<Row> wanted)
      throws SQLException {
    ROWS.change(session, stored.isEmpty() ? Set.of() : ROWS.list(session, where, stored), wanted);
  }

  /** That a person has to do with something. */
  record Row(String person, String conversation, String message) {}
}
