package io.engage.core.linking;

import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides what it changes that things stand with another customer from now on. */
public final class Moving {

  /** What changed. */
  public record Moved(
      List<Conversation> conversations, List<Message> messages, List<Occurrence> occurrences) {
    public Moved {
      conversations = List.copyOf(conversations);
      messages = List.copyOf(messages);
      occurrences = List.copyOf(occurrences);
    }

    public boolean isEmpty() {
      return conversations.isEmpty() && messages.isEmpty();
    }
  }

  /**
   * A conversation's trail speaks for its messages; those that stood with the customer apart from
   * their conversation have an entry of their own.
   *
   * @param reason for the audit trail
   */
  public Moved decide(
      List<Conversation> conversations, List<Message> messages, CustomerId to, String reason) {
    AuditFact fact = new AuditFact.LinkedToCustomer(to, reason);
    Set<ConversationId> whole =
        conversations.stream().map(Conversation::id).collect(Collectors.toSet());
    List<Occurrence> occurrences = new ArrayList<>();
    conversations.forEach(
        each -> occurrences.add(new Occurrence(AuditSubject.of(each.inbox(), each.id()), fact)));
    messages.stream()
        .filter(each -> !whole.contains(each.conversation()))
        .forEach(
            each ->
                occurrences.add(
                    new Occurrence(
                        AuditSubject.of(each.inbox(), each.conversation(), each.id()), fact)));
    return new Moved(
        conversations.stream().map(each -> each.withState(each.state().withCustomer(to))).toList(),
        messages.stream().map(each -> each.withState(each.state().withCustomer(to))).toList(),
        occurrences);
  }
}
