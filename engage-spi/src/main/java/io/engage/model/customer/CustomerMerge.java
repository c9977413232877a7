package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;
import java.time.Instant;
import java.util.List;

/**
 * Two customers who turned out to be one: what moved, so that it can move back.
 *
 * @param id of the merge
 * @param kept who has everything now
 * @param merged whose conversations and messages moved
 */
public record CustomerMerge(
    String id,
    CustomerId kept,
    CustomerId merged,
    List<ConversationId> conversations,
    List<MessageId> messages,
    Instant at,
    boolean undone,
    long version)
    implements Document {
  public CustomerMerge {
    requireNonNull(id, "id");
    requireNonNull(kept, "kept");
    requireNonNull(merged, "merged");
    conversations = List.copyOf(conversations);
    messages = List.copyOf(messages);
    requireNonNull(at, "at");
    if (kept.equals(merged)) {
      throw new IllegalArgumentException(
          "Customer '%s' cannot be merged with themselves".formatted(kept.value()));
    }
  }

  @Override
  public DocumentKey key() {
    return new DocumentKey(DocumentKey.Kind.CUSTOMER_MERGE, id);
  }

  /** The customer who was kept, so that their merges are found. */
  @Override
  public String owner() {
    return kept.value();
  }

  @Override
  public CustomerMerge withVersion(long newVersion) {
    return new CustomerMerge(id, kept, merged, conversations, messages, at, undone, newVersion);
  }
}
