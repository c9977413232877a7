package io.engage.core;

import io.engage.core.TextQueue.Queued;
import io.engage.core.consenting.Hearing.Heard;
import io.engage.core.consenting.Hearing.Said;
import io.engage.core.linking.Linking;
import io.engage.core.linking.Linking.Link;
import io.engage.core.receiving.Previews;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.Removal;
import io.engage.model.message.TrustLevel;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.SmsArrival;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes a text message of the gateway in: one commit, once, whatever the gateway repeats. */
final class TextIntake {
  private final Parts parts;
  private final TextLines lines;
  private final TextQueue queue;
  private final Identities identities;
  private final Linking linking = new Linking();

  TextIntake(Parts parts) {
    this.parts = parts;
    this.lines = new TextLines(parts);
    this.queue = new TextQueue(parts);
    this.identities = new Identities(parts);
  }

  Outcome<Message> take(InboundSms sms) {
    Blob source = queue.store(sms.text());
    return parts.committing().retrying(() -> readDecideCommit(sms, source));
  }

  private Outcome<Message> readDecideCommit(InboundSms sms, Blob source) {
    if (lines.find(SmsArrival.keyOf(sms.gatewayId())).isPresent()) {
      return new Outcome.AlreadySo<>();
    }
    Optional<Inbox> inbox = lines.inboxAt(sms.to());
    return inbox.isEmpty()
        ? new Outcome.Unknown<>()
        : new Outcome.Done<>(file(sms, source, inbox.get()));
  }

  private Message file(InboundSms sms, Blob source, Inbox inbox) {
    MessageId id = MessageId.of(parts.ids().next());
    TextHearing hearing =
        new TextHearing(parts, List.of(new TextHearing.Line(sms.to(), sms.from())));
    Said said = new Said(sms.text(), sms.at(), id.value());
    Heard heard = hearing.hear(sms.to(), sms.from(), said);
    Optional<Conversation> open = openWith(sms, inbox);
    Conversation place = open.orElseGet(() -> opened(sms, inbox, heard));
    Link link =
        linking.decide(
            new Linking.Sender(sms.from(), identities.at(sms.from()), TrustLevel.CLAIMED), place);
    Message message = message(sms, source, place, id, heard, customerOf(link));
    Conversation filed = filed(sms, place, message, link);
    Optional<Queued> answer = hearing.answer(heard, said, inbox, filed);
    AuditSubject subject = AuditSubject.of(inbox.id(), place.id(), id);
    List<Occurrence> occurrences = new ArrayList<>();
    occurrences.add(new Occurrence(subject, new AuditFact.Received("sms", "the SMS gateway")));
    occurrences.add(new Occurrence(subject, placed(open.isPresent(), heard)));
    if (link instanceof Link.Linked linked) {
      occurrences.add(
          new Occurrence(
              subject, new AuditFact.LinkedToCustomer(linked.customer(), linked.reason())));
    }
    heard.facts().forEach(fact -> occurrences.add(new Occurrence(subject, fact)));
    answer.ifPresent(each -> occurrences.add(each.occurrence()));
    List<Message> messages = new ArrayList<>(List.of(message));
    answer.ifPresent(each -> messages.add(each.message()));
    InboxChange.Builder change =
        InboxChange.builder()
            .conversations(List.of(answer.map(Queued::conversation).orElse(filed)))
            .messages(messages)
            .outbox(answer.map(Queued::entry).stream().toList())
            .documents(hearing.changed())
            .document(new SmsArrival(sms.gatewayId(), id, parts.clock().instant(), 0))
            .audit(parts.committing().stamp(Actor.RECEIVING, occurrences));
    hearing.lifted().forEach(change::drop);
    parts.committing().commit(change.build());
    return message.withVersion(1);
  }

  private Optional<Conversation> openWith(InboundSms sms, Inbox inbox) {
    return parts.storage().search().openSms(Set.of(sms.from())).stream()
        .filter(each -> each.inbox().equals(inbox.id()) && !each.isSideThread())
        .findFirst();
  }

  /** A keyword that belongs to no open conversation is kept, but nobody has to complete it. */
  private Conversation opened(InboundSms sms, Inbox inbox, Heard heard) {
    return new Conversation(
        ConversationId.of(parts.ids().next()),
        inbox.id(),
        Channel.SMS,
        "",
        Set.of(),
        0,
        0,
        sms.at(),
        sms.at(),
        Conversation.Exchange.NONE,
        heard.isWork()
            ? Conversation.State.NEW
            : Conversation.State.NEW.withCompletedAt(parts.clock().instant()),
        0);
  }

  private static AuditFact placed(boolean isOpen, Heard heard) {
    if (isOpen) {
      return new AuditFact.ConversationJoined("it comes from the number of this conversation");
    }
    return heard.isWork()
        ? new AuditFact.ConversationOpened("no conversation with this number is open")
        : new AuditFact.FiledUnder("it is a keyword and belongs to no open conversation");
  }

  private static Optional<CustomerId> customerOf(Link link) {
    return link instanceof Link.Linked linked ? Optional.of(linked.customer()) : Optional.empty();
  }

  private static Conversation filed(
      InboundSms sms, Conversation place, Message message, Link link) {
    Conversation with =
        place
            .withMessage(message.at(), !message.state().read(), Set.of(sms.from()))
            .withExchange(place.exchange().withNewest(sms.from().value(), message.preview()));
    return link instanceof Link.Linked linked && with.state().customer() == null
        ? with.withState(with.state().withCustomer(linked.customer()))
        : with;
  }

  private static Message message(
      InboundSms sms,
      Blob source,
      Conversation place,
      MessageId id,
      Heard heard,
      Optional<CustomerId> customer) {
    return new Message(
        id,
        place.id(),
        place.inbox(),
        Channel.SMS,
        Direction.INBOUND,
        MessageKind.PERSON,
        TrustLevel.CLAIMED,
        MailHeaders.EMPTY,
        sms.from(),
        Previews.of(sms.text()),
        List.of(),
        source,
        sms.at(),
        new Message.State(
            !heard.isWork(), Removal.NONE, customer.orElse(null), null, Delivery.NONE),
        0);
  }
}
