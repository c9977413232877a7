package io.engage.jpa;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The letters of conversations, for a database that indexes what arrays hold. They stand apart from
 * the conversations, so that who assigns or completes one writes nothing here.
 */
final class TrigramTable implements WordIndex {
  private static final int FEW = 5000;

  @Override
  public void apply(Session session, InboxChange change) throws SQLException {
    session.updateAll(
        """
        insert into engage_conversation_trigram as held (conversation, trigrams)
        values (?, cast(? as smallint[]))
        on conflict (conversation) do update set trigrams = excluded.trigrams
        where held.trigrams <> excluded.trigrams\
        """,
        change.conversations().stream()
            .sorted(Comparator.comparing(each -> each.id().value()))
            .map(TrigramTable::row)
            .toList());
  }

  @Override
  public Optional<List<String>> few(Session session, Clause needed) throws SQLException {
    Clause question =
        Clause.joined(
            "select t.conversation from engage_conversation_trigram t where ",
            needed,
            Clause.of(" limit ?", FEW + 1));
    List<String> ids = session.list(question, row -> Texts.text(row.getString(1)));
    return ids.size() > FEW ? Optional.empty() : Optional.of(ids);
  }

  private static Object[] row(Conversation each) {
    return new Object[] {each.id().value(), Trigrams.of(each)};
  }
}
