package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who waits and who works, sorted as it is asked for: a commit changes the places it touches. */
final class QueueIndex {
  private final Map<InboxId, InboxQueue> inboxes = new HashMap<>();
  private final Map<AgentId, AgentWork> agents = new HashMap<>();
  private final Timeline<Conversation> offerEnds = Timeline.oldestFirst();

  void add(Conversation each) {
    if (!isListed(each)) {
      return;
    }
    inboxes.computeIfAbsent(each.inbox(), any -> new InboxQueue()).add(each);
    if (each.queueState() == QueueState.ACTIVE) {
      work(each.findAssignee().orElseThrow()).addActive(each);
    } else if (each.queueState() == QueueState.OFFERED) {
      Offer offer = offerOf(each);
      work(offer.to()).addOffered(each, offer);
      offerEnds.put(endOf(each, offer), each);
    }
  }

  void remove(Conversation each) {
    if (!isListed(each)) {
      return;
    }
    inboxes.computeIfPresent(each.inbox(), (any, queue) -> without(queue, each));
    if (each.queueState() == QueueState.ACTIVE) {
      AgentId agent = each.findAssignee().orElseThrow();
      work(agent).removeActive(each);
      forgetIdle(agent);
    } else if (each.queueState() == QueueState.OFFERED) {
      Offer offer = offerOf(each);
      work(offer.to()).removeOffered(each, offer);
      forgetIdle(offer.to());
      offerEnds.remove(endOf(each, offer));
    }
  }

  Optional<InboxQueue> of(InboxId inbox) {
    return Optional.ofNullable(inboxes.get(inbox));
  }

  Optional<AgentWork> of(AgentId agent) {
    return Optional.ofNullable(agents.get(agent));
  }

  Page<Conversation> offeredUntil(Instant last, Page.Request page) {
    Mark after = page.after();
    if (after != null && after.at().isAfter(last)) {
      return new Page<>(List.of(), null);
    }
    Instant end = last.equals(Instant.MAX) ? last : last.plusNanos(1);
    return Pages.page(offerEnds.walk(after, new Mark(end, "")), any -> true, page.limit());
  }

  private AgentWork work(AgentId agent) {
    return agents.computeIfAbsent(agent, any -> new AgentWork());
  }

  private void forgetIdle(AgentId agent) {
    agents.computeIfPresent(agent, (any, work) -> work.isEmpty() ? null : work);
  }

  private static @Nullable InboxQueue without(InboxQueue queue, Conversation each) {
    queue.remove(each);
    return queue.isEmpty() ? null : queue;
  }

  private static boolean isListed(Conversation each) {
    return switch (each.queueState()) {
      case QUEUED, OFFERED, ACTIVE -> each.countsInQueues();
      case IDLE, COMPLETED -> false;
    };
  }

  private static Offer offerOf(Conversation each) {
    return Objects.requireNonNull(each.state().service().offer());
  }

  private static Mark endOf(Conversation each, Offer offer) {
    return new Mark(offer.until(), each.id().value());
  }
}
