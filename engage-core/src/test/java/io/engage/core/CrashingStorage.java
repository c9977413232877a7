package io.engage.core;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.Attendance;
import io.engage.spi.AuditTrail;
import io.engage.spi.ConversationSearch;
import io.engage.spi.Documents;
import io.engage.spi.Drafts;
import io.engage.spi.EventQueue;
import io.engage.spi.Heartbeats;
import io.engage.spi.InboxStore;
import io.engage.spi.IngestLedger;
import io.engage.spi.Leases;
import io.engage.spi.Outbox;
import io.engage.spi.Paces;
import io.engage.spi.PersonSearch;
import io.engage.spi.Queues;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A storage that survives the process that uses it: at the step with the given number the process
 * "dies", just before or just after the step took effect, and never gets to do anything again.
 */
final class CrashingStorage implements Storage {
  private final Storage good;
  private final int deadlyStep;
  private final boolean afterwards;
  private int steps;

  CrashingStorage(Storage good, int deadlyStep, boolean afterwards) {
    this.good = good;
    this.deadlyStep = deadlyStep;
    this.afterwards = afterwards;
  }

  /** The process is gone. Nothing in it may catch this and go on. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(boolean afterTheStep) {
      super(afterTheStep ? "just after the step" : "before the step");
    }
  }

  boolean hasDied() {
    return steps >= deadlyStep;
  }

  private synchronized <T> T step(Supplier<T> effect) {
    if (hasDied()) {
      throw new Killed(false);
    }
    steps++;
    if (steps < deadlyStep) {
      return effect.get();
    }
    T lost = afterwards ? effect.get() : null;
    throw new Killed(lost != null);
  }

  @Override
  public InboxStore inboxes() {
    InboxStore store = good.inboxes();
    return new InboxStore() {
      @Override
      public void commit(InboxChange change) {
        step(
            () -> {
              store.commit(change);
              return change;
            });
      }

      @Override
      public List<Inbox> inboxes() {
        return store.inboxes();
      }

      @Override
      public List<Inbox> inboxes(Collection<InboxId> ids) {
        return store.inboxes(ids);
      }

      @Override
      public List<Inbox> inboxesOf(Collection<AgentId> agents) {
        return store.inboxesOf(agents);
      }

      @Override
      public List<Conversation> conversations(Collection<ConversationId> ids) {
        return store.conversations(ids);
      }

      @Override
      public List<Message> messages(Collection<MessageId> ids) {
        return store.messages(ids);
      }

      @Override
      public Page<Message> messagesOf(ConversationId conversation, Page.Request page) {
        return store.messagesOf(conversation, page);
      }

      @Override
      public List<Message> withSource(Collection<ContentDigest> digests) {
        return store.withSource(digests);
      }

      @Override
      public List<Message> withMessageId(Collection<RfcMessageId> ids) {
        return store.withMessageId(ids);
      }
    };
  }

  @Override
  public Outbox outbox() {
    Outbox outbox = good.outbox();
    return new Outbox() {
      @Override
      public List<OutboxClaim> claim(int limit, Instant now, Instant leaseUntil) {
        return step(() -> outbox.claim(limit, now, leaseUntil));
      }

      @Override
      public List<OutboxClaim> markAttempting(Collection<OutboxClaim> claims) {
        return step(() -> outbox.markAttempting(claims));
      }

      @Override
      public void release(Collection<OutboxClaim> claims, Instant until) {
        step(
            () -> {
              outbox.release(claims, until);
              return claims;
            });
      }

      @Override
      public List<OutboxId> held(Collection<OutboxId> entries) {
        return outbox.held(entries);
      }

      @Override
      public List<OutboxEntry> unsettled(int limit) {
        return outbox.unsettled(limit);
      }

      @Override
      public List<OutboxEntry> unsettledOf(AccountId account, @Nullable OutboxId after, int limit) {
        return outbox.unsettledOf(account, after, limit);
      }

      @Override
      public Page<Message> messages(
          Collection<InboxId> inboxes, Collection<Delivery> deliveries, Page.Request page) {
        return outbox.messages(inboxes, deliveries, page);
      }
    };
  }

  @Override
  public IngestLedger ledger() {
    return good.ledger();
  }

  @Override
  public ConversationSearch search() {
    return good.search();
  }

  @Override
  public AuditTrail audit() {
    return good.audit();
  }

  @Override
  public EventQueue events() {
    return good.events();
  }

  @Override
  public Documents documents() {
    return good.documents();
  }

  @Override
  public PersonSearch persons() {
    return good.persons();
  }

  @Override
  public Drafts drafts() {
    Drafts drafts = good.drafts();
    return new Drafts() {
      @Override
      public Draft save(Draft draft) {
        return step(() -> drafts.save(draft));
      }

      @Override
      public Optional<Draft> find(DraftId id) {
        return drafts.find(id);
      }

      @Override
      public List<Draft> inConversation(ConversationId conversation) {
        return drafts.inConversation(conversation);
      }

      @Override
      public List<Draft> ofAgent(AgentId agent, int limit) {
        return drafts.ofAgent(agent, limit);
      }

      @Override
      public void discard(DraftId id) {
        step(
            () -> {
              drafts.discard(id);
              return id;
            });
      }
    };
  }

  @Override
  public Attendance attendance() {
    return good.attendance();
  }

  @Override
  public Queues queues() {
    return good.queues();
  }

  @Override
  public Heartbeats heartbeats() {
    Heartbeats heartbeats = good.heartbeats();
    return new Heartbeats() {
      @Override
      public void beat(AgentId agent, Instant until) {
        step(
            () -> {
              heartbeats.beat(agent, until);
              return agent;
            });
      }

      @Override
      public boolean isSilent(AgentId agent, Instant now) {
        return heartbeats.isSilent(agent, now);
      }

      @Override
      public void forget(AgentId agent, Instant now) {
        step(
            () -> {
              heartbeats.forget(agent, now);
              return agent;
            });
      }

      @Override
      public List<AgentId> silent(Instant now, int limit) {
        return heartbeats.silent(now, limit);
      }
    };
  }

  @Override
  public Recipients recipients() {
    return good.recipients();
  }

  @Override
  public Paces paces() {
    return good.paces();
  }

  @Override
  public Leases leases() {
    return good.leases();
  }
}
