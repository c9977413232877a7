package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.document.Document;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Member;
import io.engage.model.mailbox.HeldMail;
import io.engage.spi.StaleVersion;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Inboxes in order of their ids. */
final class InboxTable {
  private final NavigableMap<String, Inbox> byId = new TreeMap<>();
  private final Set<InboxId> dropped = new HashSet<>();

  void check(List<Inbox> changed) {
    Versions versions = new Versions("inbox");
    for (Inbox each : changed) {
      Inbox stored = byId.get(each.id().value());
      versions.require(each.id().value(), each.version(), stored == null ? 0 : stored.version());
    }
  }

  /** Whoever files into an inbox that is gone has to look again where that belongs now. */
  void checkNotDropped(List<Conversation> changed, List<Document> documents) {
    changed.forEach(each -> requireNotDropped(each.inbox()));
    for (Document each : documents) {
      if (each instanceof HeldMail held) {
        requireNotDropped(held.inbox());
      }
    }
  }

  void requireNotDropped(InboxId inbox) {
    if (dropped.contains(inbox)) {
      throw new StaleVersion("inbox", inbox.value());
    }
  }

  void store(Inbox changed) {
    dropped.remove(changed.id());
    byId.put(changed.id().value(), changed.withVersion(changed.version() + 1));
  }

  void drop(InboxId id) {
    if (byId.remove(id.value()) != null) {
      dropped.add(id);
    }
  }

  List<Inbox> find(Collection<InboxId> ids) {
    return ids.stream()
        .distinct()
        .map(id -> byId.get(id.value()))
        .filter(Objects::nonNull)
        .toList();
  }

  List<Inbox> having(Collection<AgentId> agents) {
    Set<AgentId> wanted = Set.copyOf(agents);
    return byId.values().stream()
        .filter(
            inbox ->
                inbox.settings().members().stream().map(Member::agent).anyMatch(wanted::contains))
        .toList();
  }

  List<Inbox> all() {
    return List.copyOf(byId.values());
  }
}
