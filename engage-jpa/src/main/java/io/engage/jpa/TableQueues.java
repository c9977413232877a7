package io.engage.jpa;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.conversation.Page.Mark;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.AgentLoad;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import io.engage.spi.Queues;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who waits and who works, as columns of conversations say it. Each question names the state in the
 * words of the index that answers it.
 */
final class TableQueues implements Queues {
  private static final String SELECT =
      "select " + ConversationTable.COLUMNS + " from engage_conversation where ";

  /** Goes along the queue of each inbox, without looking at what stands there before. */
  private static final String AT =
      SELECT
          + """
          id = any (array(select (select queued.id from engage_conversation queued
              where queued.inbox = asked.inbox and queued.queue_state = 'queued'
              order by queued.place, queued.id
              limit 1 offset ?)
            from unnest(cast(? as varchar array)) as asked(inbox)))\
          """;

  /** In the order of their names, which is that of the index. */
  private static final List<QueueState> IN_HAND = List.of(QueueState.ACTIVE, QueueState.OFFERED);

  private final Database database;

  TableQueues(Database database) {
    this.database = database;
  }

  @Override
  public Page<Conversation> waiting(InboxId inbox, Page.Request page) {
    return Pages.of(list(head(inbox, page)), page, TableQueues::mark);
  }

  private static Clause head(InboxId inbox, Page.Request page) {
    Mark after = page.after();
    return Clause.joined(
        SELECT,
        Clause.of("queue_state = 'queued' and inbox = ?", inbox.value()),
        after == null ? "" : Clause.of(" and (place, id) > (?, ?)", after.at(), after.id()),
        Clause.of(" order by place, id limit ?", page.limit() + 1));
  }

  private static Mark mark(Conversation each) {
    return new Mark(each.state().findPlace().orElseThrow(), each.id().value());
  }

  @Override
  public Page<Conversation> inHand(InboxId inbox, Page.Request page) {
    return Pages.of(list(inHandAfter(inbox, page)), page, TableQueues::markInHand);
  }

  private static Clause inHandAfter(InboxId inbox, Page.Request page) {
    Mark after = page.after();
    return Clause.joined(
        SELECT,
        Clause.of("queue_state in ('active', 'offered') and inbox = ?", inbox.value()),
        after == null
            ? ""
            : Clause.of(
                " and (queue_state, id) > (?, ?)", IN_HAND.get(after.rank()).code(), after.id()),
        Clause.of(" order by queue_state, id limit ?", page.limit() + 1));
  }

  private static Mark markInHand(Conversation each) {
    return new Mark(IN_HAND.indexOf(each.queueState()), Instant.EPOCH, each.id().value());
  }

  @Override
  public List<Conversation> at(int before, Collection<InboxId> inboxes) {
    List<String> distinct = inboxes.stream().map(InboxId::value).distinct().toList();
    return distinct.isEmpty() ? List.of() : list(Clause.of(AT, before, distinct));
  }

  @Override
  public List<Conversation> offeredTo(AgentId agent) {
    return list(
        Clause.joined(
            SELECT,
            Clause.of("queue_state = 'offered' and offered_to = ?", agent.value()),
            " order by offered_at, id"));
  }

  @Override
  public Page<Conversation> offeredUntil(Instant last, Page.Request page) {
    Mark after = page.after();
    Clause question =
        Clause.joined(
            SELECT,
            Clause.of("queue_state = 'offered' and offered_until <= ?", last),
            after == null
                ? ""
                : Clause.of(" and (offered_until, id) > (?, ?)", after.at(), after.id()),
            Clause.of(" order by offered_until, id limit ?", page.limit() + 1));
    return Pages.of(list(question), page, TableQueues::end);
  }

  private static Mark end(Conversation each) {
    Offer offer = Objects.requireNonNull(each.state().service().offer());
    return new Mark(offer.until(), each.id().value());
  }

  @Override
  public Map<AgentId, List<AgentLoad>> loads(Collection<AgentId> agents) {
    return agents.isEmpty()
        ? Map.of()
        : database.ask(session -> QueueFigures.loads(session, agents));
  }

  @Override
  public Map<InboxId, QueueStanding> standings(Collection<InboxId> inboxes) {
    return inboxes.isEmpty()
        ? Map.of()
        : database.ask(session -> QueueFigures.standings(session, inboxes));
  }

  private List<Conversation> list(Clause question) {
    return database.ask(session -> session.list(question, ConversationTable::read));
  }
}
