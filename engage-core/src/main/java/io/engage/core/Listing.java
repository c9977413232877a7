package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import java.util.Optional;
import java.util.Set;

/** What came of a search. What somebody mistyped is a value, not an exception. */
public sealed interface Listing {

  /**
   * These were found.
   *
   * @param cut the words that so many customers, or agents, have in their names that only the first
   *     199 were looked for: whoever types more finds the others
   */
  record Found(Page<Conversation> page, Set<String> cut) implements Listing {
    public Found {
      requireNonNull(page, "page");
      cut = Set.copyOf(cut);
    }

    Found(Page<Conversation> page) {
      this(page, Set.of());
    }
  }

  /**
   * It cannot be said what is looked for.
   *
   * @param column behind which column it was typed; empty for the search box
   * @param position where it goes wrong, from 1, in characters
   * @param reason in plain words
   */
  record Misunderstood(String column, int position, String reason) implements Listing {
    public Misunderstood {
      requireNonNull(column, "column");
      requireNonNull(reason, "reason");
    }

    /** For whoever typed it. */
    public String describe() {
      return "%sposition %d: %s"
          .formatted(column.isEmpty() ? "" : "'" + column + "', ", position, reason);
    }
  }

  /** The page, when there is one. */
  default Optional<Page<Conversation>> findPage() {
    return this instanceof Found found ? Optional.of(found.page()) : Optional.empty();
  }
}
