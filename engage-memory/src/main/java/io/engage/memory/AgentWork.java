package io.engage.memory;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.Offer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one agent has and is offered, changed with each of these conversations. */
final class AgentWork {
  private final Map<Sort, AgentLoad> loads = new HashMap<>();
  private final Timeline<Conversation> offered = Timeline.oldestFirst();

  private record Sort(InboxId inbox, Channel channel) {}

  void addActive(Conversation each) {
    count(each, 1, 0);
  }

  void removeActive(Conversation each) {
    count(each, -1, 0);
  }

  void addOffered(Conversation each, Offer offer) {
    count(each, 0, 1);
    offered.put(new Mark(offer.at(), each.id().value()), each);
  }

  void removeOffered(Conversation each, Offer offer) {
    count(each, 0, -1);
    offered.remove(new Mark(offer.at(), each.id().value()));
  }

  boolean isEmpty() {
    return loads.isEmpty();
  }

  List<AgentLoad> loads() {
    return List.copyOf(loads.values());
  }

  List<Conversation> offered() {
    return List.copyOf(offered.all());
  }

  private void count(Conversation each, int active, int offers) {
    loads.compute(
        new Sort(each.inbox(), each.channel()),
        (sort, before) -> counted(sort, before, active, offers));
  }

  private static @Nullable AgentLoad counted(
      Sort sort, @Nullable AgentLoad before, int active, int offers) {
    AgentLoad now =
        new AgentLoad(
            sort.inbox,
            sort.channel,
            (before == null ? 0 : before.active()) + active,
            (before == null ? 0 : before.offered()) + offers);
    return now.active() == 0 && now.offered() == 0 ? null : now;
  }
}
