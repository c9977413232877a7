package io.engage.core.receiving;

import io.engage.core.linking.Linking;
import io.engage.core.linking.Linking.Link;
import io.engage.core.receiving.Receiving.Turn;
import io.engage.core.threading.Belonging;
import io.engage.core.threading.Belonging.Join;
import io.engage.core.threading.Subjects;
import io.engage.core.trusting.Trusting.Trust;
import io.engage.model.address.Address;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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

  MessageId file(
      Arrival.Readable arrival, InboxId inbox, Belonging belonging, Trust trust, Turn turn) {
    MessageId id = MessageId.of(turn.newIds().get());
    Place place = place(arrival, inbox, belonging, turn);
    Link link = link(arrival, place.conversation(), trust, turn);
    Message message = message(arrival, id, place.conversation(), trust, link);
    Conversation filed = filed(place, message, link, turn);
    turn.draft().put(message);
    turn.draft().put(filed);
    if (message.phone() != null && place.isNew()) {
      turn.draft().rememberSms(message.phone(), filed);
    }
    note(arrival, trust, place, message, link, turn);
    return id;
  }

  /**
   * Where a message goes.
   *
   * @param joined the fact that says why
   * @param isNew whether the conversation was opened for it
   */
  private record Place(
      Conversation conversation, AuditFact joined, boolean isNew, boolean isReopened) {}

  private static Place place(
      Arrival.Readable arrival, InboxId inbox, Belonging belonging, Turn turn) {
    MessageKind kind = arrival.classification().kind();
    Optional<Place> existing =
        about(arrival, inbox, turn)
            .or(() -> joined(belonging, inbox, kind, turn))
            .or(() -> smsJoined(arrival, inbox, turn));
    return existing.orElseGet(() -> opened(arrival, inbox, belonging, turn));
  }

  /** A report goes to the message that it speaks of. */
  private static Optional<Place> about(Arrival.Readable arrival, InboxId inbox, Turn turn) {
    return arrival
        .about()
        .flatMap(id -> Receiving.reportedOn(id, turn.draft()))
        .filter(own -> own.inbox().equals(inbox))
        .flatMap(own -> turn.draft().conversation(own.conversation()))
        .map(found -> filedUnder(found, "it reports on a message of this conversation"));
  }

  private static Optional<Place> joined(
      Belonging belonging, InboxId inbox, MessageKind kind, Turn turn) {
    Optional<Join> join = belonging.in(inbox);
    return join.flatMap(
        found ->
            turn.draft()
                .conversation(found.conversation())
                .map(
                    conversation ->
                        kind.isFromPerson()
                            ? new Place(
                                conversation,
                                new AuditFact.ConversationJoined(found.reason()),
                                false,
                                conversation.isCompleted())
                            : filedUnder(conversation, found.reason())));
  }

  private static Optional<Place> smsJoined(Arrival.Readable arrival, InboxId inbox, Turn turn) {
    return Optional.ofNullable(phone(arrival))
        .flatMap(number -> turn.draft().openSms(number, inbox))
        .map(
            found ->
                new Place(
                    found,
                    new AuditFact.ConversationJoined(
                        "it comes from the number of this conversation"),
                    false,
                    false));
  }

  private static Place filedUnder(Conversation found, String reason) {
    return new Place(found, new AuditFact.FiledUnder(reason), false, false);
  }

  /** An automatic message that belongs to nothing is kept, but nobody has to complete it. */
  private static Place opened(
      Arrival.Readable arrival, InboxId inbox, Belonging belonging, Turn turn) {
    MessageKind kind = arrival.classification().kind();
    boolean waits = kind.isFromPerson() || kind == MessageKind.BULK;
    Instant at = arrival.mail().receivedAt();
    Conversation.State state =
        waits ? Conversation.State.NEW : Conversation.State.NEW.withCompletedAt(turn.now());
    Conversation conversation =
        new Conversation(
            ConversationId.of(turn.newIds().get()),
            inbox,
            phone(arrival) == null ? Channel.EMAIL : Channel.SMS,
            subject(arrival.parsed().headers().subject()),
            Set.of(),
            0,
            0,
            at,
            at,
            Conversation.Exchange.NONE,
            state,
            0);
    AuditFact fact =
        waits
            ? new AuditFact.ConversationOpened(belonging.otherwise())
            : new AuditFact.FiledUnder("it is automatic and belongs to no conversation");
    return new Place(conversation, fact, true, false);
  }

  private static String subject(String subject) {
    return Subjects.base(ConversationNumber.removeFrom(subject));
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
    Conversation.State state = with.state();
    if (place.isReopened()) {
      state = state.withCompletedAt(null);
    }
    if (link instanceof Link.Linked linked && state.customer() == null) {
      state = state.withCustomer(linked.customer());
    }
    return with.withState(state);
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
          .filter(address -> !isOurs(address, turn.known().inboxes()))
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

  /** What somebody wrote: of a text message without what its gateway put around it. */
  private static String words(Arrival.Readable arrival) {
    return arrival.classification().sms() == null
        ? arrival.visible()
        : arrival.classification().sms().text();
  }

  private static @Nullable PhoneNumber phone(Arrival.Readable arrival) {
    return arrival.classification().sms() == null ? null : arrival.classification().sms().number();
  }
}
