package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.audit.AuditEntry;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxSettlement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one decision changes, stored as a whole or not at all. There is no change without
 * an audit entry.
 *
 * @param inboxes new and changed
 * @param conversations new and changed
 * @param messages new and changed
 * @param ledger what became of mails on the server; an entry replaces the earlier one of its UID
 * @param cursor how far a folder is imported now; null when the change did not come from a folder
 * @param outbox tasks that the change wants done
 * @param settlements tasks that are done
 * @param audit what happened, in order
 */
public record InboxChange(
    List<Inbox> inboxes,
    List<Conversation> conversations,
    List<Message> messages,
    List<LedgerEntry> ledger,
    @Nullable CursorMove cursor,
    List<OutboxEntry> outbox,
    List<OutboxSettlement> settlements,
    List<AuditEntry> audit) {
  public InboxChange {
    inboxes = List.copyOf(inboxes);
    conversations = List.copyOf(conversations);
    messages = List.copyOf(messages);
    ledger = List.copyOf(ledger);
    outbox = List.copyOf(outbox);
    settlements = List.copyOf(settlements);
    audit = List.copyOf(audit);
    if (audit.isEmpty()) {
      throw new IllegalArgumentException(
          "A change of %d conversations and %d messages needs at least one audit entry"
              .formatted(conversations.size(), messages.size()));
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the parts of a change. */
  public static final class Builder {
    private final List<Inbox> inboxes = new ArrayList<>();
    private final List<Conversation> conversations = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<LedgerEntry> ledger = new ArrayList<>();
    private @Nullable CursorMove cursor;
    private final List<OutboxEntry> outbox = new ArrayList<>();
    private final List<OutboxSettlement> settlements = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();

    private Builder() {}

    public Builder inbox(Inbox inbox) {
      inboxes.add(requireNonNull(inbox, "inbox"));
      return this;
    }

    public Builder conversations(Iterable<Conversation> changed) {
      changed.forEach(conversations::add);
      return this;
    }

    public Builder messages(Iterable<Message> changed) {
      changed.forEach(messages::add);
      return this;
    }

    public Builder ledger(Iterable<LedgerEntry> entries) {
      entries.forEach(ledger::add);
      return this;
    }

    public Builder cursor(CursorMove move) {
      cursor = requireNonNull(move, "move");
      return this;
    }

    public Builder outbox(Iterable<OutboxEntry> entries) {
      entries.forEach(outbox::add);
      return this;
    }

    public Builder settlements(Iterable<OutboxSettlement> settled) {
      settled.forEach(settlements::add);
      return this;
    }

    public Builder audit(Iterable<AuditEntry> entries) {
      entries.forEach(audit::add);
      return this;
    }

    public InboxChange build() {
      return new InboxChange(
          inboxes, conversations, messages, ledger, cursor, outbox, settlements, audit);
    }
  }
}
