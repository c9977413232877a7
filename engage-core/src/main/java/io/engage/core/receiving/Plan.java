package io.engage.core.receiving;

import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.Message;
import java.util.List;

/**
 * What a batch changes. Every mail of it that was not recorded before has an entry in the ledger.
 *
 * @param occurrences in the order in which they happened
 */
public record Plan(
    List<Conversation> conversations,
    List<Message> messages,
    List<LedgerEntry> ledger,
    List<Occurrence> occurrences) {
  public Plan {
    conversations = List.copyOf(conversations);
    messages = List.copyOf(messages);
    ledger = List.copyOf(ledger);
    occurrences = List.copyOf(occurrences);
  }

  /** How many mails ended in this state. */
  public int count(LedgerEntry.State state) {
    return (int) ledger.stream().filter(entry -> entry.state() == state).count();
  }
}
