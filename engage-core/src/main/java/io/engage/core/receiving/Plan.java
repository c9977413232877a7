package io.engage.core.receiving;

import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.document.Document;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import java.util.List;
import java.util.Set;

/**
 * What a batch changes. Every mail of it that was not recorded before has an entry in the ledger.
 *
 * @param occurrences in the order in which they happened
 * @param seenOnServer mails that the server has to be told were read
 * @param deletedOnServer mails that the server has to delete
 * @param documents what is kept beside: mails held for review, budgets of automatic answers
 * @param dropped what is kept no longer, as it was read
 * @param assignments what rules gave to whom
 * @param answers what has still to be composed and sent
 */
public record Plan(
    List<Conversation> conversations,
    List<Message> messages,
    List<LedgerEntry> ledger,
    List<Occurrence> occurrences,
    Set<ServerUid> seenOnServer,
    Set<ServerUid> deletedOnServer,
    List<Document> documents,
    List<Document> dropped,
    Set<Assignment> assignments,
    List<Answer> answers) {
  public Plan {
    conversations = List.copyOf(conversations);
    messages = List.copyOf(messages);
    ledger = List.copyOf(ledger);
    occurrences = List.copyOf(occurrences);
    seenOnServer = Set.copyOf(seenOnServer);
    deletedOnServer = Set.copyOf(deletedOnServer);
    documents = List.copyOf(documents);
    dropped = List.copyOf(dropped);
    assignments = Set.copyOf(assignments);
    answers = List.copyOf(answers);
  }

  /** How many mails ended in this state. */
  public int count(LedgerEntry.State state) {
    return (int) ledger.stream().filter(entry -> entry.state() == state).count();
  }
}
