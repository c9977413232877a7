package io.engage.testkit;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Customer;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Attachment;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.FileName;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.PartPath;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes mails from customers for tests: says only what differs from an ordinary one. */
public final class SampleMail {
  private final MessageId id;
  private ConversationId conversation = ConversationId.of("watch-strap");
  private InboxId inbox = Sample.workshop().id();
  private String source;
  private @Nullable RfcMessageId messageId;
  private List<RfcMessageId> references =
      List.of(RfcMessageId.of("first@shop.example"), RfcMessageId.of("earlier@shop.example"));
  private Instant at = Sample.MONDAY;
  private final List<Attachment> attachments = new ArrayList<>();
  private Message.State state = new Message.State(false, Removal.NONE, null, null, Delivery.NONE);

  private SampleMail(String id) {
    this.id = MessageId.of(id);
    this.source = "bytes of " + id;
    this.messageId = RfcMessageId.of(id + "@example.com");
  }

  public static SampleMail of(String id) {
    return new SampleMail(id);
  }

  public SampleMail in(String other) {
    conversation = ConversationId.of(other);
    return this;
  }

  public SampleMail to(Inbox other) {
    inbox = other.id();
    return this;
  }

  /** What its bytes are made of; mails with one text have one digest. */
  public SampleMail madeOf(String text) {
    source = text;
    return this;
  }

  public SampleMail withMessageId(@Nullable String value) {
    messageId = value == null ? null : RfcMessageId.of(value);
    return this;
  }

  /** The Message-IDs in its References; the last one stands in In-Reply-To as well. */
  public SampleMail following(String... ids) {
    references = Arrays.stream(ids).map(RfcMessageId::of).toList();
    return this;
  }

  public SampleMail withPhoto(String name) {
    ContentDigest digest = Sample.blob(name).digest();
    PartPath part = PartPath.of("2." + (attachments.size() + 1));
    attachments.add(
        new Attachment(part, FileName.of(name), "image/jpeg", 4711, digest, true, "photo@shop"));
    return this;
  }

  public SampleMail at(Instant received) {
    at = received;
    return this;
  }

  public SampleMail onServer(long uid) {
    state = state.withOnServer(Sample.uid(uid));
    return this;
  }

  public SampleMail linkedTo(Customer customer) {
    state = state.withCustomer(customer.id());
    return this;
  }

  public SampleMail deleted() {
    state = state.removed(Removal.BY_AGENT);
    return this;
  }

  /** One of ours instead, that has come this far. */
  public SampleMail ours(Delivery delivery) {
    state = state.withDelivery(delivery);
    return this;
  }

  public Message make() {
    return new Message(
        id,
        conversation,
        inbox,
        Channel.EMAIL,
        state.delivery() == Delivery.NONE ? Direction.INBOUND : Direction.OUTBOUND,
        MessageKind.PERSON,
        TrustLevel.CLAIMED,
        headers(),
        null,
        "My watch strap is broken, ¿qué hago? 😀",
        attachments,
        Sample.blob(source),
        at,
        state,
        0);
  }

  private MailHeaders headers() {
    return new MailHeaders(
        List.of(NamedAddress.of("Ana Álvarez", "ana@example.com")),
        List.of(NamedAddress.of("Workshop", "workshop@shop.example")),
        List.of(NamedAddress.of("ben@example.org")),
        List.of(),
        List.of(),
        List.of(Sample.workshop().sender().address()),
        "Watch strap",
        Sample.MONDAY.atOffset(ZoneOffset.ofHours(2)),
        messageId,
        references.subList(Math.max(0, references.size() - 1), references.size()),
        references);
  }
}
