package io.engage.model.mailbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Blob;
import io.engage.model.message.MessageId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one mail that was seen on a server. Every UID ever seen has exactly one.
 *
 * @param state what became of it
 * @param reason why, in words without any of its content
 * @param messages what it was imported as, or duplicates; empty otherwise
 * @param source its bytes; null when they could not be had
 * @param leftAt when it was found to have left the server; null while it is there, as far as is
 *     known
 */
public record LedgerEntry(
    ServerUid uid,
    State state,
    String reason,
    List<MessageId> messages,
    @Nullable Blob source,
    Instant at,
    @Nullable Instant leftAt) {

  /** The ways a mail on a server can end. */
  public enum State {
    IMPORTED("imported"),
    /** The same bytes were imported before. */
    DUPLICATE("duplicate"),
    /** Known and wanted by no inbox or rule. */
    IGNORED("ignored"),
    /** Could not be had or read; what there is of it is kept for another try. */
    QUARANTINED("quarantined"),
    /** Deleted by an agent; it must never come back. */
    TOMBSTONE("tombstone");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public LedgerEntry {
    requireNonNull(uid, "uid");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
    messages = List.copyOf(messages);
    requireNonNull(at, "at");
    if (messages.isEmpty() && (state == State.IMPORTED || state == State.DUPLICATE)) {
      throw new IllegalArgumentException(
          "Mail '%s' cannot be %s without a message".formatted(uid, state.code()));
    }
  }

  /** Of a mail that is on the server. */
  public LedgerEntry(
      ServerUid uid,
      State state,
      String reason,
      List<MessageId> messages,
      @Nullable Blob source,
      Instant at) {
    this(uid, state, reason, messages, source, at, null);
  }

  public LedgerEntry withLeftAt(@Nullable Instant newLeftAt) {
    return new LedgerEntry(uid, state, reason, messages, source, at, newLeftAt);
  }
}
