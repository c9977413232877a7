package io.engage.core;

import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Person;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what is led beside conversations, and beside that, and so on. */
final class Sides {
  private final Parts parts;

  Sides(Parts parts) {
    this.parts = parts;
  }

  /** The furthest first: each is found through the one beside which it is led. */
  List<Conversation> of(Collection<ConversationId> conversations) {
    List<Conversation> found = new ArrayList<>();
    Set<ConversationId> seen = new HashSet<>(conversations);
    List<ConversationId> asked = List.copyOf(seen);
    while (!asked.isEmpty()) {
      List<Conversation> next =
          parts.storage().persons().besides(asked).stream()
              .filter(each -> seen.add(each.id()))
              .toList();
      found.addAll(0, next);
      asked = next.stream().map(Conversation::id).toList();
    }
    return found;
  }

  /** What came of forwarding a message that concerns somebody, in a conversation with others. */
  List<Conversation> about(Person person, ConversationId conversation) {
    Map<ConversationId, MessageId> forwarded = new LinkedHashMap<>();
    Portions.trail(parts.storage().audit(), conversation)
        .forEach(
            each -> {
              MessageId message = each.subject().message();
              if (each.fact() instanceof AuditFact.Forwarded forward && message != null) {
                forwarded.put(forward.sideThread(), message);
              }
            });
    if (forwarded.isEmpty()) {
      return List.of();
    }
    Set<MessageId> theirs =
        parts.storage().inboxes().messages(Set.copyOf(forwarded.values())).stream()
            .filter(person::concerns)
            .map(Message::id)
            .collect(Collectors.toSet());
    forwarded.values().retainAll(theirs);
    return withSides(forwarded.keySet());
  }

  private List<Conversation> withSides(Set<ConversationId> conversations) {
    List<Conversation> all = new ArrayList<>(of(conversations));
    all.addAll(parts.storage().inboxes().conversations(conversations));
    return all;
  }
}
