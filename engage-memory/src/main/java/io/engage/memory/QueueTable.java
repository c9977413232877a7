package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.QueueStanding;
import io.engage.spi.Queues;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells who waits and who works from what the conversations' table keeps sorted. */
final class QueueTable implements Queues {
  private final Guard guard;
  private final QueueIndex index;

  QueueTable(Guard guard, QueueIndex index) {
    this.guard = guard;
    this.index = index;
  }

  @Override
  public Page<Conversation> waiting(InboxId inbox, Page.Request page) {
    return guard.read(
        () ->
            index
                .of(inbox)
                .map(queue -> queue.queued(page))
                .orElseGet(() -> new Page<>(List.of(), null)));
  }

  @Override
  public Page<Conversation> inHand(InboxId inbox, Page.Request page) {
    return guard.read(
        () ->
            index
                .of(inbox)
                .map(queue -> queue.inHand(page))
                .orElseGet(() -> new Page<>(List.of(), null)));
  }

  @Override
  public List<Conversation> at(int before, Collection<InboxId> inboxes) {
    return guard.read(
        () ->
            inboxes.stream()
                .distinct()
                .flatMap(inbox -> index.of(inbox).flatMap(queue -> queue.at(before)).stream())
                .toList());
  }

  @Override
  public List<Conversation> offeredTo(AgentId agent) {
    return guard.read(() -> index.of(agent).map(AgentWork::offered).orElseGet(List::of));
  }

  @Override
  public Page<Conversation> offeredUntil(Instant last, Page.Request page) {
    return guard.read(() -> index.offeredUntil(last, page));
  }

  @Override
  public Map<AgentId, List<AgentLoad>> loads(Collection<AgentId> agents) {
    return guard.read(
        () -> {
          Map<AgentId, List<AgentLoad>> loads = new HashMap<>();
          agents.forEach(
              agent -> index.of(agent).ifPresent(work -> loads.put(agent, work.loads())));
          return loads;
        });
  }

  @Override
  public Map<InboxId, QueueStanding> standings(Collection<InboxId> inboxes) {
    return guard.read(
        () -> {
          Map<InboxId, QueueStanding> standings = new HashMap<>();
          inboxes.forEach(
              inbox -> index.of(inbox).ifPresent(queue -> standings.put(inbox, queue.standing())));
          return standings;
        });
  }
}
