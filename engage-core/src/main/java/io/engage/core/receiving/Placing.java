package io.engage.core.receiving;

import io.engage.core.receiving.Receiving.Turn;
import io.engage.core.threading.Belonging;
import io.engage.core.threading.Belonging.Join;
import io.engage.core.threading.Subjects;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings.CompletedAnswered;
import io.engage.model.message.Channel;
import io.engage.model.message.Message;
import io.engage.model.message.MessageKind;
import io.engage.model.sms.SmsLine;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides into which conversation of an inbox a message goes: the one it belongs to, or a new one.
 * Where a new message does not reopen what is completed, it goes to the one that follows it.
 */
final class Placing {
  private Placing() {}

  /**
   * Where a message goes.
   *
   * @param joined the fact that says why
   * @param isNew whether the conversation was opened for it
   */
  record Place(Conversation conversation, AuditFact joined, boolean isNew, boolean isReopened) {
    /** Whether somebody waits for an answer from then on, or still: it is not merely filed. */
    boolean isAwaited() {
      return !(joined instanceof AuditFact.FiledUnder);
    }
  }

  static Place decide(
      Arrival.Readable arrival, Destination destination, Belonging belonging, Turn turn) {
    InboxId inbox = destination.inbox().id();
    boolean isFromPerson = arrival.classification().kind().isFromPerson();
    if (isFromPerson && destination.ruled().startsConversation()) {
      return opened(arrival, destination, "a rule starts a conversation with it", turn);
    }
    Optional<Place> existing = existing(arrival, inbox, belonging, turn);
    boolean another =
        destination.inbox().settings().completedAnswered() == CompletedAnswered.OPENS_ANOTHER;
    if (another && existing.filter(Place::isReopened).isPresent()) {
      return successor(arrival, existing.get().conversation(), turn)
          .orElseGet(
              () ->
                  opened(
                      arrival, destination, "the conversation that it answers is completed", turn));
    }
    return existing.orElseGet(() -> opened(arrival, destination, belonging.otherwise(), turn));
  }

  /** Whether it belongs to a conversation of this inbox; a text, to an open one. */
  static boolean belongs(Arrival.Readable arrival, InboxId inbox, Belonging belonging, Turn turn) {
    return existing(arrival, inbox, belonging, turn)
        .filter(place -> Filing.phone(arrival) == null || !place.conversation().isCompleted())
        .isPresent();
  }

  /** Whether its conversation is completed, and another one has to be opened in its place. */
  static boolean opensAnother(
      Arrival.Readable arrival, Inbox inbox, Belonging belonging, Turn turn) {
    return inbox.settings().completedAnswered() == CompletedAnswered.OPENS_ANOTHER
        && existing(arrival, inbox.id(), belonging, turn)
            .filter(Place::isReopened)
            .filter(place -> successor(arrival, place.conversation(), turn).isEmpty())
            .isPresent();
  }

  private static Optional<Place> existing(
      Arrival.Readable arrival, InboxId inbox, Belonging belonging, Turn turn) {
    MessageKind kind = arrival.classification().kind();
    return about(arrival, inbox, turn)
        .or(() -> joined(belonging, inbox, kind, turn))
        .or(() -> smsJoined(arrival, inbox, turn));
  }

  /**
   * The open conversation that another answer to the same message opened, when whoever writes now
   * has part in it.
   */
  private static Optional<Place> successor(
      Arrival.Readable arrival, Conversation completed, Turn turn) {
    return arrival.parsed().headers().ancestors().stream()
        .flatMap(id -> turn.draft().naming(id).stream())
        .map(Message::conversation)
        .distinct()
        .flatMap(id -> turn.draft().conversation(id).stream())
        .filter(each -> each.inbox().equals(completed.inbox()) && !each.isCompleted())
        .filter(each -> Filing.hasPart(arrival, each))
        .findFirst()
        .map(
            found ->
                new Place(
                    found,
                    new AuditFact.ConversationJoined(
                        "it answers a completed conversation, which this one follows"),
                    false,
                    false));
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
    String reason = "it comes from the number of this conversation";
    return Optional.ofNullable(Filing.phone(arrival))
        .flatMap(number -> turn.draft().sms(number, inbox))
        .map(
            found ->
                arrival.isKeyword(turn.known().texts())
                    ? filedUnder(found, reason)
                    : new Place(
                        found,
                        new AuditFact.ConversationJoined(reason),
                        false,
                        found.isCompleted()));
  }

  private static Place filedUnder(Conversation found, String reason) {
    return new Place(found, new AuditFact.FiledUnder(reason), false, false);
  }

  /** An automatic message that belongs to nothing is kept, but nobody has to complete it. */
  private static Place opened(
      Arrival.Readable arrival, Destination destination, String because, Turn turn) {
    MessageKind kind = arrival.classification().kind();
    boolean keyword = arrival.isKeyword(turn.known().texts());
    boolean waits = (kind.isFromPerson() && !keyword) || kind == MessageKind.BULK;
    Instant at = arrival.mail().receivedAt();
    Conversation.State state =
        waits ? Conversation.State.NEW : Conversation.State.NEW.withCompletedAt(turn.now());
    Conversation conversation =
        new Conversation(
            ConversationId.of(turn.newIds().get()),
            destination.inbox().id(),
            Filing.phone(arrival) == null ? Channel.EMAIL : Channel.SMS,
            subject(arrival.parsed().headers().subject()),
            Set.of(),
            0,
            0,
            at,
            at,
            Conversation.Exchange.NONE
                .through(line(arrival, destination, turn))
                .of(campaign(arrival)),
            state,
            0);
    AuditFact fact =
        waits
            ? new AuditFact.ConversationOpened(because(arrival, because))
            : new AuditFact.FiledUnder(
                keyword
                    ? "it is a keyword and belongs to no conversation"
                    : "it is automatic and belongs to no conversation");
    return new Place(conversation, fact, true, false);
  }

  private static @Nullable CampaignId campaign(Arrival.Readable arrival) {
    return arrival.origin() == null ? null : arrival.origin().campaign();
  }

  private static String because(Arrival.Readable arrival, String otherwise) {
    return arrival.origin() == null
        ? otherwise
        : "it answers a mail of campaign '%s'".formatted(arrival.origin().name());
  }

  /** The number that a text was sent to, as far as its inbox has one. */
  private static @Nullable PhoneNumber line(
      Arrival.Readable arrival, Destination destination, Turn turn) {
    return Filing.phone(arrival) == null
        ? null
        : turn.known().inboxes(Set.of(destination.ruledBy())).stream()
            .flatMap(inbox -> Stream.ofNullable(inbox.settings().sms()))
            .map(SmsLine::number)
            .findFirst()
            .orElse(null);
  }

  private static String subject(String subject) {
    return Subjects.base(ConversationNumber.removeFrom(subject));
  }
}
