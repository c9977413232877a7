package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Person;
import io.engage.model.document.Document;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.sms.SmsNumber;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the host before something is done with all that is held on a person: whoever may not do it
 * in one of the inboxes that have something of them may not do it at all.
 */
final class Concerned {
  private static final int AT_ONCE = 500;

  private final Parts parts;
  private final Permitting permitting;

  Concerned(Parts parts, Permitting permitting) {
    this.parts = parts;
    this.permitting = permitting;
  }

  /** With their conversations. */
  <T> Outcome<T> onPerson(AgentAction action, Person person, Supplier<Outcome<T>> act) {
    return onInboxes(action, orAll(inboxesOf(person, false)), act);
  }

  /**
   * With everything of them. What is in no conversation has to be read to know whom it names, which
   * is done only for who may go on.
   */
  <T> Outcome<T> onTraces(AgentAction action, Person person, Function<Traces, Outcome<T>> act) {
    Set<InboxId> known = inboxesOf(person, true);
    known.addAll(inboxesOfDrafts(person));
    known.addAll(inboxesOfConsents(person));
    known.addAll(new Mailings(parts).inboxesOf(person));
    Set<InboxId> asked = orAll(known);
    return onInboxes(action, asked, () -> onMore(action, tracesOf(person), asked, act));
  }

  private <T> Outcome<T> onMore(
      AgentAction action, Traces traces, Set<InboxId> asked, Function<Traces, Outcome<T>> act) {
    Set<InboxId> more = new LinkedHashSet<>(traces.inboxes());
    more.removeAll(asked);
    return onInboxes(action, more, () -> act.apply(traces));
  }

  /** Does it when the agent may in each of these. */
  private <T> Outcome<T> onInboxes(
      AgentAction action, Set<InboxId> inboxes, Supplier<Outcome<T>> act) {
    return permitting.inAll(action, inboxes, act);
  }

  private Set<InboxId> orAll(Set<InboxId> inboxes) {
    return inboxes.isEmpty() ? permitting.allInboxes() : inboxes;
  }

  private Traces tracesOf(Person person) {
    QuarantineTraces quarantine = new QuarantineTraces(parts);
    List<HeldMail> held = new HeldTraces(parts).of(person);
    List<LedgerEntry> quarantined = quarantine.of(person);
    Set<InboxId> inboxes = new HashSet<>(quarantine.inboxesOf(quarantined));
    held.forEach(each -> inboxes.add(each.inbox()));
    return new Traces(held, quarantined, inboxes);
  }

  private Set<InboxId> inboxesOf(Person person, boolean withSides) {
    Set<InboxId> inboxes = new LinkedHashSet<>();
    Sides sides = new Sides(parts);
    @Nullable ConversationId after = null;
    List<Conversation> some;
    do {
      some = parts.storage().persons().conversations(person, after, AT_ONCE);
      for (Conversation each : some) {
        inboxes.add(each.inbox());
        after = each.id();
      }
      if (withSides && !some.isEmpty()) {
        sides
            .of(some.stream().map(Conversation::id).toList())
            .forEach(each -> inboxes.add(each.inbox()));
      }
    } while (some.size() == AT_ONCE);
    return inboxes;
  }

  private Set<InboxId> inboxesOfDrafts(Person person) {
    Set<InboxId> inboxes = new LinkedHashSet<>();
    @Nullable DraftId after = null;
    List<Draft> some;
    do {
      some = parts.storage().persons().drafts(person, after, AT_ONCE);
      for (Draft each : some) {
        inboxes.add(each.inbox());
        after = each.id();
      }
    } while (some.size() == AT_ONCE);
    return inboxes;
  }

  /** Consent is given to a number, and that belongs to an inbox. */
  private Set<InboxId> inboxesOfConsents(Person person) {
    Set<InboxId> inboxes = new LinkedHashSet<>();
    List<Document> numbers =
        parts
            .storage()
            .documents()
            .find(
                new Suppressions(parts)
                    .consentsOf(person).stream()
                        .map(consent -> SmsNumber.keyOf(consent.ours()))
                        .distinct()
                        .toList());
    numbers.forEach(each -> inboxes.add(((SmsNumber) each).inbox()));
    return inboxes;
  }
}
