package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import io.engage.spi.Queues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who waits and who works, looked up among all conversations. */
final class QueueTable implements Queues {
  private final Guard guard;
  private final Supplier<Stream<Conversation>> all;

  QueueTable(Guard guard, Supplier<Stream<Conversation>> all) {
    this.guard = guard;
    this.all = all;
  }

  private Stream<Conversation> in(QueueState state) {
    return all.get().filter(each -> each.queueState() == state && !each.isEmpty());
  }

  private static Page.Mark mark(Conversation each) {
    return new Page.Mark(
        each.state().priority(),
        Objects.requireNonNull(each.state().service().waitingSince()),
        each.id().value());
  }

  private static final Comparator<Page.Mark> ORDER =
      Comparator.comparingInt(Page.Mark::rank)
          .thenComparing(Page.Mark::at)
          .thenComparing(Page.Mark::id);

  @Override
  public Page<Conversation> waiting(InboxId inbox, Page.Request page) {
    return guard.read(
        () -> {
          List<Conversation> rest =
              in(QueueState.QUEUED)
                  .filter(each -> each.inbox().equals(inbox))
                  .filter(
                      each -> page.after() == null || ORDER.compare(mark(each), page.after()) > 0)
                  .sorted(Comparator.comparing(QueueTable::mark, ORDER))
                  .limit(page.limit() + 1L)
                  .toList();
          boolean more = rest.size() > page.limit();
          List<Conversation> items = more ? rest.subList(0, page.limit()) : rest;
          return new Page<>(items, more ? mark(items.get(items.size() - 1)) : null);
        });
  }

  @Override
  public List<InboxId> inboxesWaiting(Collection<InboxId> inboxes) {
    return guard.read(
        () ->
            in(QueueState.QUEUED)
                .map(Conversation::inbox)
                .distinct()
                .filter(inboxes::contains)
                .toList());
  }

  @Override
  public List<Conversation> offeredTo(AgentId agent) {
    return guard.read(
        () ->
            in(QueueState.OFFERED)
                .filter(each -> offer(each).to().equals(agent))
                .sorted(
                    Comparator.comparing((Conversation each) -> offer(each).at())
                        .thenComparing(each -> each.id().value()))
                .toList());
  }

  private static Offer offer(Conversation each) {
    return Objects.requireNonNull(each.state().service().offer());
  }

  @Override
  public List<Conversation> unanswered(Instant now, int limit) {
    return guard.read(
        () ->
            in(QueueState.OFFERED)
                .filter(each -> !offer(each).until().isAfter(now))
                .sorted(Comparator.comparing(each -> offer(each).until()))
                .limit(limit)
                .toList());
  }

  @Override
  public Map<AgentId, List<AgentLoad>> loads(Collection<AgentId> agents) {
    return guard.read(
        () -> {
          Map<AgentId, List<AgentLoad>> loads = new HashMap<>();
          Stream.concat(in(QueueState.ACTIVE), in(QueueState.OFFERED))
              .forEach(
                  each -> {
                    boolean active = each.queueState() == QueueState.ACTIVE;
                    AgentId agent = active ? each.findAssignee().orElseThrow() : offer(each).to();
                    if (agents.contains(agent)) {
                      add(loads.computeIfAbsent(agent, any -> new ArrayList<>()), each, active);
                    }
                  });
          return loads;
        });
  }

  private static void add(List<AgentLoad> loads, Conversation each, boolean active) {
    AgentLoad before =
        loads.stream()
            .filter(load -> load.inbox().equals(each.inbox()) && load.channel() == each.channel())
            .findFirst()
            .orElse(new AgentLoad(each.inbox(), each.channel(), 0, 0));
    loads.remove(before);
    loads.add(
        new AgentLoad(
            each.inbox(),
            each.channel(),
            before.active() + (active ? 1 : 0),
            before.offered() + (active ? 0 : 1)));
  }

  @Override
  public Map<InboxId, QueueStanding> standings(Collection<InboxId> inboxes) {
    return guard.read(
        () -> {
          Map<InboxId, QueueStanding> standings = new HashMap<>();
          all.get()
              .filter(each -> !each.isEmpty() && inboxes.contains(each.inbox()))
              .forEach(
                  each -> {
                    QueueStanding before =
                        standings.getOrDefault(each.inbox(), QueueStanding.EMPTY);
                    QueueStanding after = with(before, each);
                    if (!after.equals(before)) {
                      standings.put(each.inbox(), after);
                    }
                  });
          return standings;
        });
  }

  private static QueueStanding with(QueueStanding before, Conversation each) {
    Instant since = each.state().service().waitingSince();
    Instant taken = each.state().service().takenAt();
    return switch (each.queueState()) {
      case QUEUED ->
          new QueueStanding(
              before.queued() + 1,
              before.offered(),
              before.active(),
              older(before.longestWaiting(), since),
              before.longestActive());
      case OFFERED ->
          new QueueStanding(
              before.queued(),
              before.offered() + 1,
              before.active(),
              older(before.longestWaiting(), since),
              before.longestActive());
      case ACTIVE ->
          new QueueStanding(
              before.queued(),
              before.offered(),
              before.active() + 1,
              before.longestWaiting(),
              older(before.longestActive(), taken));
      default -> before;
    };
  }

  private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  @Override
  public List<Conversation> waitingFor(AgentId agent, int limit) {
    return guard.read(
        () ->
            in(QueueState.ACTIVE)
                .filter(each -> each.findAssignee().orElseThrow().equals(agent))
                .filter(each -> each.state().service().waitingSince() != null)
                .sorted(Comparator.comparing(QueueTable::mark, ORDER))
                .limit(limit)
                .toList());
  }
}
