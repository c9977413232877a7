package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

  <T> Outcome<T> onPerson(AgentAction action, Person person, Supplier<Outcome<T>> act) {
    return onPerson(action, person, Set.of(), act);
  }

  /**
   * @param more inboxes that have something of them too
   */
  <T> Outcome<T> onPerson(
      AgentAction action, Person person, Set<InboxId> more, Supplier<Outcome<T>> act) {
    Set<InboxId> inboxes = inboxesOf(person);
    inboxes.addAll(more);
    return permitting.inAll(action, inboxes.isEmpty() ? permitting.allInboxes() : inboxes, act);
  }

  private Set<InboxId> inboxesOf(Person person) {
    Set<InboxId> inboxes = new LinkedHashSet<>();
    @Nullable ConversationId after = null;
    List<Conversation> some;
    do {
      some = parts.storage().persons().conversations(person, after, AT_ONCE);
      for (Conversation each : some) {
        inboxes.add(each.inbox());
        after = each.id();
      }
    } while (some.size() == AT_ONCE);
    return inboxes;
  }
}
