package io.engage.core;

import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Secret;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.HeaderField;
import io.engage.model.message.MailContent;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.Removal;
import io.engage.model.message.RfcMessageId;
import io.engage.model.message.TrustLevel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A bicycle shop with a workshop, its customers and its mail. */
public final class Shop {
  public static final AccountId ACCOUNT = AccountId.of("shop-mail");
  public static final ServerFolder INBOX_FOLDER = new ServerFolder(ACCOUNT, "INBOX");
  public static final Instant MORNING = Instant.parse("2026-03-02T08:00:00Z");
  public static final Secret KEY = Secret.of("a key that only the shop has");

  public static final NamedAddress ANA = NamedAddress.of("Ana Silva", "ana@customer.example");
  public static final NamedAddress BEN = NamedAddress.of("Ben Okafor", "ben@customer.example");
  public static final NamedAddress MALLORY = NamedAddress.of("Ana Silva", "mallory@evil.example");

  public static final Agent CLARA = Agent.of("clara", "Clara Rossi");
  public static final Agent DIRK = Agent.of("dirk", "Dirk Jensen");

  private Shop() {}

  public static Inbox shop() {
    return Inbox.of("shop", "Bike shop", "hello@shop.example", ACCOUNT);
  }

  public static Inbox workshop() {
    return Inbox.of("workshop", "Workshop", "repairs@shop.example", ACCOUNT);
  }

  public static ServerUid uid(long uid) {
    return new ServerUid(INBOX_FOLDER, 1, uid);
  }

  public static RfcMessageId id(String value) {
    return RfcMessageId.of(value);
  }

  public static Conversation conversation(String id, Inbox inbox, NamedAddress... people) {
    Set<Address> all = new LinkedHashSet<>();
    Arrays.stream(people).map(NamedAddress::address).forEach(all::add);
    return new Conversation(
        ConversationId.of(id),
        inbox.id(),
        Channel.EMAIL,
        "My bike",
        all,
        1,
        1,
        MORNING,
        MORNING,
        Conversation.Exchange.NONE,
        Conversation.State.NEW,
        1);
  }

  /** An inbound message of a conversation. */
  public static Message message(String id, Conversation conversation, MailHeaders headers) {
    return new Message(
        MessageId.of(id),
        conversation.id(),
        conversation.inbox(),
        Channel.EMAIL,
        Direction.INBOUND,
        MessageKind.PERSON,
        TrustLevel.CLAIMED,
        headers,
        null,
        "My bike is broken",
        List.of(),
        blob(id),
        MORNING,
        new Message.State(
            false, Removal.NONE, null, uid(1 + Math.floorMod(id.hashCode(), 1000)), Delivery.NONE),
        1);
  }

  /** A message of ours. */
  public static Message sent(String id, Conversation conversation, MailHeaders headers) {
    return new Message(
        MessageId.of(id),
        conversation.id(),
        conversation.inbox(),
        Channel.EMAIL,
        Direction.OUTBOUND,
        MessageKind.PERSON,
        TrustLevel.VERIFIED,
        headers,
        null,
        "It is ready",
        List.of(),
        blob(id),
        MORNING,
        new Message.State(true, Removal.NONE, null, null, Delivery.SENT),
        1);
  }

  public static Blob blob(String content) {
    return new Blob(digest(content), content.length());
  }

  public static ContentDigest digest(String content) {
    try {
      return ContentDigest.of(
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static Mail from(NamedAddress sender) {
    return new Mail(sender);
  }

  public static InboxId inboxId(String id) {
    return InboxId.of(id);
  }

  /** A mail being written, for tests. */
  public static final class Mail {
    private final NamedAddress sender;
    private final List<NamedAddress> to = new ArrayList<>();
    private final List<NamedAddress> cc = new ArrayList<>();
    private final List<NamedAddress> replyTo = new ArrayList<>();
    private final List<RfcMessageId> inReplyTo = new ArrayList<>();
    private final List<RfcMessageId> references = new ArrayList<>();
    private final List<HeaderField> fields = new ArrayList<>();
    private String subject = "My bike";
    private RfcMessageId messageId = RfcMessageId.of("1@customer.example");
    private String text = "It is broken.";

    private Mail(NamedAddress sender) {
      this.sender = sender;
    }

    public Mail to(Inbox inbox) {
      to.add(inbox.sender());
      return this;
    }

    public Mail to(NamedAddress person) {
      to.add(person);
      return this;
    }

    public Mail cc(NamedAddress person) {
      cc.add(person);
      return this;
    }

    public Mail replyTo(NamedAddress person) {
      replyTo.add(person);
      return this;
    }

    public Mail id(String value) {
      messageId = RfcMessageId.of(value);
      return this;
    }

    public Mail answering(RfcMessageId... ids) {
      inReplyTo.addAll(List.of(ids));
      return this;
    }

    public Mail following(RfcMessageId... ids) {
      references.addAll(List.of(ids));
      return this;
    }

    public Mail about(String wanted) {
      subject = wanted;
      return this;
    }

    public Mail saying(String wanted) {
      text = wanted;
      return this;
    }

    public Mail with(String field, String value) {
      fields.add(new HeaderField(field, value));
      return this;
    }

    public MailHeaders headers() {
      return new MailHeaders(
          List.of(sender),
          to,
          cc,
          List.of(),
          replyTo,
          List.of(),
          subject,
          null,
          messageId,
          inReplyTo,
          references);
    }

    public ParsedMail parsed() {
      List<HeaderField> all = new ArrayList<>(fields);
      all.add(new HeaderField("From", sender.toString()));
      all.add(new HeaderField("Subject", subject));
      return new ParsedMail(
          headers(), all, "text/plain", text, null, List.of(), List.of(), List.of());
    }

    /** As it came from the server; its bytes are as unique as what it says. */
    public FetchedMail fetched(long uid) {
      byte[] bytes = (headers() + text).getBytes(StandardCharsets.UTF_8);
      return new FetchedMail(
          uid(uid),
          false,
          MORNING.plusSeconds(uid),
          bytes.length,
          new Blob(digest(headers() + text), bytes.length),
          MailContent.of(bytes));
    }
  }
}
