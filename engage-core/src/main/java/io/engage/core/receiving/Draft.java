package io.engage.core.receiving;

import io.engage.core.threading.Remembered;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.ConversationNumber;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.HeldTrace;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.AnswerBudget;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A plan while it is being made. What was known and what earlier mails of the batch changed look
 * the same from here, so the second mail of a batch joins the conversation that the first one
 * opened.
 */
final class Draft implements Remembered, Obeying.Trail {
  private final Set<ServerUid> recorded;
  private final Map<MessageId, Message> messages = new HashMap<>();
  private final Map<String, List<MessageId>> byMessageId = new HashMap<>();
  private final Map<String, List<MessageId>> byNamedId = new HashMap<>();
  private final Map<ConversationNumber, Set<ConversationId>> byNumber = new HashMap<>();
  private final Map<ContentDigest, List<MessageId>> byBytes = new HashMap<>();
  private final Map<ConversationId, Conversation> conversations = new HashMap<>();
  private final Map<PhoneNumber, List<ConversationId>> sms = new HashMap<>();
  private final Map<String, AnswerBudget> budgets = new HashMap<>();
  private final Map<String, HeldMail> held = new HashMap<>();
  private final Map<ContentDigest, HeldTrace> traces = new HashMap<>();
  private final List<Document> dropped = new ArrayList<>();
  private final Map<Assignment, String> refused;
  private final Set<Assignment> assignments = new HashSet<>();
  private final Map<DocumentKey, Document> changedDocuments = new LinkedHashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private final Map<MessageId, Message> changedMessages = new LinkedHashMap<>();
  private final Map<ConversationId, Conversation> changedConversations = new LinkedHashMap<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final Set<ServerUid> seenOnServer = new HashSet<>();
  private final Set<ServerUid> deletedOnServer = new HashSet<>();
  private final List<Occurrence> occurrences = new ArrayList<>();

  Draft(Known known) {
    recorded = new HashSet<>(known.recorded());
    refused = known.refused();
    Stream.of(known.sameBytes(), known.named())
        .flatMap(List::stream)
        .sorted(Comparator.comparing(Message::at).thenComparing(each -> each.id().value()))
        .forEach(this::remember);
    known.conversations().forEach(this::remember);
    known.held().mails().forEach(each -> held.put(each.id(), each));
    known.held().traces().forEach(each -> traces.put(each.content(), each));
    budgets.putAll(known.answers().budgets());
    known.sms().forEach((number, all) -> all.forEach(each -> rememberSms(number, each)));
  }

  boolean isRecorded(ServerUid uid) {
    return recorded.contains(uid);
  }

  List<Message> sameBytes(ContentDigest digest) {
    return current(byBytes.getOrDefault(digest, List.of()));
  }

  @Override
  public List<Message> messages(RfcMessageId id) {
    return current(byMessageId.getOrDefault(id.caseless(), List.of()));
  }

  @Override
  public List<Message> naming(RfcMessageId id) {
    return current(byNamedId.getOrDefault(id.caseless(), List.of()));
  }

  @Override
  public List<Conversation> numbered(ConversationNumber number) {
    return byNumber.getOrDefault(number, Set.of()).stream()
        .flatMap(id -> conversation(id).stream())
        .toList();
  }

  @Override
  public Optional<Conversation> conversation(ConversationId id) {
    return Optional.ofNullable(conversations.get(id));
  }

  /** The SMS conversation with this number in this inbox. */
  Optional<Conversation> sms(PhoneNumber number, InboxId inbox) {
    return Texts.decide(sms(number), each -> each.inbox().equals(inbox));
  }

  /** The SMS conversation with this number through this one of ours, wherever it is. */
  Optional<Conversation> sms(PhoneNumber number, PhoneNumber ours) {
    return Texts.decide(sms(number), each -> ours.equals(each.exchange().line()));
  }

  private List<Conversation> sms(PhoneNumber number) {
    return sms.getOrDefault(number, List.of()).stream()
        .flatMap(id -> conversation(id).stream())
        .toList();
  }

  AnswerBudget budget(String id) {
    return budgets.getOrDefault(id, AnswerBudget.none(id));
  }

  void put(AnswerBudget budget) {
    budgets.put(budget.id(), budget);
    changedDocuments.put(budget.key(), budget);
  }

