package io.engage.model.conversation;

import static java.util.Objects.requireNonNull;

import io.engage.model.audit.AuditEntry;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
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
 * @param ledger what became of mails on the server, each with the state that it had before
 * @param cursor how far a folder is imported now; null when the change did not come from a folder
 * @param outbox tasks that the change wants done
 * @param settlements tasks that are done
 * @param withdrawn tasks that shall not be done after all; only those that nobody has claimed
 * @param documents new and changed
 * @param dropped what shall be there no longer
 * @param audit what happened, in order
 */
public record InboxChange(
    List<Inbox> inboxes,
    List<Conversation> conversations,
    List<Message> messages,
    List<LedgerMove> ledger,
    @Nullable CursorMove cursor,
    List<OutboxEntry> outbox,
    List<OutboxSettlement> settlements,
    List<OutboxId> withdrawn,
    List<Document> documents,
    Dropped dropped,
    List<AuditEntry> audit) {
  public InboxChange {
    inboxes = List.copyOf(inboxes);
    conversations = List.copyOf(conversations);
    messages = List.copyOf(messages);
    ledger = List.copyOf(ledger);
    outbox = List.copyOf(outbox);
    settlements = List.copyOf(settlements);
    withdrawn = List.copyOf(withdrawn);
    documents = List.copyOf(documents);
    requireNonNull(dropped, "dropped");
    audit = List.copyOf(audit);
    if (audit.isEmpty()) {
      throw new IllegalArgumentException(
          "A change of %d conversations and %d messages needs at least one audit entry"
              .formatted(conversations.size(), messages.size()));
    }
  }

  /**
   * What a change removes.
   *
   * @param documents for good
   * @param drafts those that were sent, or that nobody shall see again
   * @param inboxes for good, each with the inbox that takes over what is in it
   */
  public record Dropped(
      List<Drop<DocumentKey>> documents, List<Drop<DraftId>> drafts, List<Succession> inboxes) {
    /** Nothing. */
    public static final Dropped NOTHING = new Dropped(List.of(), List.of(), List.of());

    public Dropped {
      documents = List.copyOf(documents);
      drafts = List.copyOf(drafts);
      inboxes = List.copyOf(inboxes);
    }
  }

  /**
   * Something that goes.
   *
   * @param version with which it was read: it goes only when nobody has changed or dropped it
   *     since; {@link #ANY_VERSION} when it goes whatever became of it, and may be gone
   */
  public record Drop<K>(K what, long version) {
    /** What is stored has a version above this. */
    public static final long ANY_VERSION = 0;

    public Drop {
      requireNonNull(what, "what");
    }

    public boolean isConditional() {
      return version != ANY_VERSION;
    }
  }

  /**
   * An inbox that goes, and the one that takes over its conversations, messages (deleted ones too),
   * drafts and held mails.
   */
  public record Succession(InboxId gone, InboxId heir) {
    public Succession {
      requireNonNull(gone, "gone");
      requireNonNull(heir, "heir");
      if (gone.equals(heir)) {
        throw new IllegalArgumentException(
            "Inbox '%s' cannot inherit from itself".formatted(heir.value()));
      }
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
    private final List<LedgerMove> ledger = new ArrayList<>();
    private @Nullable CursorMove cursor;
    private final List<OutboxEntry> outbox = new ArrayList<>();
    private final List<OutboxSettlement> settlements = new ArrayList<>();
    private final List<OutboxId> withdrawn = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final List<Drop<DocumentKey>> droppedDocuments = new ArrayList<>();
    private final List<Drop<DraftId>> droppedDrafts = new ArrayList<>();
    private final List<Succession> droppedInboxes = new ArrayList<>();
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

    /** The first entries of mails that have none yet. */
    public Builder ledger(Iterable<LedgerEntry> entries) {
      entries.forEach(entry -> ledger.add(LedgerMove.first(entry)));
      return this;
    }

    public Builder ledgerMoves(Iterable<LedgerMove> moves) {
      moves.forEach(ledger::add);
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

    /** Tasks that shall not be done after all. */
    public Builder withdraw(Iterable<OutboxId> entries) {
      entries.forEach(withdrawn::add);
      return this;
    }

    public Builder documents(Iterable<? extends Document> changed) {
      changed.forEach(documents::add);
      return this;
    }

    public Builder document(Document changed) {
      documents.add(requireNonNull(changed, "changed"));
      return this;
    }

    /** A document goes as it was read, or nothing of the change is stored. */
    public Builder drop(Document read) {
      droppedDocuments.add(new Drop<>(read.key(), read.version()));
      return this;
    }

    /** Documents go, whatever became of them. */
    public Builder dropDocuments(Iterable<DocumentKey> keys) {
      keys.forEach(key -> droppedDocuments.add(new Drop<>(key, Drop.ANY_VERSION)));
      return this;
    }

    /** A draft goes as it was read, or nothing of the change is stored. */
    public Builder drop(Draft read) {
      droppedDrafts.add(new Drop<>(read.id(), read.version()));
      return this;
    }

    /** Drafts go, whatever became of them. */
    public Builder dropDrafts(Iterable<DraftId> ids) {
      ids.forEach(id -> droppedDrafts.add(new Drop<>(id, Drop.ANY_VERSION)));
      return this;
    }

    /** An inbox goes for good; {@code heir} takes over what is in it. */
    public Builder dropInbox(InboxId id, InboxId heir) {
      droppedInboxes.add(new Succession(id, heir));
      return this;
    }

    public Builder audit(Iterable<AuditEntry> entries) {
      entries.forEach(audit::add);
      return this;
    }

    public InboxChange build() {
      return new InboxChange(
          inboxes,
          conversations,
          messages,
          ledger,
          cursor,
          outbox,
          settlements,
          withdrawn,
          documents,
          new Dropped(droppedDocuments, droppedDrafts, droppedInboxes),
          audit);
    }
  }
}
