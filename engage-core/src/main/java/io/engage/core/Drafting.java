package io.engage.core;

import io.engage.core.answering.Beginning;
import io.engage.core.answering.Body;
import io.engage.core.answering.Copies;
import io.engage.model.address.EmailAddress;
import io.engage.model.address.NamedAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.StaleVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Begins, keeps and finds drafts. */
final class Drafting {
  private static final int MOST_LOOKED_AT = 100_000;

  private final Agent agent;
  private final Parts parts;
  private final Identities identities;
  private final Permitting permitting;
  private final Composing composing;
  private final Enclosing enclosing;

  Drafting(Agent agent, Parts parts, Permitting permitting, Composing composing) {
    this.agent = agent;
    this.parts = parts;
    this.identities = new Identities(parts);
    this.permitting = permitting;
    this.composing = composing;
    this.enclosing = new Enclosing(parts);
  }

  Outcome<Draft> answer(MessageId id, boolean toAll) {
    return onMail(
        AgentAction.REPLY,
        id,
        (message, conversation) -> {
          Composition content =
              Beginning.answering(message, toAll, Copies.of(conversation), ours());
          Draft.Kind kind = toAll ? Draft.Kind.REPLY_ALL : Draft.Kind.REPLY;
          return begin(kind, conversation, message, content);
        });
  }

  Outcome<Draft> forward(MessageId id) {
    return onMail(
        AgentAction.FORWARD,
        id,
        (message, conversation) ->
            enclosing
                .refusal(message)
                .<Outcome<Draft>>map(Outcome.Refused::new)
                .orElseGet(() -> forward(message, conversation)));
  }

  private Outcome<Draft> forward(Message message, Conversation conversation) {
    Composition content = Beginning.forwarding(message, enclosing.filesOf(message));
    return begin(Draft.Kind.FORWARD, conversation, message, content);
  }

