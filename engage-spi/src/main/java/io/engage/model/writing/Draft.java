package io.engage.model.writing;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.MessageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that an agent has begun and not sent.
 *
 * @param kind what it will become
 * @param inbox from which it will be sent
 * @param conversation in which it is written; null for a new one
 * @param about the message that it answers or forwards; null for one from scratch
 * @param customer to whom a new conversation will be linked; null for nobody
 * @param seen what its author could know of the conversation when they began
 * @param version how often it was saved: 0 before the first time
 */
public record Draft(
    DraftId id,
    Kind kind,
    InboxId inbox,
    @Nullable ConversationId conversation,
    @Nullable MessageId about,
    @Nullable CustomerId customer,
    AgentId author,
    Seen seen,
    Composition content,
    Instant changedAt,
    long version) {

  /** What a draft will become. */
  public enum Kind {
    REPLY("reply"),
    REPLY_ALL("reply-all"),
    FORWARD("forward"),
    NEW("new"),
    SMS("sms");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  /**
   * How far a conversation had come.
   *
   * @param messages how many it held
   * @param newest the newest of them; null when there was none
   * @param cc who got copies of its answers
   * @param bcc the same, hidden from the others
   */
  public record Seen(
      int messages, @Nullable MessageId newest, List<NamedAddress> cc, List<NamedAddress> bcc) {
    /** Nothing. */
    public static final Seen NOTHING = new Seen(0, null);

    public Seen {
      cc = List.copyOf(cc);
      bcc = List.copyOf(bcc);
    }

    /** When nobody got copies. */
    public Seen(int messages, @Nullable MessageId newest) {
      this(messages, newest, List.of(), List.of());
    }

    @Override
    public String toString() {
      return "Seen[%d messages, %d copies]".formatted(messages, cc.size() + bcc.size());
    }
  }

  public Draft {
    requireNonNull(id, "id");
    requireNonNull(kind, "kind");
    requireNonNull(inbox, "inbox");
    requireNonNull(author, "author");
    requireNonNull(seen, "seen");
    requireNonNull(content, "content");
    requireNonNull(changedAt, "changedAt");
    if (conversation == null && kind != Kind.NEW) {
      throw new IllegalArgumentException(
          "Draft '%s' is a %s, so it needs a conversation".formatted(id.value(), kind.code()));
    }
  }

  /** One whose conversation nobody has looked at. */
  public Draft(
      DraftId id,
      Kind kind,
      InboxId inbox,
      @Nullable ConversationId conversation,
      @Nullable MessageId about,
      AgentId author,
      Composition content,
      Instant changedAt,
      long version) {
    this(
        id,
        kind,
        inbox,
        conversation,
        about,
        null,
        author,
        Seen.NOTHING,
        content,
        changedAt,
        version);
  }

  public Draft withContent(Composition newContent, Instant at) {
    return new Draft(
        id, kind, inbox, conversation, about, customer, author, seen, newContent, at, version);
  }

  /** In another inbox. */
  public Draft in(InboxId other) {
    return new Draft(
        id, kind, other, conversation, about, customer, author, seen, content, changedAt, version);
  }

  /** As it is after it was saved once more; for stores. */
  public Draft withVersion(long newVersion) {
    return new Draft(
        id,
        kind,
        inbox,
        conversation,
        about,
        customer,
        author,
        seen,
        content,
        changedAt,
        newVersion);
  }

  @Override
  public String toString() {
    return "Draft[%s, %s]".formatted(id.value(), kind.code());
  }
}
