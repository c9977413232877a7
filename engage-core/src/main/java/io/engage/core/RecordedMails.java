package io.engage.core;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Direction;
import io.engage.model.message.HeaderField;
import io.engage.model.message.Message;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each message as a mail: as it came or went, or, for a text message, one made of it. Numbers
 * stand in it as addresses that can never exist (RFC 2606).
 */
final class RecordedMails {
  private static final String NOWHERE = "sms.invalid";

  private final Parts parts;
  private final Map<InboxId, NamedAddress> senders = new ConcurrentHashMap<>();

  RecordedMails(Parts parts) {
    this.parts = parts;
  }

  /** Its bytes, to be closed; empty when they are gone. */
  Optional<InputStream> open(Message message) {
    return message.isPlainText()
        ? text(message).map(words -> mailOf(message, words))
        : source(message);
  }

  /** What a text message says; empty when its bytes are gone. */
  private Optional<String> text(Message message) {
    return isThere(message) ? Optional.of(ReadText.of(message, parts).text()) : Optional.empty();
  }

  boolean isThere(Message message) {
    return parts.blobs().find(message.source().digest()).isPresent();
  }

  private Optional<InputStream> source(Message message) {
    try {
      return Optional.of(parts.blobs().open(message.source().digest()));
    } catch (NotFound gone) {
      return Optional.empty();
    }
  }

  private InputStream mailOf(Message message, String words) {
    NamedAddress ours = senders.computeIfAbsent(message.inbox(), this::senderOf);
    NamedAddress theirs = addressOf(Objects.requireNonNull(message.phone()));
    boolean inbound = message.direction() == Direction.INBOUND;
    OutboundMessage mail =
        new OutboundMessage(
            idOf(message),
            message.at().atOffset(ZoneOffset.UTC),
            inbound ? theirs : ours,
            List.of(inbound ? ours : theirs),
            List.of(),
            List.of(),
            List.of(),
            "SMS",
            words,
            null,
            List.of(),
            List.of(),
            List.of(new HeaderField("X-Engage-Channel", message.channel().code())),
            List.of());
    try {
      return new ByteArrayInputStream(parts.mail().format().compose(mail));
    } catch (IOException impossible) {
      throw new PortFailure(
          "Text message '%s' could not be written as a mail. Export it as JSON."
              .formatted(message.id()),
          false,
          impossible);
    }
  }

  /** An inbox that has just gone has no address any more. */
  private NamedAddress senderOf(InboxId id) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream()
        .findFirst()
        .map(Inbox::sender)
        .orElseGet(() -> NamedAddress.of(id.value(), "inbox@" + NOWHERE));
  }

  private static NamedAddress addressOf(PhoneNumber number) {
    return new NamedAddress(
        number.value(), EmailAddress.of(number.value().replaceAll("[^+0-9]", "") + "@" + NOWHERE));
  }

  /** The same each time, whatever the host's ids look like. */
  private static RfcMessageId idOf(Message message) {
    byte[] id = message.id().value().getBytes(StandardCharsets.UTF_8);
    return RfcMessageId.of(UUID.nameUUIDFromBytes(id) + "@" + NOWHERE);
  }

  /** Who stands in the mail as its author; empty when nobody does. */
  static String senderOf(Message message) {
    PhoneNumber phone = message.phone();
    if (message.isPlainText() && phone != null && message.direction() == Direction.INBOUND) {
      return addressOf(phone).address().value();
    }
    return message.headers().from().stream()
        .findFirst()
        .map(each -> each.address().value())
        .orElse("");
  }
}
