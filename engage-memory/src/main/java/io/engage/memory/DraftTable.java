package io.engage.memory;

import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange.Drop;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.BlobUse;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.spi.Drafts;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What agents have begun to write. */
final class DraftTable implements Drafts {
  private static final Comparator<Draft> NEWEST_FIRST =
      Comparator.comparing(Draft::changedAt).thenComparing(draft -> draft.id().value()).reversed();

  private final Guard guard;
  private final InboxTable inboxes;
  private final BlobUses blobUses;
  private final Map<DraftId, Draft> byId = new HashMap<>();
  private final Map<ConversationId, Map<DraftId, Draft>> byConversation = new HashMap<>();
  private final Map<AgentId, Map<DraftId, Draft>> byAgent = new HashMap<>();

  DraftTable(Guard guard, InboxTable inboxes, BlobUses blobUses) {
    this.guard = guard;
    this.inboxes = inboxes;
    this.blobUses = blobUses;
  }

  @Override
  public Draft save(Draft draft) {
    return guard.write(
        () -> {
          inboxes.requireNotDropped(draft.inbox());
          Draft stored = byId.get(draft.id());
          new Versions("draft")
              .require(draft.id().value(), draft.version(), stored == null ? 0 : stored.version());
          drop(draft.id());
          return keep(draft.withVersion(draft.version() + 1));
        });
  }

  @Override
  public Optional<Draft> find(DraftId id) {
    return guard.read(() -> Optional.ofNullable(byId.get(id)));
  }

  @Override
  public List<Draft> inConversation(ConversationId conversation) {
    return guard.read(() -> sorted(byConversation.getOrDefault(conversation, Map.of()).values()));
  }

  @Override
  public List<Draft> ofAgent(AgentId agent, int limit) {
    return guard.read(
        () ->
            sorted(byAgent.getOrDefault(agent, Map.of()).values()).stream().limit(limit).toList());
  }

  @Override
  public void discard(DraftId id) {
    guard.change(() -> drop(id));
  }

  /** In ascending order of their ids. */
  List<Draft> matching(Predicate<Draft> wanted) {
    return guard.read(
        () ->
            byId.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(draft -> draft.id().value()))
                .toList());
  }

  void checkDropped(List<Drop<DraftId>> dropped) {
    Versions versions = new Versions("draft");
    for (Drop<DraftId> each : dropped) {
      Draft stored = byId.get(each.what());
      versions.requireDropped(each.what().value(), each, stored == null ? 0 : stored.version());
    }
  }

  void drop(DraftId id) {
    Draft gone = byId.remove(id);
    if (gone != null) {
      blobUses.remove(BlobUse.of(gone), id.value());
      remove(byAgent, gone.author(), id);
      ConversationId conversation = gone.conversation();
      if (conversation != null) {
        remove(byConversation, conversation, id);
      }
    }
  }

  /** The drafts of one inbox go over to another. */
  void succeed(InboxId gone, InboxId heir) {
    List<Draft> moved = byId.values().stream().filter(draft -> draft.inbox().equals(gone)).toList();
    moved.forEach(
        draft -> {
          drop(draft.id());
          keep(draft.in(heir).withVersion(draft.version() + 1));
        });
  }

  private Draft keep(Draft draft) {
    byId.put(draft.id(), draft);
    blobUses.add(BlobUse.of(draft), draft.id().value());
    index(byAgent, draft.author()).put(draft.id(), draft);
    ConversationId conversation = draft.conversation();
    if (conversation != null) {
      index(byConversation, conversation).put(draft.id(), draft);
    }
    return draft;
  }

  private static <K> Map<DraftId, Draft> index(Map<K, Map<DraftId, Draft>> by, K key) {
    Function<K, Map<DraftId, Draft>> empty = any -> new LinkedHashMap<>();
    return by.computeIfAbsent(key, empty);
  }

  private static <K> void remove(Map<K, Map<DraftId, Draft>> by, K key, DraftId id) {
    by.computeIfPresent(
        key,
        (any, drafts) -> {
          drafts.remove(id);
          return drafts.isEmpty() ? null : drafts;
        });
  }

  private static List<Draft> sorted(Collection<Draft> drafts) {
    return drafts.stream().sorted(NEWEST_FIRST).toList();
  }
}
