package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationId;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.message.MessageId;
import java.util.List;

/**
 * One step of a {@link CustomerMerge}: what moved in it.
 *
 * @param merged from whom it moved
 */
public record CustomerMove(
    String id,
    CustomerId merged,
    List<ConversationId> conversations,
    List<MessageId> messages,
    long version)
    implements Document {

  public CustomerMove {
    requireNonNull(id, "id");
    requireNonNull(merged, "merged");
    conversations = List.copyOf(conversations);
    messages = List.copyOf(messages);
  }

  @Override
  public DocumentKey key() {
    return new DocumentKey(DocumentKey.Kind.CUSTOMER_MOVE, id);
  }

  /** From whom it moved, so that all steps of a merge are found. */
  @Override
  public String owner() {
    return merged.value();
  }

  @Override
  public CustomerMove withVersion(long newVersion) {
    return new CustomerMove(id, merged, conversations, messages, newVersion);
  }
}
