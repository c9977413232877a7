package io.engage.memory;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.spi.AuditTrail;
import io.engage.spi.EventQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What happened, in the order of commits; what listeners have not heard of stands apart. */
final class AuditTable implements AuditTrail, EventQueue {
  private final Guard guard;
  private final MessageTable messages;
  private final List<AuditEntry> all = new ArrayList<>();
  private final List<AuditLink> chain = new ArrayList<>();
  private final Map<AuditEntryId, Integer> places = new HashMap<>();
  private final Map<ConversationId, Positions> byConversation = new HashMap<>();
  private final Map<MessageId, Positions> byMessage = new HashMap<>();
  private final Map<AuditEntryId, AuditEntry> undelivered = new LinkedHashMap<>();

  AuditTable(Guard guard, MessageTable messages) {
    this.guard = guard;
    this.messages = messages;
  }

  @Override
  public List<AuditEntry> ofConversation(
      ConversationId conversation, @Nullable AuditEntryId after, int limit) {
    return guard.read(
        () -> about(conversation, placeOf(after)).limit(limit).mapToObj(all::get).toList());
  }

  @Override
  public List<AuditEntry> ofMessage(MessageId id, @Nullable AuditEntryId after, int limit) {
    return guard.read(
        () -> {
          Message message = messages.find(id);
          return message == null ? List.of() : ofMessage(message, placeOf(after), limit);
        });
  }

  @Override
  public List<AuditEntry> newest(int limit) {
    return guard.read(
        () ->
            IntStream.range(0, Math.min(limit, all.size()))
                .mapToObj(back -> all.get(all.size() - 1 - back))
                .toList());
  }

  @Override
  public List<AuditLink> chainAfter(long sequence, int limit) {
    return guard.write(
        () -> {
          int from = (int) Math.min(sequence, all.size());
          int until = (int) Math.min((long) from + limit, all.size());
          sealUntil(until);
          return List.copyOf(chain.subList(from, until));
        });
  }

  @Override
  public Optional<AuditLink> findLast() {
    return guard.write(
        () -> {
          sealUntil(all.size());
          return chain.isEmpty()
              ? Optional.<AuditLink>empty()
              : Optional.of(chain.get(chain.size() - 1));
        });
  }

  /** What is committed here is so when the commit returns. */
  @Override
  public void afterCommit(Runnable wakeUp) {
    wakeUp.run();
  }

  @Override
  public boolean isHostsTransactionOpen() {
    return false;
  }

  @Override
  public List<AuditEntry> undelivered(int limit) {
    return guard.read(() -> undelivered.values().stream().limit(limit).toList());
  }

  @Override
  public void delivered(Collection<AuditEntryId> known) {
    guard.change(() -> known.forEach(undelivered::remove));
  }

  void check(List<AuditEntry> entries) {
    Versions versions = new Versions("audit entry");
    entries.forEach(each -> versions.require(each.id().value(), !places.containsKey(each.id())));
  }

  void store(AuditEntry entry) {
    int place = all.size();
    all.add(entry);
    places.put(entry.id(), place);
    undelivered.put(entry.id(), entry);
    AuditSubject subject = entry.subject();
    if (subject.conversation() != null) {
      byConversation.computeIfAbsent(subject.conversation(), any -> new Positions()).add(place);
    }
    if (subject.message() != null) {
      byMessage.computeIfAbsent(subject.message(), any -> new Positions()).add(place);
    }
  }

  /** Nobody can change what is in memory behind our back, so it is sealed when somebody looks. */
  private void sealUntil(int count) {
    for (int place = chain.size(); place < count; place++) {
      AuditEntry entry = all.get(place);
      chain.add(place == 0 ? AuditLink.first(entry) : chain.get(place - 1).next(entry));
    }
  }

  private List<AuditEntry> ofMessage(Message message, int after, int limit) {
    IntStream own =
        byMessage.getOrDefault(message.id(), Positions.none()).after(after).limit(limit);
    IntStream shared =
        about(message.conversation(), after)
            .filter(place -> all.get(place).subject().message() == null)
            .limit(limit);
    return IntStream.concat(own, shared).sorted().limit(limit).mapToObj(all::get).toList();
  }

  private IntStream about(ConversationId conversation, int after) {
    return byConversation.getOrDefault(conversation, Positions.none()).after(after);
  }

  /** Before the first when there is none. */
  private int placeOf(@Nullable AuditEntryId entry) {
    return entry == null ? -1 : places.getOrDefault(entry, -1);
  }
}
