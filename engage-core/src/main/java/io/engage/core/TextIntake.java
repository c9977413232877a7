package io.engage.core;

import io.engage.core.TextQueue.Queued;
import io.engage.core.consenting.Hearing;
import io.engage.core.consenting.Hearing.Heard;
import io.engage.core.consenting.Hearing.Said;
import io.engage.core.consenting.Hearing.Speech;
import io.engage.core.linking.Linking;
import io.engage.core.linking.Linking.Link;
import io.engage.core.receiving.Admitting;
import io.engage.core.receiving.Assignment;
import io.engage.core.receiving.Destination;
import io.engage.core.receiving.Obeying;
import io.engage.core.receiving.Previews;
import io.engage.core.receiving.Questionable;
import io.engage.core.receiving.Receiving;
import io.engage.core.receiving.TextPlacing;
import io.engage.core.receiving.TextPlacing.Placed;
import io.engage.core.ruling.Ruled;
import io.engage.core.ruling.Ruling;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a text message of the gateway in: one commit, once, whatever the gateway repeats. */
final class TextIntake {
  private static final Logger LOG = LoggerFactory.getLogger(TextIntake.class);

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
    if (lines.find(SmsArrival.keyOf(sms.gatewayId())).isPresent()) {
      return new Outcome.AlreadySo<>();
    }
    if (lines.inboxAt(sms.to()).isEmpty()) {
      LOG.warn("Text message '{}' was sent to a number that no inbox has", sms.gatewayId());
      return new Outcome.Unknown<>();
    }
    Instant now = parts.clock().instant();
    InboundSms timely = sms.at().isAfter(now) ? sms.withAt(now) : sms;
    Blob source = queue.store(sms.text());
    return parts.committing().retrying(() -> readDecideCommit(timely, source));
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

  private Message file(InboundSms sms, Blob source, Inbox line) {
    MessageId id = MessageId.of(parts.ids().next());
    TextHearing hearing =
        new TextHearing(parts, List.of(new TextHearing.Line(sms.to(), sms.from())));
    Said said = new Said(sms.text(), sms.at(), id.value());
    Heard heard = hearing.hear(sms.to(), sms.from(), said);
    List<CustomerId> candidates = identities.at(sms.from());
    List<Conversation> withNumber = parts.storage().search().sms(Set.of(sms.from()));
    Destination destination =
        destination(sms, source, line, withNumber, !candidates.isEmpty(), hearing);
    Placed placed =
        TextPlacing.decide(
            new TextPlacing.Asked(sms.to(), withNumber, destination, heard.isWork(), sms.at()),
            new Receiving.Moment(parts.clock().instant(), parts.ids()::next));
    Conversation place = placed.conversation();
    Link link =
        linking.decide(new Linking.Sender(sms.from(), candidates, TrustLevel.CLAIMED), place);
    boolean isRead = !heard.isWork() || destination.cause() != null;
    Message message = message(sms, source, place, id, isRead, customerOf(link));
    AuditSubject subject = AuditSubject.of(place.inbox(), place.id(), id);
    List<Occurrence> occurrences = new ArrayList<>();
    occurrences.add(new Occurrence(subject, new AuditFact.Received("sms", "the SMS gateway")));
    occurrences.add(new Occurrence(subject, placed.fact()));
    if (placed.isReopened()) {
      occurrences.add(
          new Occurrence(
              AuditSubject.of(place.inbox(), place.id()),
              new AuditFact.Reopened("the customer wrote again")));
    }
    if (link instanceof Link.Linked linked) {
      occurrences.add(
          new Occurrence(
              subject, new AuditFact.LinkedToCustomer(linked.customer(), linked.reason())));
    }
    Conversation filed = filed(sms, place, message, link);
    Conversation ruled =
        destination.cause() == null
            ? Obeying.decide(
                destination.ruled(), filed, message, trail(occurrences), parts.clock().instant())
            : filed;
    heard.facts().forEach(fact -> occurrences.add(new Occurrence(subject, fact)));
    Optional<Queued> answer = hearing.answer(heard, said, line, ruled);
    answer.ifPresent(each -> occurrences.add(each.occurrence()));
    List<Message> messages = new ArrayList<>(List.of(message));
    answer.ifPresent(each -> messages.add(each.message()));
    InboxChange.Builder change =
        InboxChange.builder()
            .conversations(List.of(answer.map(Queued::conversation).orElse(ruled)))
            .messages(messages)
            .outbox(answer.map(Queued::entry).stream().toList())
            .documents(hearing.changed())
            .document(new SmsArrival(sms.gatewayId(), id, parts.clock().instant(), 0))
            .audit(parts.committing().stamp(Actor.RECEIVING, occurrences));
    hearing.lifted().forEach(change::drop);
    parts.committing().commit(change.build());
    return message.withVersion(1);
  }

  private Obeying.Trail trail(List<Occurrence> occurrences) {
    return new Obeying.Trail() {
      @Override
      public Optional<String> assign(Assignment assignment) {
        InboxId inbox = assignment.inbox();
        return Permitting.refusal(
            parts.permissions().check(assignment.agent(), AgentAction.READ, Set.of(inbox)), inbox);
      }

      @Override
      public void note(AuditSubject about, AuditFact fact) {
        occurrences.add(new Occurrence(about, fact));
      }
    };
  }

  /** Whether the inbox takes it in which the conversation with this number is now. */
  private Destination destination(
      InboundSms sms,
      Blob source,
      Inbox line,
      List<Conversation> withNumber,
      boolean isKnown,
      TextHearing hearing) {
    Optional<Conversation> current = TextPlacing.current(withNumber, sms.to(), line.id());
    Inbox inbox = current.map(Conversation::inbox).flatMap(lines::inbox).orElse(line);
    Speech speech = Hearing.speech(sms.text(), hearing.policy());
    Ruled ruled =
        speech == Speech.KEYWORD
            ? Ruled.NOTHING
            : Ruling.decide(
                inbox.settings().rules(),
                Questionable.ofText(sms.from(), sms.text(), source.size(), sms.at())
                    .in(inbox, isKnown));
    boolean belongs = current.filter(each -> !each.isCompleted()).isPresent();
    return Admitting.decide(
        inbox,
        ruled,
        new Admitting.Credentials(belongs, belongs, false, isKnown, speech),
        lines.inboxes());
  }

  private static Optional<CustomerId> customerOf(Link link) {
    return link instanceof Link.Linked linked ? Optional.of(linked.customer()) : Optional.empty();
  }

  private static Conversation filed(
      InboundSms sms, Conversation place, Message message, Link link) {
    Conversation with =
        place
            .withMessage(message.at(), !message.state().read(), Set.of(sms.from()))
            .withExchange(
                place
                    .exchange()
                    .withNewest(sms.from().value(), message.preview())
                    .through(sms.to()));
    return link instanceof Link.Linked linked && with.state().customer() == null
        ? with.withState(with.state().withCustomer(linked.customer()))
        : with;
  }

  private static Message message(
      InboundSms sms,
      Blob source,
      Conversation place,
      MessageId id,
      boolean isRead,
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
        new Message.State(isRead, Removal.NONE, customer.orElse(null), null, Delivery.NONE),
        0);
  }
}
