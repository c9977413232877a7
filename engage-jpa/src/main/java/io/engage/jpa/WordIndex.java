package io.engage.jpa;

import io.engage.model.conversation.InboxChange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Finds words in conversations without looking through their texts, where the database can. */
interface WordIndex extends Part {

  /**
   * The conversations that may have what is wanted.
   *
   * @param needed from {@link Trigrams#needed}
   * @return empty when they are many: then the page is found sooner by looking through the list
   */
  Optional<List<String>> few(Session session, Clause needed) throws SQLException;

  /** Finds nothing, so that lists are looked through. */
  static WordIndex none() {
    return new WordIndex() {
      @Override
      public void apply(Session session, InboxChange change) {}

      @Override
      public Optional<List<String>> few(Session session, Clause needed) {
        return Optional.empty();
      }
    };
  }
}
