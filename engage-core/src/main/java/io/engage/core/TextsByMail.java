package io.engage.core;

import io.engage.core.TextQueue.Queued;
import io.engage.core.consenting.Hearing.Heard;
import io.engage.core.consenting.Hearing.Said;
import io.engage.core.receiving.Arrival;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Suppression;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.sms.SmsConsent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hears what texts that came as mail say about consent, as if the gateway had handed them in: for
 * inboxes with a number, because consent is given to a number.
 */
final class TextsByMail {
  private final Parts parts;

  TextsByMail(Parts parts) {
    this.parts = parts;
  }

  /** What a batch changes, with what its texts said. */
  record Result(
      List<Conversation> conversations,
      List<Message> messages,
      List<SmsConsent> consents,
      Set<Suppression> lifted,
      List<OutboxEntry> outbox,
      List<Occurrence> occurrences) {}

  /**
   * @param conversations new and changed ones of the batch
   * @param messages new and changed ones of the batch
   */
  Result hear(List<Conversation> conversations, List<Message> messages, List<Arrival> arrivals) {
    Map<InboxId, Inbox> lines = new HashMap<>();
    List<Message> texts = messages.stream().filter(TextsByMail::isText).toList();
    if (!texts.isEmpty()) {
      parts.storage().inboxes().inboxes().stream()
          .filter(inbox -> inbox.settings().sms() != null)
          .forEach(inbox -> lines.put(inbox.id(), inbox));
    }
    Map<MessageId, Heed> heard = new LinkedHashMap<>();
    if (!lines.isEmpty()) {
      texts.stream()
          .sorted(Comparator.comparing(Message::at))
          .forEach(text -> heard.put(text.id(), heed(text, conversations, lines)));
    }
    return heard.isEmpty()
        ? new Result(conversations, messages, List.of(), Set.of(), List.of(), List.of())
        : new Session(new Batch(conversations, messages), heard).hear(words(arrivals));
  }

  /** To which of our numbers it was sent, and the inbox that has this number. */
  private record Line(Inbox inbox, PhoneNumber ours, PhoneNumber theirs) {
    TextHearing.Line spoken() {
      return new TextHearing.Line(ours, theirs);
    }
  }

  /**
   * To whom a text speaks.
   *
   * @param isAddressed whether it was sent to one of our numbers; else it may speak to each of them
   *     with which its sender ever texted
   */
  private record Heed(List<Line> lines, boolean isAddressed) {}

  private static Heed heed(
      Message text, List<Conversation> conversations, Map<InboxId, Inbox> lines) {
    PhoneNumber theirs = Objects.requireNonNull(text.phone(), "phone");
    return line(text, conversations, lines)
        .map(line -> new Heed(List.of(line), true))
        .orElseGet(
            () ->
                new Heed(
                    lines.values().stream()
                        .map(inbox -> new Line(inbox, ours(inbox), theirs))
                        .toList(),
                    false));
  }

  /** The number of its conversation, else that of the inbox that it came to. */
  private static Optional<Line> line(
      Message text, List<Conversation> conversations, Map<InboxId, Inbox> lines) {
    PhoneNumber theirs = Objects.requireNonNull(text.phone(), "phone");
    return conversations.stream()
        .filter(each -> each.id().equals(text.conversation()))
        .flatMap(each -> Stream.ofNullable(each.exchange().line()))
        .findFirst()
        .or(() -> Optional.ofNullable(lines.get(text.inbox())).map(TextsByMail::ours))
        .flatMap(
            ours ->
                lines.values().stream()
                    .filter(inbox -> ours(inbox).equals(ours))
                    .map(inbox -> new Line(inbox, ours, theirs))
                    .findFirst());
  }

  private record Batch(List<Conversation> conversations, List<Message> messages) {}

  private static boolean isText(Message message) {
    return message.kind() == MessageKind.SMS
        && message.direction() == Direction.INBOUND
        && message.version() == 0
        && message.phone() != null;
  }

