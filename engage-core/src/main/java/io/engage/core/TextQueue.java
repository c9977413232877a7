package io.engage.core;

import io.engage.core.answering.Standing;
import io.engage.core.receiving.Previews;
import io.engage.core.templating.FilledTemplate;
import io.engage.core.templating.Values;
import io.engage.core.texting.Texting;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
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
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.outbox.OutboxTask.SendSms.Purpose;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a message and its task of a text of ours; whoever asks commits them. */
final class TextQueue {
  private final Parts parts;
  private final @Nullable Map<CustomerId, String> names;

  /** Each text is on the disk when it is queued. */
  TextQueue(Parts parts) {
    this(parts, null);
  }

  private TextQueue(Parts parts, @Nullable Map<CustomerId, String> names) {
    this.parts = parts;
    this.names = names;
  }

  /**
   * For many texts to these customers: their names are asked for once, and the texts are forced to
   * the disk by {@link #force}, before they are committed.
   */
  static TextQueue ofMany(Parts parts, Set<CustomerId> customers) {
    return new TextQueue(
        parts,
        customers.isEmpty()
            ? Map.of()
            : parts.customers().findByIds(customers).stream()
                .collect(Collectors.toMap(Customer::id, Customer::name, (one, same) -> one)));
  }

  void force() {
    parts.blobs().makeDurable();
  }

  /**
   * A text of ours.
   *
   * @param author as agents see whoever wrote it
   */
  record Text(PhoneNumber from, PhoneNumber to, String words, Purpose purpose, String author) {
    @Override
    public String toString() {
      return "Text[" + purpose.code() + "]";
    }
  }

  /** What has to be committed. */
  record Queued(
      Message message, Conversation conversation, OutboxEntry entry, Occurrence occurrence) {}

  Queued queue(Text text, Conversation conversation) {
    Instant now = parts.clock().instant();
    Instant at = Standing.decide(conversation, now);
    Message message = message(text, conversation, store(text.words()), at);
    Conversation with =
        conversation
            .withMessage(at, false, Set.of(text.to()))
            .withExchange(
                conversation
                    .exchange()
                    .withNewest(text.author(), message.preview())
                    .through(text.from()));
    int segments = Texting.decide(text.words()).segments().size();
    return new Queued(
        message,
        with,
        new OutboxEntry(
            Dispatching.firstTry(message.id()),
            AccountId.SMS,
            new OutboxTask.SendSms(
                message.id(), text.from(), text.to(), message.source(), text.purpose()),
            now,
            0),
        new Occurrence(
            AuditSubject.of(message.inbox(), message.conversation(), message.id()),
            new AuditFact.SmsQueued(text.purpose().code(), segments)));
  }

  /** A text of the host's, with its fields filled in as far as they are known. */
  String filled(String template, Inbox inbox, Conversation conversation) {
    FilledTemplate filled = FilledTemplate.decide("", template, null, values(inbox, conversation));
    return filled instanceof FilledTemplate.Complete complete ? complete.text() : template;
  }

  private Map<String, String> values(Inbox inbox, Conversation conversation) {
    CustomerId customer = conversation.state().customer();
    return names == null
        ? new Filling(parts)
            .values(inbox, conversation.id(), conversation.subject(), customer, null, null)
        : Values.decide(
            new Values.Facts(
                inbox,
                customer == null ? null : names.get(customer),
                null,
                null,
                conversation.subject(),
                conversation.id(),
                parts.clock().instant()));
  }

  Blob store(String words) {
    try {
      Blob source =
          parts.blobs().put(new ByteArrayInputStream(words.getBytes(StandardCharsets.UTF_8)));
      if (names == null) {
        force();
      }
      return source;
    } catch (IOException impossible) {
      throw new IllegalStateException("Bytes in memory can always be read", impossible);
    }
  }

  /** What was stored. */
  String words(Blob source) {
    try (InputStream stored = parts.blobs().open(source.digest())) {
      return new String(stored.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new PortFailure(
          "The blob store could not read the text '%s'".formatted(source.digest()),
          true,
          unreadable);
    }
  }

  private Message message(Text text, Conversation conversation, Blob source, Instant at) {
    return new Message(
        MessageId.of(parts.ids().next()),
        conversation.id(),
        conversation.inbox(),
        Channel.SMS,
        Direction.OUTBOUND,
        text.purpose() == Purpose.KEYWORD_ANSWER ? MessageKind.AUTO_REPLY : MessageKind.PERSON,
        TrustLevel.VERIFIED,
        MailHeaders.EMPTY,
        text.to(),
        Previews.of(text.words()),
        List.of(),
        source,
        at,
        new Message.State(
            true, Removal.NONE, conversation.state().customer(), null, Delivery.QUEUED),
        0);
  }
}
