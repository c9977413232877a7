package io.engage.core.erasing;

import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what is left of a conversation when messages of it are erased. */
public final class Erasing {

  /**
   * Whether a conversation is a person's as a whole, so that all of it goes: it is linked to them,
   * or nobody else takes part. Of others only the messages go that concern them.
   */
  public boolean isTheirs(Conversation conversation, Person person) {
    CustomerId customer = conversation.state().customer();
    boolean linked = customer != null && person.customers().contains(customer);
    return linked
        || (!conversation.participants().isEmpty()
            && conversation.participants().stream().allMatch(person::isReachedAt));
  }

  /** When nothing else is left of it. */
  public Conversation emptied(Conversation conversation, List<Message> erased) {
    return counted(conversation, erased).erased();
  }

  /** When more of it is to be erased, or the rest stays and names none of the erased. */
  public Conversation counted(Conversation conversation, List<Message> erased) {
    List<Message> shown = erased.stream().filter(each -> !each.state().deleted()).toList();
    int unread = (int) shown.stream().filter(Erasing::isUnread).count();
    return conversation.withCounts(
        Math.max(0, conversation.messages() - shown.size()),
        Math.max(0, conversation.unread() - unread));
  }

  /**
   * When the rest stays, which is with others.
   *
   * @param newest of the rest; null when none of it is shown
   */
  public Conversation without(
      Person person, Conversation conversation, List<Message> erased, @Nullable Message newest) {
    Set<Address> others = new LinkedHashSet<>(conversation.participants());
    others.removeIf(person::isReachedAt);
    Conversation.Exchange exchange = conversation.exchange();
    return renewed(counted(conversation, erased), newest)
        .withParticipants(others)
        .withExchange(
            renewed(exchange, newest)
                .withCopies(without(person, exchange.cc()), without(person, exchange.bcc())));
  }

  /** When the rest stays, which is newer. */
  public Conversation renewed(Conversation conversation, @Nullable Message newest) {
    return conversation.withExchange(renewed(conversation.exchange(), newest));
  }

  /** What a list shows is of a message that stays. */
  private static Conversation.Exchange renewed(
      Conversation.Exchange exchange, @Nullable Message newest) {
    return newest == null
        ? exchange.withNewest("", "")
        : exchange.withNewest(labelOf(newest), newest.preview());
  }

  private static String labelOf(Message message) {
    return message.phone() != null
        ? message.phone().value()
        : message.headers().from().stream().findFirst().map(NamedAddress::label).orElse("");
  }

  private static List<NamedAddress> without(Person person, List<NamedAddress> people) {
    return people.stream().filter(each -> !person.isReachedAt(each.address())).toList();
  }

  private static boolean isUnread(Message message) {
    return message.direction() == Direction.INBOUND && !message.state().read();
  }
}
