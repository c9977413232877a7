package io.engage.core;

import io.engage.core.attending.Telling;
import io.engage.core.erasing.Naming;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Customer;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.queue.AgentMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Finds what agents were told of a person and have not seen, and what nobody will see any more. */
final class ToldTraces {
  private static final int AT_ONCE = 200;

  private final Parts parts;

  ToldTraces(Parts parts) {
    this.parts = parts;
  }

  /** They are read one by one: nothing else knows whom they name. */
  List<AgentMessage> of(Person person) {
    List<String> names =
        parts.customers().findByIds(person.customers()).stream().map(Customer::name).toList();
    List<AgentMessage> found = new ArrayList<>();
    String after = "";
    List<Document> some;
    do {
      some = parts.storage().documents().ofKind(DocumentKey.Kind.AGENT_MESSAGE, after, AT_ONCE);
      for (Document each : some) {
        after = each.key().id();
        if (each instanceof AgentMessage told && Naming.decide(told.text(), person, names)) {
          found.add(told);
        }
      }
    } while (some.size() == AT_ONCE);
    return found;
  }

  /** Forgets what has waited for too long to be seen. */
  void forgetOld(BooleanSupplier goesOn) {
    Instant before = parts.clock().instant().minus(Telling.KEPT);
    List<DocumentKey> old = oldest(before);
    while (!old.isEmpty() && goesOn.getAsBoolean()) {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .dropDocuments(old)
                  .audit(
                      parts
                          .committing()
                          .stamp(
                              Actor.PRIVACY,
                              AuditSubject.NONE,
                              new AuditFact.RetentionApplied(before, old.size())))
                  .build());
      old = oldest(before);
    }
  }

  /** Their ids begin with the time. */
  private List<DocumentKey> oldest(Instant before) {
    return parts.storage().documents().ofKind(DocumentKey.Kind.AGENT_MESSAGE, "", AT_ONCE).stream()
        .map(AgentMessage.class::cast)
        .takeWhile(each -> each.at().isBefore(before))
        .map(AgentMessage::key)
        .toList();
  }
}
