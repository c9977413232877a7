package io.engage.core;

import io.engage.core.erasing.Veil;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The trail as people read it: the customer with whom it is stands there under a pseudonym. */
final class NamedTrail {
  private final Parts parts;

  NamedTrail(Parts parts) {
    this.parts = parts;
  }

  /** All of it. */
  List<AuditEntry> of(Conversation conversation) {
    return stream(conversation).toList();
  }

  /** The same, read a portion at a time, and only as far as somebody looks. */
  Stream<AuditEntry> stream(Conversation conversation) {
    return Portions.trail(parts.storage().audit(), conversation.id()).map(naming(conversation));
  }

  /** The same entries, with the customer of this conversation in place of their pseudonym. */
  List<AuditEntry> named(List<AuditEntry> entries, Conversation conversation) {
    return entries.stream().map(naming(conversation)).toList();
  }

  private UnaryOperator<AuditEntry> naming(Conversation conversation) {
    Set<CustomerId> known =
        conversation.findCustomer().map(new Identities(parts)::allOf).orElse(Set.of());
    Veil veil = new Veil(parts.pseudonyms());
    return known.isEmpty() ? each -> each : each -> each.with(veil.lifted(each.fact(), known));
  }
}
