package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;

/**
 * Who of an inbox was served last, from whom the next turn goes on.
 *
 * @param last who may have left the inbox since
 * @param place where they stood in the order of members then: who left is not begun anew for
 */
public record Rotation(InboxId inbox, AgentId last, int place, long version) implements Document {
  public Rotation {
    requireNonNull(inbox, "inbox");
    requireNonNull(last, "last");
  }

  public static DocumentKey keyOf(InboxId inbox) {
    return new DocumentKey(DocumentKey.Kind.ROTATION, inbox.value());
  }

  @Override
  public DocumentKey key() {
    return keyOf(inbox);
  }

  @Override
  public String owner() {
    return inbox.value();
  }

  @Override
  public Rotation withVersion(long newVersion) {
    return new Rotation(inbox, last, place, newVersion);
  }
}
