package io.engage.core;

import io.engage.core.erasing.Veil;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import java.util.List;
import java.util.Set;

/** The trail as people read it: the customer with whom it is stands there under a pseudonym. */
final class NamedTrail {
  private final Parts parts;

  NamedTrail(Parts parts) {
    this.parts = parts;
  }

  List<AuditEntry> of(Conversation conversation) {
    return named(parts.storage().audit().ofConversation(conversation.id()), conversation);
  }

  /** The same entries, with the customer of this conversation in place of their pseudonym. */
  List<AuditEntry> named(List<AuditEntry> entries, Conversation conversation) {
    Set<CustomerId> known =
        conversation.findCustomer().map(new Identities(parts)::allOf).orElse(Set.of());
    Veil veil = new Veil(parts.pseudonyms());
    return known.isEmpty()
        ? entries
        : entries.stream().map(each -> each.with(veil.lifted(each.fact(), known))).toList();
  }
}