  private static Map<ContentDigest, String> words(List<Arrival> arrivals) {
    Map<ContentDigest, String> words = new HashMap<>();
    for (Arrival arrival : arrivals) {
      if (arrival instanceof Arrival.Readable readable && readable.classification().sms() != null) {
        words.put(readable.mail().source().digest(), readable.classification().sms().text());
      }
    }
    return words;
  }

  private static PhoneNumber ours(Inbox inbox) {
    return Objects.requireNonNull(inbox.settings().sms(), "sms").number();
  }

  /** One batch. */
  private final class Session {
    private final Map<MessageId, Heed> heeded;
    private final TextQueue queue;
    private final TextHearing hearing;
    private final Map<ConversationId, Conversation> conversations = new LinkedHashMap<>();
    private final Map<MessageId, Message> messages = new LinkedHashMap<>();
    private final List<OutboxEntry> outbox = new ArrayList<>();
    private final List<Occurrence> occurrences = new ArrayList<>();

    Session(Batch batch, Map<MessageId, Heed> heeded) {
      this.heeded = heeded;
      this.queue =
          TextQueue.ofMany(
              parts,
              batch.conversations().stream()
                  .flatMap(each -> Stream.ofNullable(each.state().customer()))
                  .collect(Collectors.toSet()));
      this.hearing =
          new TextHearing(
              parts,
              heeded.values().stream()
                  .flatMap(each -> each.lines().stream())
                  .map(Line::spoken)
                  .distinct()
                  .toList(),
              queue);
      batch.conversations().forEach(each -> conversations.put(each.id(), each));
      batch.messages().forEach(each -> messages.put(each.id(), each));
    }

    Result hear(Map<ContentDigest, String> words) {
      heeded.forEach(
          (id, heed) -> {
            Message text = Objects.requireNonNull(messages.get(id), "text");
            String said = words.getOrDefault(text.source().digest(), text.preview());
            if (heed.isAddressed()) {
              hear(text, heed.lines().get(0), said);
            } else {
              heed.lines().forEach(line -> overhear(text, line, said));
            }
          });
      if (!outbox.isEmpty()) {
        queue.force();
      }
      return new Result(
          List.copyOf(conversations.values()),
          List.copyOf(messages.values()),
          hearing.changed(),
          hearing.lifted(),
          outbox,
          occurrences);
    }

    private void hear(Message text, Line line, String words) {
      Said said = new Said(words, text.at(), text.id().value());
      Heard heard = hearing.hear(line.ours(), line.theirs(), said);
      AuditSubject subject = AuditSubject.of(text.inbox(), text.conversation(), text.id());
      heard.facts().forEach(fact -> occurrences.add(new Occurrence(subject, fact)));
      Conversation place = conversations.get(text.conversation());
      if (place != null) {
        Conversation settled = heard.isWork() ? place : read(text, place);
        settled = settled.withExchange(settled.exchange().through(line.ours()));
        conversations.put(settled.id(), settled);
        hearing.answer(heard, said, line.inbox(), settled).ifPresent(this::add);
      }
    }

    /** It was sent to none of our numbers, so it is answered by none. */
    private void overhear(Message text, Line line, String words) {
      AuditSubject subject = AuditSubject.of(text.inbox(), text.conversation(), text.id());
      hearing
          .overhear(line.spoken(), new Said(words, text.at(), text.id().value()))
          .forEach(fact -> occurrences.add(new Occurrence(subject, fact)));
    }

    /** Nobody has to look at a keyword. */
    private Conversation read(Message text, Conversation place) {
      if (text.state().read()) {
        return place;
      }
      messages.put(text.id(), text.withState(text.state().withRead(true)));
      return place.withCounts(place.messages(), Math.max(0, place.unread() - 1));
    }

    private void add(Queued answer) {
      messages.put(answer.message().id(), answer.message());
      conversations.put(answer.conversation().id(), answer.conversation());
      outbox.add(answer.entry());
      occurrences.add(answer.occurrence());
    }
  }
}
