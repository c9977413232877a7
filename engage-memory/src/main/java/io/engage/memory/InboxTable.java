package io.engage.memory;

import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Inboxes in order of their ids. */
final class InboxTable {
  private final NavigableMap<String, Inbox> byId = new TreeMap<>();

  void check(List<Inbox> changed) {
    Versions versions = new Versions("inbox");
    for (Inbox each : changed) {
      Inbox stored = byId.get(each.id().value());
      versions.require(each.id().value(), each.version(), stored == null ? 0 : stored.version());
    }
  }

  void store(Inbox changed) {
    byId.put(changed.id().value(), changed.withVersion(changed.version() + 1));
  }

  void drop(InboxId id) {
    byId.remove(id.value());
  }

  List<Inbox> all() {
    return List.copyOf(byId.values());
  }
}
