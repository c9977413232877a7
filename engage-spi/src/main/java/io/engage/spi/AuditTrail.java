package io.engage.spi;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happened, in the order in which it was committed. Entries are written by {@link
 * InboxStore#commit} and never change.
 *
 * <p><b>Callers.</b> Any thread, many at once, on several machines.
 *
 * <p>{@code AuditTrailContract} in engage-testkit has a test for each promise on this page.
 */
public interface AuditTrail {

  /** How many entries are read at once where a whole trail is wanted. */
  int PORTION = 500;

  /**
   * What happened to a conversation and to each of its messages, oldest first, at most {@code
   * limit}.
   *
   * @param after the last entry of the portion before; null for the first
   * @return empty when the conversation is unknown
   */
  List<AuditEntry> ofConversation(
      ConversationId conversation, @Nullable AuditEntryId after, int limit);

  /**
   * What happened to a message, and to its conversation as a whole, oldest first, at most {@code
   * limit}.
   *
   * @param after the last entry of the portion before; null for the first
   * @return empty when the message is unknown
   */
  List<AuditEntry> ofMessage(MessageId message, @Nullable AuditEntryId after, int limit);

  /** The whole trail of a conversation, read a portion at a time. */
  default List<AuditEntry> ofConversation(ConversationId conversation) {
    return whole(after -> ofConversation(conversation, after, PORTION));
  }

  /** The whole trail of a message, read a portion at a time. */
  default List<AuditEntry> ofMessage(MessageId message) {
    return whole(after -> ofMessage(message, after, PORTION));
  }

  private static List<AuditEntry> whole(
      Function<@Nullable AuditEntryId, List<AuditEntry>> portionAfter) {
    List<AuditEntry> all = new ArrayList<>(portionAfter.apply(null));
    int read = all.size();
    while (read == PORTION) {
      List<AuditEntry> some = portionAfter.apply(all.get(all.size() - 1).id());
      all.addAll(some);
      read = some.size();
    }
    return all;
  }

  /** The newest entries of the whole installation, newest first, at most {@code limit}. */
  List<AuditEntry> newest(int limit);

  /**
   * The entries with their places in the chain, from the one behind {@code sequence} (0 for the
   * first), ascending and without gaps, at most {@code limit}. Each commit appends its entries to
   * the chain in their order, behind everything that was committed before, with the seals that
   * {@link AuditLink#next} gives. Whatever is stored comes as it is stored, also when its seal is
   * wrong or a place is missing: to find that is the business of whoever reads.
   *
   * @return empty when there are no more
   */
  List<AuditLink> chainAfter(long sequence, int limit);

  /** The last link of the chain; empty when nothing was ever committed. */
  Optional<AuditLink> findLast();
}
