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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
    List<Message> heard =
        texts.stream()
            .filter(text -> lines.containsKey(text.inbox()))
            .sorted(Comparator.comparing(Message::at))
            .toList();
    return heard.isEmpty()
        ? new Result(conversations, messages, List.of(), Set.of(), List.of(), List.of())
        : new Session(new Batch(conversations, messages), lines, heard).hear(words(arrivals));
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

  private static PhoneNumber theirs(Message text) {
    return Objects.requireNonNull(text.phone(), "phone");
  }

  private static TextHearing.Line line(Message text, Inbox inbox) {
    return new TextHearing.Line(ours(inbox), theirs(text));
  }

  /** One batch. */
  private final class Session {
    private final Map<InboxId, Inbox> lines;
    private final List<Message> texts;
    private final TextHearing hearing;
    private final Map<ConversationId, Conversation> conversations = new LinkedHashMap<>();
    private final Map<MessageId, Message> messages = new LinkedHashMap<>();
    private final Set<ConversationId> withWork = new HashSet<>();
    private final List<OutboxEntry> outbox = new ArrayList<>();
    private final List<Occurrence> occurrences = new ArrayList<>();

    Session(Batch batch, Map<InboxId, Inbox> lines, List<Message> texts) {
      this.lines = lines;
      this.texts = texts;
      this.hearing =
          new TextHearing(
              parts,
              texts.stream().map(text -> line(text, inbox(text, lines))).distinct().toList());
      batch.conversations().forEach(each -> conversations.put(each.id(), each));
      batch.messages().forEach(each -> messages.put(each.id(), each));
    }

    private static Inbox inbox(Message text, Map<InboxId, Inbox> lines) {
      return Objects.requireNonNull(lines.get(text.inbox()), "inbox");
    }

    Result hear(Map<ContentDigest, String> words) {
      for (Message text : texts) {
        hear(text, words.getOrDefault(text.source().digest(), text.preview()));
      }
      keywordsOnly().forEach(this::complete);
      return new Result(
          List.copyOf(conversations.values()),
          List.copyOf(messages.values()),
          hearing.changed(),
          hearing.lifted(),
          outbox,
          occurrences);
    }

    private void hear(Message text, String words) {
      Inbox inbox = inbox(text, lines);
      Said said = new Said(words, text.at(), text.id().value());
      Heard heard = hearing.hear(ours(inbox), theirs(text), said);
      AuditSubject subject = AuditSubject.of(text.inbox(), text.conversation(), text.id());
      heard.facts().forEach(fact -> occurrences.add(new Occurrence(subject, fact)));
      Conversation place = conversations.get(text.conversation());
      if (place != null) {
        Conversation settled = heard.isWork() ? place : read(text, place);
        if (heard.isWork()) {
          withWork.add(place.id());
        }
        conversations.put(settled.id(), settled);
        hearing.answer(heard, said, inbox, settled).ifPresent(this::add);
      }
    }

    /** Nobody has to look at a keyword. */
    private Conversation read(Message text, Conversation place) {
      if (text.state().read()) {
        return place;
      }
      messages.put(text.id(), text.withState(text.state().withRead(true)));
      return place.withCounts(place.messages(), Math.max(0, place.unread() - 1));
    }

    /** What was opened for keywords and holds nothing else is nobody's work. */
    private List<Conversation> keywordsOnly() {
      return texts.stream()
          .map(Message::conversation)
          .distinct()
          .filter(id -> !withWork.contains(id))
          .flatMap(id -> Optional.ofNullable(conversations.get(id)).stream())
          .filter(each -> each.version() == 0)
          .toList();
    }

    private void complete(Conversation conversation) {
      conversations.put(
          conversation.id(),
          conversation.withState(conversation.state().withCompletedAt(parts.clock().instant())));
    }

    private void add(Queued answer) {
      messages.put(answer.message().id(), answer.message());
      conversations.put(answer.conversation().id(), answer.conversation());
      outbox.add(answer.entry());
      occurrences.add(answer.occurrence());
    }
  }
}
