package io.engage.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.engage.memory.InMemoryStorage;
import io.engage.model.address.Address;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
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
import io.engage.model.outbox.OutboxTask;
import io.engage.spi.Attendance;
import io.engage.spi.AuditTrail;
import io.engage.spi.ConversationSearch;
import io.engage.spi.Documents;
import io.engage.spi.Drafts;
import io.engage.spi.EventQueue;
import io.engage.spi.InboxStore;
import io.engage.spi.IngestLedger;
import io.engage.spi.Leases;
import io.engage.spi.Outbox;
import io.engage.spi.Paces;
import io.engage.spi.PersonSearch;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A storage that survives the death of its process: each change is one line of a file, durable
 * before it counts, and a line that was cut by the death never counted.
 */
final class JournaledStorage implements Storage, AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addMixIn(Address.class, Typed.class)
          .addMixIn(AuditFact.class, Typed.class)
          .addMixIn(Document.class, Typed.class)
          .addMixIn(OutboxTask.class, Typed.class)
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();

  private final InMemoryStorage memory = InMemoryStorage.create();
  private final FileChannel journal;

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  private interface Typed {}

  private JournaledStorage(FileChannel journal) {
    this.journal = journal;
  }

  static JournaledStorage open(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    String text = Files.readString(file);
    int durable = text.lastIndexOf('\n') + 1;
    FileChannel journal = FileChannel.open(file, StandardOpenOption.WRITE);
    JournaledStorage storage = new JournaledStorage(journal);
    for (String line : text.substring(0, durable).lines().toList()) {
      storage.replay(line);
    }
    journal.truncate(text.substring(0, durable).getBytes(StandardCharsets.UTF_8).length);
    journal.position(journal.size());
    return storage;
  }

  /** A claim is repeated as it was made, so that it has the token which the settlement names. */
  private void replay(String line) throws IOException {
    if (line.startsWith("{\"claimed\":")) {
      Claimed claim = JSON.readValue(line, Claimed.class);
      memory.outbox().claim(claim.claimed(), claim.now(), claim.leaseUntil());
    } else if (line.startsWith("{\"attempted\":")) {
      memory.outbox().markAttempting(JSON.readValue(line, Attempted.class).attempted());
    } else if (line.startsWith("{\"released\":")) {
      Released given = JSON.readValue(line, Released.class);
      memory.outbox().release(given.released(), given.until());
    } else {
      memory.inboxes().commit(JSON.readValue(line, InboxChange.class));
    }
  }

  private record Claimed(int claimed, Instant now, Instant leaseUntil) {}

  private record Attempted(List<OutboxClaim> attempted) {}

  private record Released(List<OutboxClaim> released, Instant until) {}

  private synchronized List<OutboxClaim> claim(int limit, Instant now, Instant leaseUntil) {
    List<OutboxClaim> claims = memory.outbox().claim(limit, now, leaseUntil);
    if (!claims.isEmpty()) {
      write(new Claimed(limit, now, leaseUntil));
    }
    return claims;
  }

  private synchronized List<OutboxClaim> attempt(Collection<OutboxClaim> claims) {
    List<OutboxClaim> attempted = memory.outbox().markAttempting(claims);
    write(new Attempted(List.copyOf(claims)));
    return attempted;
  }

  private synchronized void giveBack(Collection<OutboxClaim> claims, Instant until) {
    memory.outbox().release(claims, until);
    write(new Released(List.copyOf(claims), until));
  }

  private void write(Object line) {
    try {
      byte[] bytes = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      journal.write(ByteBuffer.wrap(bytes));
      journal.force(false);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  /**
   * The memory says first whether the change is possible; nobody is told before the line is
   * durable.
   */
  private synchronized void commit(InboxChange change) {
    try {
      byte[] line = (JSON.writeValueAsString(change) + "\n").getBytes(StandardCharsets.UTF_8);
      memory.inboxes().commit(change);
      journal.write(ByteBuffer.wrap(line));
      journal.force(false);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public InboxStore inboxes() {
    InboxStore store = memory.inboxes();
    return new InboxStore() {
      @Override
      public void commit(InboxChange change) {
        JournaledStorage.this.commit(change);
      }

      @Override
      public List<Inbox> inboxes() {
        return store.inboxes();
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
  public IngestLedger ledger() {
    return memory.ledger();
  }

  @Override
  public ConversationSearch search() {
    return memory.search();
  }

  @Override
  public AuditTrail audit() {
    return memory.audit();
  }

  @Override
  public Outbox outbox() {
    return new Outbox() {
      @Override
      public List<OutboxClaim> claim(int limit, Instant now, Instant leaseUntil) {
        return JournaledStorage.this.claim(limit, now, leaseUntil);
      }

      @Override
      public List<OutboxClaim> markAttempting(Collection<OutboxClaim> claims) {
        return attempt(claims);
      }

      @Override
      public void release(Collection<OutboxClaim> claims, Instant until) {
        giveBack(claims, until);
      }

      @Override
      public List<OutboxId> held(Collection<OutboxId> entries) {
        return memory.outbox().held(entries);
      }

      @Override
      public List<OutboxEntry> unsettled(int limit) {
        return memory.outbox().unsettled(limit);
      }

      @Override
      public List<OutboxEntry> unsettledOf(AccountId account, @Nullable OutboxId after, int limit) {
        return memory.outbox().unsettledOf(account, after, limit);
      }

      @Override
      public Page<Message> messages(
          Collection<InboxId> inboxes, Collection<Delivery> deliveries, Page.Request page) {
        return memory.outbox().messages(inboxes, deliveries, page);
      }
    };
  }

  @Override
  public EventQueue events() {
    return memory.events();
  }

  @Override
  public Documents documents() {
    return memory.documents();
  }

  @Override
  public PersonSearch persons() {
    return memory.persons();
  }

  @Override
  public Drafts drafts() {
    return memory.drafts();
  }

  @Override
  public Attendance attendance() {
    return memory.attendance();
  }

  @Override
  public Recipients recipients() {
    return memory.recipients();
  }

  @Override
  public Paces paces() {
    return memory.paces();
  }

  @Override
  public Leases leases() {
    return memory.leases();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
