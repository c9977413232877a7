package io.engage.core.answering;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Delivery;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.Removal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what is left when a message is taken back: as if it had never been written. */
public final class Withdrawing {
  private Withdrawing() {}

  /** Gone from conversation, lists and history. */
  public static Message withdrawn(Message message) {
    return message.withState(
        message
            .state()
            .removed(Removal.WITHDRAWN)
            .withCustomer(null)
            .withDelivery(Delivery.WITHDRAWN));
  }

  /**
   * Without the message, and without those who had part in the conversation through it alone: an
   * answer of theirs has nothing to join.
   *
   * @param others what else the conversation holds, newest first
   * @param label who wrote the newest of them, as agents see it
   */
  public static Conversation decide(
      Conversation conversation, Message message, List<Message> others, String label, Instant now) {
    Conversation without =
        conversation.withCounts(conversation.messages() - 1, conversation.unread());
    String preview = others.isEmpty() ? "" : others.get(0).preview();
    return Unanswering.decide(without, message, others, now)
        .withLastMessageAt(others.isEmpty() ? conversation.openedAt() : others.get(0).at())
        .withParticipants(remaining(conversation.participants(), message, others))
        .withExchange(conversation.exchange().withNewest(label, preview));
  }

  private static Set<Address> remaining(
      Collection<Address> participants, Message message, List<Message> others) {
    Set<EmailAddress> gone = peopleOf(message);
    Set<EmailAddress> stay = new HashSet<>();
    others.forEach(other -> stay.addAll(peopleOf(other)));
    Set<Address> remaining = new LinkedHashSet<>(participants);
    remaining.removeIf(each -> gone.contains(each) && !stay.contains(each));
    return remaining;
  }

  private static Set<EmailAddress> peopleOf(Message message) {
    MailHeaders headers = message.headers();
    Set<EmailAddress> people = new HashSet<>();
    Stream.of(headers.from(), headers.replyTo(), headers.to(), headers.cc())
        .flatMap(List::stream)
        .map(NamedAddress::address)
        .forEach(people::add);
    return people;
  }
}
