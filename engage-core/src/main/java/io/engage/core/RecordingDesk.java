package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.core.recording.Finding;
import io.engage.core.recording.RecordingSearch;
import io.engage.model.audit.AuditEntry;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.PartPath;
import io.engage.model.writing.Note;
import io.engage.spi.NotFound;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All conversations, finished and running, for whoever looks at them afterwards: find, look at,
 * print and export. Side threads are found beside theirs.
 *
 * <p>Looking needs {@link AgentAction#READ_RECORDINGS}, taking along {@link
 * AgentAction#EXPORT_RECORDINGS}, in the inbox of the conversation. Whoever looks into one, or
 * takes it along, is in the audit trail before they see the first byte. Nothing is marked as read.
 *
 * <p>Thread-safe. Exports are written straight from the store, with flat memory; {@code to} is
 * flushed, and closed by whoever gave it.
 */
public final class RecordingDesk {
  private final Parts parts;
  private final Permitting permitting;
  private final Opening opening;
  private final Notes notes;
  private final RecordingWalk walk;
  private final RecordedMails mails;
  private final NamedTrail trail;
  private final HandlerNames names;
  private final RecordingTrace trace;

  RecordingDesk(Agent agent, Parts parts) {
    requireNonNull(agent, "agent");
    this.parts = parts;
    this.permitting = new Permitting(agent, parts);
    this.opening = new Opening(parts, permitting, new BulkActions(agent, parts, permitting));
    this.notes = new Notes(agent, parts, permitting);
    this.walk = new RecordingWalk(parts, notes);
    this.mails = new RecordedMails(parts);
    this.trail = new NamedTrail(parts);
    this.names = new HandlerNames(parts);
    this.trace = new RecordingTrace(parts, permitting);
  }

  /**
   * The recordings that are looked for, newest first (of {@link RecordingSearch#whatWasLed} in a
   * time the oldest), in the inboxes that are named, or in all where the agent may read recordings
   * when none is.
   *
   * @return refused when the agent may not in one that is named, or in none at all
   */
  public Outcome<Page<Conversation>> search(RecordingSearch search, Page.Request page) {
    return permitted(
        AgentAction.READ_RECORDINGS,
        search,
        inboxes -> new Outcome.Done<>(find(Finding.decide(search, inboxes), inboxes, page)));
  }

  private Page<Conversation> find(
      ConversationFilter filter, Set<InboxId> inboxes, Page.Request page) {
    return inboxes.isEmpty()
        ? new Page<>(List.of(), null)
        : parts.storage().search().find(filter, page);
  }

  private <T> Outcome<T> permitted(
      AgentAction action, RecordingSearch search, Function<Set<InboxId>, Outcome<T>> act) {
    return search.inboxes().isEmpty()
        ? permitting.somewhere(action, act)
        : permitting.inAll(action, search.inboxes(), () -> act.apply(search.inboxes()));
  }

  /** A conversation with its messages, oldest first. */
  public Outcome<Recording> view(ConversationId conversation, Page.Request page) {
    return looking(conversation, found -> new Outcome.Done<>(recording(found, page)));
  }

  private <T> Outcome<T> looking(
      ConversationId conversation, Function<Conversation, Outcome<T>> act) {
    return permitting.onConversation(
        AgentAction.READ_RECORDINGS,
        conversation,
        found -> {
          trace.viewed(found);
          return act.apply(found);
        });
  }

  private Recording recording(Conversation conversation, Page.Request page) {
    return new Recording(
        conversation,
        inbox(conversation.inbox()).name(),
        names.atAGlance(conversation),
        parts.storage().inboxes().messagesOf(conversation.id(), page));
  }

  /**
   * What is in a message.
   *
   * @throws io.engage.spi.PortFailure when its bytes cannot be read
   */
  public Outcome<RecordedMessage> read(MessageId message) {
    return viewed(
        message, found -> new Outcome.Done<>(new RecordedMessage(found, opening.read(found))));
  }

  private <T> Outcome<T> viewed(MessageId message, Function<Message, Outcome<T>> act) {
    return permitting.onMessage(
        AgentAction.READ_RECORDINGS,
        message,
        (found, conversation) -> {
          trace.viewed(found);
          return act.apply(found);
        });
  }

  /**
   * Writes the decoded bytes of an attachment.
   *
   * @throws io.engage.spi.NotFound when the message has no such part
   * @throws IOException when {@code to} does not take them
   */
  public Outcome<Message> saveAttachment(MessageId message, PartPath part, OutputStream to)
      throws IOException {
    Outcome<Message> found = viewed(message, Outcome.Done::new);
    if (found instanceof Outcome.Done<Message> done) {
      StoredContent source = new StoredContent(parts.blobs(), done.value().source());
      parts.mail().format().writePart(source, part, to);
      to.flush();
    }
    return found;
  }

  /** What colleagues wrote beside a conversation, oldest first. */
  public Outcome<Page<Note>> notes(ConversationId conversation, Page.Request page) {
    return looking(conversation, found -> new Outcome.Done<>(notes.page(conversation, page)));
  }

  /** What happened to a conversation and to each of its messages, oldest first. */
  public Outcome<List<AuditEntry>> auditTrail(ConversationId conversation) {
    return looking(conversation, found -> new Outcome.Done<>(trail.of(found)));
  }

  /** The side threads that were led beside a conversation, newest first. */
  public Outcome<Page<Conversation>> besides(ConversationId conversation, Page.Request page) {
    return permitting.onConversation(
        AgentAction.READ_RECORDINGS,
        conversation,
        found -> {
          Set<InboxId> inboxes = permitting.permitted(AgentAction.READ_RECORDINGS);
          ConversationFilter beside =
              ConversationFilter.all()
                  .inInboxes(inboxes)
                  .matching(new Criterion.Besides(conversation));
          return new Outcome.Done<>(find(beside, inboxes, page));
        });
  }

  /**
   * Writes a conversation as one HTML page for paper, in UTF-8. It is complete in itself: the
   * pictures that mails brought along are within it, as far as there is room, nothing is loaded,
   * and nothing in it runs.
   *
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<ExportedRecordings> print(
      ConversationId conversation, RecordingForm form, OutputStream to) throws IOException {
    Outcome<Conversation> begun = begun(conversation, "print");
    if (begun instanceof Outcome.Done<Conversation> done) {
      Conversation found = done.value();
      return new Outcome.Done<>(
          new RecordingPrint(parts, walk, form, to)
              .write(found, inbox(found.inbox()).name(), permitting.agent().name()));
    }
    return Outcomes.then(begun, any -> new Outcome.Unknown<>());
  }

  /**
   * Writes one message as a mail file: as it came or went, or, for a text message, as a mail made
   * of it.
   *
   * @return refused when its bytes are gone
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<Message> exportMail(MessageId message, OutputStream to) throws IOException {
    Outcome<Message> begun =
        permitting.onMessage(
            AgentAction.EXPORT_RECORDINGS,
            message,
            (found, conversation) -> {
              if (!mails.isThere(found)) {
                return new Outcome.Refused<>("The content of this message is gone.");
              }
              trace.exported(found, "eml");
              return new Outcome.Done<>(found);
            });
    if (begun instanceof Outcome.Done<Message> done) {
      Optional<InputStream> mail = mails.open(done.value());
      if (mail.isEmpty()) {
        return new Outcome.Refused<>("The content of this message is gone.");
      }
      try (InputStream bytes = mail.get()) {
        bytes.transferTo(to);
        to.flush();
      }
    }
    return begun;
  }

  /**
   * Writes one conversation.
   *
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<ExportedRecordings> export(
      ConversationId conversation, RecordingFormat format, RecordingForm form, OutputStream to)
      throws IOException {
    Outcome<Conversation> begun = begun(conversation, format.code());
    if (begun instanceof Outcome.Done<Conversation> done) {
      RecordingExport export = new RecordingExport(parts, walk, format, form, to);
      export.begin();
      export.write(done.value());
      return new Outcome.Done<>(export.end());
    }
    return Outcomes.then(begun, any -> new Outcome.Unknown<>());
  }

  /**
   * Writes all conversations that are looked for and were there when it began, the oldest first.
   * One to which something comes meanwhile may be written twice, the second time with that. The
   * host is asked again for each page of them.
   *
   * @return refused as by {@link #search}, also in the middle: what was written ends there then
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<ExportedRecordings> export(
      RecordingSearch search, RecordingFormat format, RecordingForm form, OutputStream to)
      throws IOException {
    Outcome<Set<InboxId>> begun =
        permitted(AgentAction.EXPORT_RECORDINGS, search, Outcome.Done::new);
    if (begun instanceof Outcome.Done<Set<InboxId>> done) {
      return exported(
          search, done.value(), new RecordingExport(parts, walk, format, form, to), format);
    }
    return Outcomes.then(begun, any -> new Outcome.Unknown<>());
  }

  private Outcome<ExportedRecordings> exported(
      RecordingSearch search, Set<InboxId> inboxes, RecordingExport export, RecordingFormat format)
      throws IOException {
    export.begin();
    Outcome<Set<InboxId>> still = new Outcome.Done<>(inboxes);
    if (!inboxes.isEmpty()) {
      still =
          walk.conversations(
              Finding.decide(search, inboxes, parts.clock().instant()),
              () -> mayStillExport(inboxes),
              some -> {
                trace.exported(some, format.code());
                for (Conversation each : some) {
                  export.write(each);
                }
              });
    }
    if (still.isDone()) {
      return new Outcome.Done<>(export.end());
    }
    export.cut();
    return Outcomes.then(still, any -> new Outcome.Unknown<>());
  }

  /** An export goes on for hours; the right to it may end meanwhile. */
  private Outcome<Set<InboxId>> mayStillExport(Set<InboxId> inboxes) {
    return permitting.inAll(
        AgentAction.EXPORT_RECORDINGS, inboxes, () -> new Outcome.Done<>(inboxes));
  }

  private Outcome<Conversation> begun(ConversationId conversation, String form) {
    return permitting.onConversation(
        AgentAction.EXPORT_RECORDINGS,
        conversation,
        found -> {
          trace.exported(List.of(found), form);
          return new Outcome.Done<>(found);
        });
  }

  private Inbox inbox(InboxId id) {
    return parts.storage().inboxes().inboxes(List.of(id)).stream()
        .findFirst()
        .orElseThrow(() -> new NotFound("inbox", id.value()));
  }
}
