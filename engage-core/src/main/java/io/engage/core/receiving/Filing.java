package io.engage.core.receiving;

import io.engage.core.linking.Linking;
import io.engage.core.linking.Linking.Link;
import io.engage.core.receiving.Placing.Place;
import io.engage.core.receiving.Receiving.Turn;
import io.engage.core.threading.Belonging;
import io.engage.core.trusting.Trusting.Trust;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a new message of a mail, in one inbox: finds or opens its conversation, links it, and says
 * so. Only what a person wrote opens or reopens anything.
 */
final class Filing {
  private static final String REPEATED =
      "; another message with other content carries the same Message-ID";

  private final Linking linking;

  Filing(Linking linking) {
    this.linking = linking;
  }

  /** What a mail became. */
  record Filed(Message message, Conversation conversation, boolean isOpened) {}

  Filed file(
      Arrival.Readable arrival,
      Destination destination,
      Belonging belonging,
      Trust trust,
      Turn turn) {
    MessageId id = MessageId.of(turn.newIds().get());
    Place place = Placing.decide(arrival, destination, belonging, turn);
    Link link = link(arrival, place.conversation(), trust, turn);
    Message message = message(arrival, id, place.conversation(), trust, link);
    Conversation plain = filed(place, message, link, turn);
    Conversation filed =
        Exchanging.decide(
            place,
            plain,
            message,
            hasPart(arrival, place.conversation()),
            address -> isOurs(address, turn.known().all()));
    turn.draft().put(message);
    if (message.phone() != null && place.isNew()) {
      turn.draft().rememberSms(message.phone(), filed);
    }
    note(arrival, trust, place, message, link, turn);
    noteCopies(place, filed, turn);
    Conversation ruled =
        Obeying.decide(destination.ruled(), filed, message, turn.draft(), turn.now());
    turn.draft().put(ruled);
    return new Filed(message, ruled, place.isNew());
  }

  private Link link(Arrival.Readable arrival, Conversation conversation, Trust trust, Turn turn) {
    if (!arrival.classification().kind().isFromPerson()) {
      return new Link.Unlinked("it was not written by a person");
    }
    if (conversation.isSideThread()) {
      return new Link.Unlinked("it is beside a conversation, where no customer sees it");
    }
    List<CustomerId> candidates =
        arrival
            .sender()
            .map(sender -> turn.known().customers().getOrDefault(sender, List.of()))
            .orElse(List.of());
    return linking.decide(
        new Linking.Sender(arrival.sender().orElse(null), candidates, trust.level()), conversation);
  }

  static boolean hasPart(Arrival.Readable arrival, Conversation conversation) {
    return arrival.sender().stream()
        .anyMatch(
            sender ->
                conversation.participants().stream()
                    .anyMatch(each -> each.value().equalsIgnoreCase(sender.value())));
  }

  private static Message message(
      Arrival.Readable arrival, MessageId id, Conversation conversation, Trust trust, Link link) {
    PhoneNumber phone = phone(arrival);
    CustomerId customer = link instanceof Link.Linked linked ? linked.customer() : null;
    return new Message(
        id,
        conversation.id(),
        conversation.inbox(),
        phone == null ? Channel.EMAIL : Channel.SMS,
        Direction.INBOUND,
        arrival.classification().kind(),
        trust.level(),
        arrival.parsed().headers(),
        phone,
        Previews.of(words(arrival)),
        arrival.parsed().attachments(),
        arrival.mail().source(),
        arrival.mail().receivedAt(),
        new Message.State(isRead(arrival), Removal.NONE, customer, arrival.uid(), Delivery.NONE),
        0);
  }

  /** Automatic answers ask nobody to look; a mail of ours that came back does. */
  private static boolean isRead(Arrival.Readable arrival) {
    return arrival.mail().seen() || !arrival.classification().kind().isWorthALook();
  }

  private static Conversation filed(Place place, Message message, Link link, Turn turn) {
    Conversation with =
        place
            .conversation()
            .withMessage(message.at(), !message.state().read(), people(message, turn));
    Conversation awaited = place.isAwaited() ? with.awaited(message.at(), turn.now()) : with;
    return link instanceof Link.Linked linked && awaited.state().customer() == null
        ? awaited.withState(awaited.state().withCustomer(linked.customer()))
        : awaited;
  }

  /** Everybody outside who wrote it or got it: their answers belong to the conversation too. */
  private static Set<Address> people(Message message, Turn turn) {
    Set<Address> people = new LinkedHashSet<>();
    if (message.phone() != null) {
      people.add(message.phone());
    } else if (message.kind().isFromPerson() && message.trust() != TrustLevel.SUSPICIOUS) {
      MailHeaders headers = message.headers();
      Stream.of(headers.from(), headers.replyTo(), headers.to(), headers.cc())
          .flatMap(List::stream)
          .map(NamedAddress::address)
          .filter(address -> !isOurs(address, turn.known().all()))
          .forEach(people::add);
    }
    return people;
  }

  private static boolean isOurs(EmailAddress address, List<Inbox> inboxes) {
    return inboxes.stream().anyMatch(inbox -> inbox.owns(address));
  }

  /** Anybody may repeat a Message-ID: other bytes are another message, and it says so. */
  private static boolean repeatsMessageId(Message message, Turn turn) {
    RfcMessageId id = message.headers().messageId();
    return id != null
        && turn.draft().messages(id).stream()
            .anyMatch(each -> !each.source().digest().equals(message.source().digest()));
  }

  private static void note(
      Arrival.Readable arrival, Trust trust, Place place, Message message, Link link, Turn turn) {
    AuditSubject subject = AuditSubject.of(message.inbox(), message.conversation(), message.id());
    String evidence =
        arrival.classification().evidence()
            + "; sender "
            + trust.level().code()
            + ": "
            + trust.evidence()
            + (repeatsMessageId(message, turn) ? REPEATED : "");
    turn.draft().note(subject, new AuditFact.Received(message.kind().code(), evidence));
    turn.draft().note(subject, place.joined());
    if (place.isReopened()) {
      turn.draft()
          .note(
              AuditSubject.of(message.inbox(), message.conversation()),
              new AuditFact.Reopened("the customer wrote again"));
    }
    if (link instanceof Link.Linked linked) {
      turn.draft()
          .note(subject, new AuditFact.LinkedToCustomer(linked.customer(), linked.reason()));
    }
  }

  /** Who gets copies of answers from now on is seen in the trail, not only in the form. */
  private static void noteCopies(Place place, Conversation filed, Turn turn) {
    Conversation.Exchange before = place.conversation().exchange();
    Conversation.Exchange after = filed.exchange();
    if (!place.isNew() && !(before.cc().equals(after.cc()) && before.bcc().equals(after.bcc()))) {
      turn.draft()
          .note(
              AuditSubject.of(filed.inbox(), filed.id()),
              new AuditFact.CopiesChanged(after.cc().size(), after.bcc().size()));
    }
  }

  /** What somebody wrote: of a text message without what its gateway put around it. */
  private static String words(Arrival.Readable arrival) {
    return arrival.classification().sms() == null
        ? arrival.visible()
        : arrival.classification().sms().text();
  }

  static @Nullable PhoneNumber phone(Arrival.Readable arrival) {
    return arrival.classification().sms() == null ? null : arrival.classification().sms().number();
  }
}
