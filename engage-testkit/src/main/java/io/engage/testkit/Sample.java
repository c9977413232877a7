package io.engage.testkit;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A small shop with two inboxes, two clerks and two customers, for tests that read well.
 *
 * <p>All moments are whole seconds, which every store can keep.
 */
public final class Sample {
  /** Monday morning, when the shop opens. */
  public static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

  /** The shop's mail account. */
  public static final AccountId SHOP = AccountId.of("shop");

  /** Where the shop's mail comes in. */
  public static final ServerFolder SHOP_FOLDER = new ServerFolder(SHOP, "INBOX");

  /** The numbering of that folder. */
  public static final long UID_VALIDITY = 1_700_000_000L;

  private Sample() {}

  /** The inbox where watches are repaired. */
  public static Inbox workshop() {
    return Inbox.of("workshop", "Workshop", "workshop@shop.example", SHOP);
  }

  /** The inbox where watches are sold. */
  public static Inbox sales() {
    return Inbox.of("sales", "Sales", "sales@shop.example", SHOP);
  }

  /** A clerk. */
  public static Agent clara() {
    return Agent.of("clara", "Clara Contreras");
  }

  /** Another clerk. */
  public static Agent dario() {
    return Agent.of("dario", "Dario Dini");
  }

  /** A customer with an address and a phone number. */
  public static Customer ana() {
    return new Customer(
        CustomerId.of("ana"),
        "Ana Alvarez",
        List.of(EmailAddress.of("ana@example.com"), PhoneNumber.of("+14155550101")));
  }

  /** A customer with an address. */
  public static Customer ben() {
    return new Customer(
        CustomerId.of("ben"), "Ben Baker", List.of(EmailAddress.of("ben@example.org")));
  }

  /** A new open conversation of the workshop with Ana, one unread message, nobody's. */
  public static Conversation conversation(String id) {
    return SampleConversation.of(id).make();
  }

  /** A new mail from Ana to the workshop, unread, nobody's. */
  public static Message mail(String id, String conversation) {
    return SampleMail.of(id).in(conversation).make();
  }

  /** What is in the blob store when {@code text} is. */
  public static Blob blob(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Blob(digest(bytes), bytes.length);
  }

  /** The SHA-256 of some bytes. */
  public static ContentDigest digest(byte[] bytes) {
    try {
      return ContentDigest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyPlatformHasIt);
    }
  }

  /** A mail in the shop's folder. */
  public static ServerUid uid(long uid) {
    return new ServerUid(SHOP_FOLDER, UID_VALIDITY, uid);
  }

  /** A mail of the shop's folder that became a message. */
  public static LedgerEntry imported(long uid, String message) {
    return new LedgerEntry(
        uid(uid),
        LedgerEntry.State.IMPORTED,
        "new",
        List.of(MessageId.of(message)),
        blob("mail " + uid),
        MONDAY);
  }

  /** A mail that nobody could read. */
  public static LedgerEntry quarantined(ServerUid uid) {
    return new LedgerEntry(
        uid, LedgerEntry.State.QUARANTINED, "could not be read", List.of(), null, MONDAY);
  }

  /** Something to be done on the shop's mail server that may be repeated. */
  public static OutboxEntry markSeen(String id, Instant notBefore) {
    return new OutboxEntry(
        OutboxId.of(id), SHOP, new OutboxTask.MarkSeen(Set.of(uid(1)), true), notBefore, 0);
  }

  /** Something that Clara did on Monday morning. */
  public static AuditEntry entry(String id, AuditSubject subject, AuditFact fact) {
    return new AuditEntry(AuditEntryId.of(id), MONDAY, Actor.agent(clara()), subject, fact);
  }
}
