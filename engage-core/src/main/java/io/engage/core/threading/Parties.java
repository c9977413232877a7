package io.engage.core.threading;

import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides whether the sender of a mail has part in a conversation. */
final class Parties {
  private final List<EmailAddress> senders;
  private final List<EmailAddress> addressed;

  Parties(Threading.Asked asked) {
    senders = asked.headers().from().stream().map(NamedAddress::address).toList();
    addressed =
        Stream.of(asked.headers().to(), asked.headers().cc())
            .flatMap(List::stream)
            .map(NamedAddress::address)
            .filter(address -> !asked.ours().test(address))
            .toList();
  }

  /**
   * Participants have part, and so has everybody to whom the message answered was sent. So has
   * whoever writes openly to a participant as well: somebody whom a participant told of it answers
   * to all, as on a mailing list.
   *
   * @return what speaks for it, to be added to a reason
   */
  Optional<String> partIn(Conversation conversation, Message answered) {
    if (senderIsIn(conversation) || senderSharesIn(answered)) {
      return Optional.of("");
    }
    return isAny(addressed, conversation.participants()) || addressesPartyTo(answered)
        ? Optional.of(", and it goes to somebody who has part in it")
        : Optional.empty();
  }

  boolean senderIsIn(Conversation conversation) {
    return isAny(senders, conversation.participants());
  }

  boolean isFromSameSender(Message other) {
    return isAny(senders, addresses(other.headers().from()));
  }

  private boolean addressesPartyTo(Message answered) {
    return isAny(addressed, answered.headers().recipients())
        || isAny(addressed, addresses(answered.headers().from()));
  }

  private boolean senderSharesIn(Message answered) {
    return isAny(senders, answered.headers().recipients()) || isFromSameSender(answered);
  }

  private static List<EmailAddress> addresses(List<NamedAddress> people) {
    return people.stream().map(NamedAddress::address).toList();
  }

  /** People type their own address in any case, and their provider takes it. */
  private static boolean isAny(List<EmailAddress> some, Collection<? extends Address> known) {
    for (EmailAddress each : some) {
      for (Address one : known) {
        if (one.value().equalsIgnoreCase(each.value())) {
          return true;
        }
      }
    }
    return false;
  }
}
