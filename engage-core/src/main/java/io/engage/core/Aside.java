package io.engage.core;

import io.engage.core.picturing.Touched;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What has to be looked at again and was not yet, each thing once however often it was named, up to
 * a bound; past it, that it is too much.
 */
final class Aside {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ConversationId, Instant> conversations = new LinkedHashMap<>();
  private final Map<AgentId, Instant> agents = new LinkedHashMap<>();
  private final Set<InboxId> inboxes = new HashSet<>();
  private boolean settings;
  private boolean lost;

  Aside(int most) {
    this.most = most;
  }

  void put(Touched more) {
    lock.lock();
    try {
      if (!lost) {
        add(more);
      }
      if (conversations.size() > most || agents.size() > most || inboxes.size() > most) {
        lose();
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(Touched more) {
    more.conversations().forEach((id, at) -> last(conversations, id, at));
    more.agents().forEach((id, at) -> last(agents, id, at));
    inboxes.addAll(more.inboxes());
    settings |= more.settings();
  }

  private static <K> void last(Map<K, Instant> all, K id, Instant at) {
    all.remove(id);
    all.put(id, at);
  }

  /** What is here, and what comes until it is taken, is not all. */
  void lose() {
    lock.lock();
    try {
      lost = true;
      clear();
    } finally {
      lock.unlock();
    }
  }

  /** All of it; empty when something was lost. */
  Optional<Touched> take() {
    lock.lock();
    try {
      Optional<Touched> taken =
          lost
              ? Optional.empty()
              : Optional.of(new Touched(conversations, agents, inboxes, settings));
      clear();
      lost = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void clear() {
    conversations.clear();
    agents.clear();
    inboxes.clear();
    settings = false;
  }
}
