package io.engage.core.picturing;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.DayFigures;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one inbox. A row that changes is taken out as it was and put in as it is, so a
 * change costs the same however much there is; only a new day and other settings count all anew.
 */
final class InboxBoard {
  private static final Tally NOTHING = new Tally();

  private final Map<ConversationId, Row> rows = new HashMap<>();
  private Inbox inbox;
  private Day day;
  private Waiting waiting = new Waiting();
  private TreeSet<Since> handled = new TreeSet<>(Since.OLDEST_FIRST);
  private Answers answers;
  private Tally all = new Tally();
  private Map<AgentId, Tally> byAgent = new HashMap<>();

  InboxBoard(Inbox inbox, Instant now) {
    this.inbox = inbox;
    this.day = Day.of(now, inbox.settings().schedule().zone());
    this.answers = new Answers(inbox.settings().serviceLevel().firstAnswer());
  }

  Inbox inbox() {
    return inbox;
  }

  boolean has(ConversationId conversation) {
    return rows.containsKey(conversation);
  }

  /** As it is now; what was read before what is here already is passed over. */
  void put(Row row) {
    Row before = rows.get(row.id());
    if (before == null || before.version() <= row.version()) {
      remove(row.id());
      if (row.mattersFrom(day)) {
        rows.put(row.id(), row);
        count(row, 1);
      }
    }
  }

  void remove(ConversationId conversation) {
    Row before = rows.remove(conversation);
    if (before != null) {
      count(before, -1);
    }
  }

  /** Rows of an agent, in any order. */
  List<Row> of(AgentId agent) {
    return rows.values().stream().filter(each -> agent.equals(each.agent())).toList();
  }

  /**
   * Counts anew when another day has begun, or when it is set up in another way.
   *
   * @return the conversations that count no longer
   */
  Set<ConversationId> set(Inbox current, Instant now) {
    Duration before = inbox.settings().serviceLevel().firstAnswer();
    inbox = current;
    if (now.isBefore(day.end()) && before.equals(current.settings().serviceLevel().firstAnswer())) {
      return Set.of();
    }
    day = now.isBefore(day.end()) ? day : Day.of(now, current.settings().schedule().zone());
    Set<ConversationId> forgotten = new HashSet<>(rows.keySet());
    countAnew();
    forgotten.removeAll(rows.keySet());
    return forgotten;
  }

  private void countAnew() {
    Collection<Row> before = List.copyOf(rows.values());
    rows.clear();
    waiting = new Waiting();
    handled = new TreeSet<>(Since.OLDEST_FIRST);
    answers = new Answers(inbox.settings().serviceLevel().firstAnswer());
    all = new Tally();
    byAgent = new HashMap<>();
    before.forEach(this::put);
  }

  private void count(Row row, int sign) {
    all.count(row, day, sign);
    AgentId agent = row.agent();
    if (agent != null) {
      Tally theirs = byAgent.computeIfAbsent(agent, any -> new Tally());
      theirs.count(row, day, sign);
      if (theirs.isEmpty()) {
        byAgent.remove(agent);
      }
    }
    if (row.isAnsweredOn(day)) {
      answers.count(wait(row), sign);
    }
    countMoments(row, sign > 0);
  }

  private void countMoments(Row row, boolean isMore) {
    if (row.isWaiting()) {
      Since since = new Since(requireNonNull(row.waitingSince()), row.id());
      if (isMore) {
        waiting.add(since, row.isUnanswered());
      } else {
        waiting.remove(since);
      }
    }
    if (row.state() == QueueState.ACTIVE && row.takenAt() != null) {
      Since since = new Since(requireNonNull(row.takenAt()), row.id());
      if (isMore) {
        handled.add(since);
      } else {
        handled.remove(since);
      }
    }
  }

  /** Clocks of two nodes may differ a little. */
  private static Duration wait(Row row) {
    Duration wait =
        Duration.between(requireNonNull(row.arrivedAt()), requireNonNull(row.answeredAt()));
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  QueueStanding standing() {
    return new QueueStanding(
        all.queued(), all.offered(), all.active(), waiting.longest(), longestActive());
  }

  private @Nullable Instant longestActive() {
    return handled.isEmpty() ? null : handled.first().moment();
  }

  /** Members in their order, then who else has something of it. */
  Set<AgentId> agents() {
    Set<AgentId> agents = new LinkedHashSet<>();
    inbox.settings().members().stream().map(Member::agent).forEach(agents::add);
    byAgent.keySet().stream().sorted(Comparator.comparing(AgentId::value)).forEach(agents::add);
    return agents;
  }

  /**
   * @param pictureOf what one agent does, with what they have here
   */
  InboxPicture picture(Instant now, BiFunction<AgentId, Tally, AgentPicture> pictureOf) {
    InboxSettings settings = inbox.settings();
    List<AgentPicture> pictures = new ArrayList<>();
    for (AgentId agent : agents()) {
      pictures.add(pictureOf.apply(agent, byAgent.getOrDefault(agent, NOTHING)));
    }
    QueueStanding standing = standing();
    return new InboxPicture(
        inbox.id(),
        inbox.name(),
        settings.enabled() && settings.schedule().isOpenAt(now),
        standing,
        Math.max(0, all.queued() - settings.limits().queued()),
        today(now),
        Alarming.colours(standing, settings.serviceLevel(), now),
        pictures,
        now);
  }

  private DayFigures today(Instant now) {
    Duration patience = inbox.settings().serviceLevel().abandonedAfter();
    return answers.figures(
        waiting.abandoned(Alarming.before(now, patience)), all.completedIn(), all.completedOut());
  }
}
