package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.EmailAddress;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.ServerUid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One e-mail or SMS, inbound or outbound, as it is kept. Text and HTML are not kept: they are
 * derived from the source when somebody looks, so that a better reader or sanitiser serves old mail
 * too.
 *
 * @param inbox the inbox it belongs to; a mail to two inboxes is two messages with one source
 * @param trust how sure its sender is; {@link TrustLevel#VERIFIED} for our own
 * @param phone the other side's number, for an SMS; null for an e-mail, and when it was erased
 * @param preview the beginning of what the person wrote, at most 200 characters on one line
 * @param source the raw bytes, in the blob store
 * @param at when the server received it, or when it was written here; UTC
 * @param state what changes about it
 * @param version how often it was stored: 0 before the first time
 */
public record Message(
    MessageId id,
    ConversationId conversation,
    InboxId inbox,
    Channel channel,
    Direction direction,
    MessageKind kind,
    TrustLevel trust,
    MailHeaders headers,
    @Nullable PhoneNumber phone,
    String preview,
    List<Attachment> attachments,
    Blob source,
    Instant at,
    State state,
    long version) {
  /** How much of a message a list shows, in characters. */
  public static final int PREVIEW_LENGTH = 200;

  public Message {
    requireNonNull(id, "id");
    requireNonNull(conversation, "conversation");
    requireNonNull(inbox, "inbox");
    requireNonNull(channel, "channel");
    requireNonNull(direction, "direction");
    requireNonNull(kind, "kind");
    requireNonNull(trust, "trust");
    requireNonNull(headers, "headers");
    requireNonNull(preview, "preview");
    attachments = List.copyOf(attachments);
    requireNonNull(source, "source");
    requireNonNull(at, "at");
    requireNonNull(state, "state");
    if (channel == Channel.SMS && phone == null && !state.erased()) {
      throw new IllegalArgumentException("SMS '%s' needs a phone number".formatted(id.value()));
    }
    if (preview.length() > PREVIEW_LENGTH) {
      throw new IllegalArgumentException(
          "The preview of message '%s' has %d characters; at most %d are kept"
              .formatted(id.value(), preview.length(), PREVIEW_LENGTH));
    }
    if ((direction == Direction.INBOUND) != (state.delivery == Delivery.NONE)) {
      throw new IllegalArgumentException(
          "Message '%s' is %s, so its delivery cannot be %s"
              .formatted(id.value(), direction.code(), state.delivery.code()));
    }
  }

  /**
   * What changes about a message after it was stored.
   *
   * @param read whether an agent has opened it
   * @param removal whether it is gone from conversations and lists, and why
   * @param customer whose history it stands in; null while nobody is linked
   * @param onServer where it lies on the mail server; null when it never did, or no longer does
   * @param unreached who did not get a mail of ours, though others may have: they were refused for
   *     good, or given up
   */
  public record State(
      boolean read,
      Removal removal,
      @Nullable CustomerId customer,
      @Nullable ServerUid onServer,
      Delivery delivery,
      List<EmailAddress> unreached) {
    public State {
      requireNonNull(removal, "removal");
      requireNonNull(delivery, "delivery");
      unreached = List.copyOf(unreached);
    }

    public State(
        boolean read,
        Removal removal,
        @Nullable CustomerId customer,
        @Nullable ServerUid onServer,
        Delivery delivery) {
      this(read, removal, customer, onServer, delivery, List.of());
    }

    /** How far it came for those whom it did not reach, if there are any. */
    public Delivery worst() {
      return delivery == Delivery.SENT && !unreached.isEmpty() ? Delivery.FAILED : delivery;
    }

    public State withUnreached(List<EmailAddress> newUnreached) {
      return new State(read, removal, customer, onServer, delivery, newUnreached);
    }

    public State withRead(boolean newRead) {
      return new State(newRead, removal, customer, onServer, delivery, unreached);
    }

    /** Whether it is gone from conversations and lists. */
    public boolean deleted() {
      return removal != Removal.NONE;
    }

    /** Whether nothing of it is left but that it was there. */
    public boolean erased() {
      return removal == Removal.ERASED;
    }

    /** Gone, and no longer on the server. */
    public State removed(Removal why) {
      return new State(
          read, why, customer, null, delivery, why == Removal.ERASED ? List.of() : unreached);
    }

    /** Shown again, after it came back to the server. */
    public State restored(ServerUid where) {
      return new State(read, Removal.NONE, customer, where, delivery, unreached);
    }

    public State withCustomer(@Nullable CustomerId newCustomer) {
      return new State(read, removal, newCustomer, onServer, delivery, unreached);
    }

    public State withOnServer(@Nullable ServerUid newOnServer) {
      return new State(read, removal, customer, newOnServer, delivery, unreached);
    }

    public State withDelivery(Delivery newDelivery) {
      return new State(read, removal, customer, onServer, newDelivery, unreached);
    }
  }

  /**
   * Whether its source is the text itself, in UTF-8, instead of a mail: so are text messages, other
   * than those that a gateway forwarded as mails.
   */
  public boolean isPlainText() {
    return channel == Channel.SMS && kind != MessageKind.SMS;
  }

  public Message withState(State newState) {
    return new Message(
        id,
        conversation,
        inbox,
        channel,
        direction,
        kind,
        trust,
        headers,
        phone,
        preview,
        attachments,
        source,
        at,
        newState,
        version);
  }

  /** In another inbox. */
  public Message in(InboxId other) {
    return new Message(
        id,
        conversation,
        other,
        channel,
        direction,
        kind,
        trust,
        headers,
        phone,
        preview,
        attachments,
        source,
        at,
        state,
        version);
  }

  /**
   * Nothing of it is left but when it was there, between whom of us, and what became of it.
   *
   * @param tombstone by which its bytes are recognised when they come again
   */
  public Message erased(Blob tombstone) {
    return new Message(
        id,
        conversation,
        inbox,
        channel,
        direction,
        kind,
        trust,
        MailHeaders.EMPTY,
        null,
        "",
        List.of(),
        tombstone,
        at,
        state.removed(Removal.ERASED).withCustomer(null),
        version);
  }

  /** As it is after one more commit; for stores. */
  public Message withVersion(long newVersion) {
    return new Message(
        id,
        conversation,
        inbox,
        channel,
        direction,
        kind,
        trust,
        headers,
        phone,
        preview,
        attachments,
        source,
        at,
        state,
        newVersion);
  }

  @Override
  public String toString() {
    return "Message[%s, %s, %s]".formatted(id.value(), direction.code(), kind.code());
  }
}
