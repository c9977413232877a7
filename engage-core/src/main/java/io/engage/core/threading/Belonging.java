package io.engage.core.threading;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.InboxId;
import java.util.Map;
import java.util.Optional;

/**
 * To which conversations a message belongs: at most one in each inbox.
 *
 * @param otherwise why it opens a new one in the other inboxes
 */
public record Belonging(Map<InboxId, Join> joins, String otherwise) {
  public Belonging {
    joins = Map.copyOf(joins);
  }

  public Optional<Join> in(InboxId inbox) {
    return Optional.ofNullable(joins.get(inbox));
  }

  public boolean hasToken() {
    return joins.values().stream().anyMatch(Join::byToken);
  }

  /**
   * @param byToken whether a signed token named it
   * @param reason for the audit trail
   */
  public record Join(ConversationId conversation, boolean byToken, String reason) {}
}
