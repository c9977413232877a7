package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** A storage under test, with short words for what the suites do to it. */
record Shop(Storage storage, AtomicLong lastEntry) {
  static Shop in(Storage storage) {
    return new Shop(storage, new AtomicLong());
  }

  /** A change with an audit entry of its own. */
  InboxChange.Builder change() {
    return InboxChange.builder().audit(List.of(entry(AuditSubject.NONE)));
  }

  AuditEntry entry(AuditSubject subject) {
    return entry(subject, new AuditFact.Completed());
  }

  AuditEntry entry(AuditSubject subject, AuditFact fact) {
    return Sample.entry("entry-" + lastEntry.incrementAndGet(), subject, fact);
  }

  void commit(InboxChange.Builder change) {
    storage.inboxes().commit(change.build());
  }

  void keep(Inbox inbox) {
    commit(change().inbox(inbox));
  }

  void keep(Conversation... conversations) {
    commit(change().conversations(List.of(conversations)));
  }

  void keep(Message... messages) {
    commit(change().messages(List.of(messages)));
  }

  void keep(LedgerEntry... entries) {
    commit(change().ledgerMoves(Stream.of(entries).map(this::move).toList()));
  }

  /** From whatever the mail's entry is in now. */
  private LedgerMove move(LedgerEntry to) {
    return new LedgerMove(
        storage.ledger().entries(List.of(to.uid())).stream()
            .map(LedgerEntry::state)
            .findFirst()
            .orElse(null),
        to);
  }

  void keep(OutboxEntry... entries) {
    commit(change().outbox(List.of(entries)));
  }

  void keep(OutboxSettlement... settlements) {
    commit(change().settlements(List.of(settlements)));
  }

  void keep(AuditEntry... entries) {
    storage.inboxes().commit(InboxChange.builder().audit(List.of(entries)).build());
  }

  Conversation conversation(String id) {
    return storage.inboxes().conversations(List.of(ConversationId.of(id))).get(0);
  }

  Message message(String id) {
    return storage.inboxes().messages(List.of(MessageId.of(id))).get(0);
  }

  /** All pages of a list, one after the other. */
  static <T> List<List<T>> pages(int limit, Function<Page.Request, Page<T>> list) {
    List<List<T>> pages = new ArrayList<>();
    Page.Request request = Page.Request.first(limit);
    Page<T> page = list.apply(request);
    pages.add(page.items());
    while (page.next() != null) {
      assertThat(pages.size()).as("pages of a short list").isLessThan(1000);
      page = list.apply(request.after(page.next()));
      pages.add(page.items());
    }
    return pages;
  }

  static <T> List<T> all(int limit, Function<Page.Request, Page<T>> list) {
    return pages(limit, list).stream().flatMap(List::stream).toList();
  }
}