  Outcome<Draft> anew(InboxId inbox, @Nullable CustomerId customer) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onInbox(
                    AgentAction.WRITE,
                    inbox,
                    found ->
                        customer == null
                            ? begin(inbox, null, null, Composition.empty())
                            : customer(identities.now(customer))
                                .map(each -> begin(inbox, each))
                                .orElseGet(Outcome.Unknown::new)));
  }

  private Outcome<Draft> begin(InboxId inbox, Customer customer) {
    return begin(inbox, null, customer.id(), Composition.empty().to(mailOf(customer)));
  }

  Outcome<Draft> anewFrom(MessageId id) {
    return onMail(
        AgentAction.WRITE,
        id,
        (message, conversation) -> {
          Body body = composing.contentOf(message, false);
          return begin(conversation.inbox(), message.id(), null, Beginning.from(message, body));
        });
  }

  /** Nobody, when the customer has no e-mail address: the agent may know one. */
  private static NamedAddress[] mailOf(Customer customer) {
    return customer.addresses().stream()
        .filter(EmailAddress.class::isInstance)
        .limit(1)
        .map(each -> new NamedAddress(customer.name(), (EmailAddress) each))
        .toArray(NamedAddress[]::new);
  }

  private Optional<Customer> customer(CustomerId id) {
    return parts.customers().findByIds(List.of(id)).stream().findFirst();
  }

  /** Again from the start when the inbox where the mail was has just gone to an heir. */
  private Outcome<Draft> onMail(AgentAction action, MessageId id, OnMail act) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onMessage(
                    action,
                    id,
                    (message, conversation) ->
                        message.channel() == Channel.EMAIL
                            ? act.with(message, conversation)
                            : new Outcome.Refused<>(
                                "This is a text message; a mail cannot be about it")));
  }

  /** What is done with a mail that the agent may write about. */
  private interface OnMail {
    Outcome<Draft> with(Message message, Conversation conversation);
  }

  private Outcome<Draft> begin(
      Draft.Kind kind, Conversation conversation, Message about, Composition content) {
    return keep(
        new Draft(
            newId(),
            kind,
            conversation.inbox(),
            conversation.id(),
            about.id(),
            null,
            agent.id(),
            seen(conversation),
            content,
            parts.clock().instant(),
            0));
  }

  private Outcome<Draft> begin(
      InboxId inbox,
      @Nullable MessageId about,
      @Nullable CustomerId customer,
      Composition content) {
    return keep(
        new Draft(
            newId(),
            Draft.Kind.NEW,
            inbox,
            null,
            about,
            customer,
            agent.id(),
            Draft.Seen.NOTHING,
            content,
            parts.clock().instant(),
            0));
  }

  private DraftId newId() {
    return DraftId.of(parts.ids().next());
  }

  private Outcome<Draft> keep(Draft draft) {
    return new Outcome.Done<>(parts.storage().drafts().save(draft));
  }

  private Draft.Seen seen(Conversation conversation) {
    return seen(parts, conversation);
  }

  /** How far a conversation has come by now. */
  static Draft.Seen seen(Parts parts, Conversation conversation) {
    List<Message> newest =
        parts.storage().search().newestIn(conversation.id(), Page.Request.first(1)).items();
    return new Draft.Seen(
        conversation.messages(),
        newest.isEmpty() ? null : newest.get(0).id(),
        conversation.exchange().cc(),
        conversation.exchange().bcc());
  }

  Outcome<Draft> save(Draft edited) {
    return on(
        edited.id(),
        stored ->
            keepOrTell(
                stored
                    .withContent(edited.content(), parts.clock().instant())
                    .withVersion(edited.version()),
                stored));
  }

  /** Changes a draft as it is stored, whatever an editor saves at the same moment. */
  Outcome<Draft> change(DraftId id, Function<Draft, Outcome<Composition>> change) {
    return parts
        .committing()
        .retrying(
            () ->
                on(
                    id,
                    stored ->
                        Outcomes.then(
                            change.apply(stored),
                            content ->
                                keep(stored.withContent(content, parts.clock().instant())))));
  }

  private Outcome<Draft> keepOrTell(Draft next, Draft before) {
    try {
      forgetFiles(before, next);
      return keep(next);
    } catch (StaleVersion somebodySavedIt) {
      return parts
          .storage()
          .drafts()
          .find(next.id())
          .<Outcome<Draft>>map(Outcome.Overtaken::new)
          .orElseGet(Outcome.Unknown::new);
    }
  }

  Outcome<Draft> discard(DraftId id) {
    return on(
        id,
        stored -> {
          forgetFiles(stored, stored.withContent(Composition.empty(), stored.changedAt()));
          parts.storage().drafts().discard(id);
          return new Outcome.Done<>(stored);
        });
  }

  /**
   * Files that were taken out leave the blob store later, when what follows has been done: a
   * process that dies in between leaves none behind, and none that the draft still has is deleted.
   */
  private void forgetFiles(Draft before, Draft next) {
    Set<ContentDigest> gone = BlobRemovals.filesOf(before).collect(Collectors.toSet());
    BlobRemovals.filesOf(next).forEach(gone::remove);
    if (!gone.isEmpty()) {
      commitRemoval(gone, before.inbox());
    }
  }

  /** A file that did not get into its draft. */
  void forget(DraftId id, Composition.File file) {
    parts
        .storage()
        .drafts()
        .find(id)
        .ifPresent(draft -> commitRemoval(Set.of(file.content().digest()), draft.inbox()));
  }

  private void commitRemoval(Set<ContentDigest> files, InboxId inbox) {
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .document(new BlobRemovals(parts).later(files))
                .audit(
                    parts
                        .committing()
                        .stamp(
                            Actor.agent(agent),
                            AuditSubject.of(inbox),
                            new AuditFact.FilesDiscarded(files.size())))
                .build());
  }

  /** Those whose inbox the agent may read by now: what customers wrote may stand in them. */
  List<Draft> own(int limit) {
    int asked = limit;
    List<Draft> all = parts.storage().drafts().ofAgent(agent.id(), asked);
    List<Draft> readable = readable(all);
    while (readable.size() < limit && all.size() == asked && asked < MOST_LOOKED_AT) {
      asked = Math.min(MOST_LOOKED_AT, 2 * asked);
      all = parts.storage().drafts().ofAgent(agent.id(), asked);
      readable = readable(all);
    }
    return readable.stream().limit(limit).toList();
  }

  private List<Draft> readable(List<Draft> drafts) {
    List<ConversationId> conversations =
        drafts.stream().flatMap(each -> Stream.ofNullable(each.conversation())).distinct().toList();
    Map<ConversationId, InboxId> places = new HashMap<>();
    parts
        .storage()
        .inboxes()
        .conversations(conversations)
        .forEach(each -> places.put(each.id(), each.inbox()));
    Set<InboxId> readable =
        permitting.permitted(
            AgentAction.READ,
            drafts.stream().map(each -> placeOf(each, places)).collect(Collectors.toSet()));
    return drafts.stream().filter(each -> readable.contains(placeOf(each, places))).toList();
  }

  private static InboxId placeOf(Draft draft, Map<ConversationId, InboxId> places) {
    ConversationId conversation = draft.conversation();
    return conversation == null ? draft.inbox() : places.getOrDefault(conversation, draft.inbox());
  }

  Outcome<List<Draft>> in(ConversationId id) {
    return permitting.onConversation(
        AgentAction.READ,
        id,
        found -> new Outcome.Done<>(parts.storage().drafts().inConversation(id)));
  }

  /** Does it when there is such a draft, and the agent may write what it will become. */
  <T> Outcome<T> on(DraftId id, Function<Draft, Outcome<T>> act) {
    Optional<Draft> found =
        parts.storage().drafts().find(id).filter(each -> each.kind() != Draft.Kind.SMS);
    return found
        .map(draft -> onPlaceOf(draft, any -> act.apply(draft)))
        .orElseGet(Outcome.Unknown::new);
  }

  /** A conversation may have gone to another inbox since. */
  private <T> Outcome<T> onPlaceOf(Draft draft, Function<InboxId, Outcome<T>> act) {
    ConversationId conversation = draft.conversation();
    return conversation == null
        ? permitting.onInbox(actionOf(draft), draft.inbox(), found -> act.apply(found.id()))
        : permitting.onConversation(
            actionOf(draft), conversation, found -> act.apply(found.inbox()));
  }

  static AgentAction actionOf(Draft draft) {
    return switch (draft.kind()) {
      case REPLY, REPLY_ALL -> AgentAction.REPLY;
      case FORWARD -> AgentAction.FORWARD;
      case NEW -> AgentAction.WRITE;
      case SMS -> AgentAction.SEND_SMS;
    };
  }

  private List<Inbox> ours() {
    return parts.storage().inboxes().inboxes();
  }
}