  /** The mails that are kept for review of these bytes, in order of their ids. */
  List<HeldMail> held(ContentDigest content) {
    return trace(content).held().stream()
        .sorted()
        .flatMap(id -> Optional.ofNullable(held.get(id)).stream())
        .toList();
  }

  HeldTrace trace(ContentDigest content) {
    return traces.getOrDefault(content, HeldTrace.none(content));
  }

  void put(HeldMail mail) {
    held.put(mail.id(), mail);
    changedDocuments.put(mail.key(), mail);
    HeldTrace before = trace(mail.source().digest());
    if (!before.held().contains(mail.id())) {
      put(before.with(mail));
    }
  }

  /** It is kept for review no longer. */
  void release(HeldMail mail) {
    held.remove(mail.id());
    dropped.add(mail);
    HeldTrace before = trace(mail.source().digest());
    HeldTrace after = before.without(mail);
    if (after.isEmpty() && before.version() > 0) {
      traces.remove(before.content());
      dropped.add(before);
    } else {
      put(after);
    }
  }

  private void put(HeldTrace trace) {
    traces.put(trace.content(), trace);
    changedDocuments.put(trace.key(), trace);
  }

  void put(Answer answer) {
    answer.mail().inReplyTo().forEach(id -> answered.add(id.caseless()));
    answers.add(answer);
  }

  /** Whether something of ours names it as what it answers, here or in this batch. */
  boolean isAnswered(RfcMessageId id) {
    return answered.contains(id.caseless())
        || naming(id).stream()
            .anyMatch(
                each ->
                    each.direction() == Direction.OUTBOUND
                        && each.headers().inReplyTo().stream()
                            .anyMatch(named -> named.caseless().equals(id.caseless())));
  }

  void put(Message message) {
    remember(message);
    messages.put(message.id(), message);
    changedMessages.put(message.id(), message);
  }

  void put(Conversation conversation) {
    remember(conversation);
    changedConversations.put(conversation.id(), conversation);
  }

  void rememberSms(PhoneNumber number, Conversation conversation) {
    conversations.putIfAbsent(conversation.id(), conversation);
    sms.computeIfAbsent(number, key -> new ArrayList<>()).add(conversation.id());
  }

  @Override
  public Optional<String> assign(Assignment assignment) {
    assignments.add(assignment);
    return Optional.ofNullable(refused.get(assignment));
  }

  void record(LedgerEntry entry) {
    recorded.add(entry.uid());
    ledger.add(entry);
  }

  @Override
  public void note(AuditSubject subject, AuditFact fact) {
    occurrences.add(new Occurrence(subject, fact));
  }

  /** On the server it has yet to be marked as read. */
  void markSeen(ServerUid uid) {
    seenOnServer.add(uid);
  }

  /** From the server it has yet to be deleted. */
  void delete(ServerUid uid) {
    deletedOnServer.add(uid);
  }

  Plan plan() {
    return new Plan(
        List.copyOf(changedConversations.values()),
        List.copyOf(changedMessages.values()),
        ledger,
        occurrences,
        seenOnServer,
        deletedOnServer,
        List.copyOf(changedDocuments.values()),
        dropped,
        assignments,
        answers);
  }

  private void remember(Message message) {
    if (messages.putIfAbsent(message.id(), message) != null) {
      return;
    }
    byBytes.computeIfAbsent(message.source().digest(), key -> new ArrayList<>()).add(message.id());
    RfcMessageId messageId = message.headers().messageId();
    if (messageId != null) {
      byMessageId.computeIfAbsent(messageId.caseless(), key -> new ArrayList<>()).add(message.id());
    }
    Set<String> named = new HashSet<>();
    for (RfcMessageId each : message.headers().ancestors()) {
      if (named.add(each.caseless())) {
        byNamedId.computeIfAbsent(each.caseless(), key -> new ArrayList<>()).add(message.id());
      }
    }
  }

  private void remember(Conversation conversation) {
    conversations.put(conversation.id(), conversation);
    byNumber
        .computeIfAbsent(conversation.number(), key -> new LinkedHashSet<>())
        .add(conversation.id());
  }

  private List<Message> current(List<MessageId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Message> current = new ArrayList<>(ids.size());
    for (MessageId id : ids) {
      Message message = messages.get(id);
      if (message != null) {
        current.add(message);
      }
    }
    return current;
  }
}
