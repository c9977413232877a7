package io.engage.core.picturing;

import static java.util.Objects.requireNonNull;

import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.Colour;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
  private final Map<ConversationId, Row> rows = new HashMap<>();
  private final Seen seen;
  private Inbox inbox;
  private Set<AgentId> members = Set.of();
  private Day day;
  private Waiting waiting = new Waiting();
  private TreeSet<Since> handled = new TreeSet<>(Since.OLDEST_FIRST);
  private Answers answers;
  private Tally all = new Tally();
  private Map<AgentId, Share> shares = new HashMap<>();
  private boolean stirred = true;
  private @Nullable Aspect shown;

  /**
   * @param seen is told who is to be seen here
   */
  InboxBoard(Inbox inbox, Instant now, Seen seen) {
    this.seen = seen;
    this.inbox = inbox;
    this.day = Day.of(now, inbox.settings().schedule().zone());
    this.answers = new Answers(inbox.settings().serviceLevel().firstAnswer());
    setMembers();
  }

  /**
   * What becomes another by time alone.
   *
   * @param abandoned how many count as such
   */
  private record Aspect(boolean open, int abandoned, Map<Threshold, Colour> colours) {}

  Inbox inbox() {
    return inbox;
  }

  boolean has(ConversationId conversation) {
    return rows.containsKey(conversation);
  }

  Set<ConversationId> conversations() {
    return Collections.unmodifiableSet(rows.keySet());
  }

  /** Something to be seen here is another, that is not counted here. */
  void stir() {
    stirred = true;
  }

  /** Whether it may look otherwise than when this was asked last. */
  boolean isStirred(Instant now) {
    Aspect aspect = aspect(now);
    boolean changed = stirred || !aspect.equals(shown);
    stirred = false;
    shown = aspect;
    return changed;
  }

  /** Nobody looks at it any more. */
  void close() {
    rows.clear();
    Set<AgentId> all = agents();
    members = Set.of();
    shares = new HashMap<>();
    all.forEach(this::face);
  }

  /** As it is now; what was read before what is here already is passed over. */
  void put(Row row) {
    Row before = rows.get(row.id());
    if (before == null || (before.version() <= row.version() && !before.equals(row))) {
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
  Collection<Row> of(AgentId agent) {
    return share(agent).rows();
  }

  private Share share(AgentId agent) {
    return shares.getOrDefault(agent, Share.NOTHING);
  }

  /**
   * Counts anew when another day has begun, or when it is set up in another way.
   *
   * @return the conversations that count no longer
   */
  Set<ConversationId> set(Inbox current, Instant now) {
    Duration before = inbox.settings().serviceLevel().firstAnswer();
    setUp(current);
    if (now.isBefore(day.end()) && before.equals(current.settings().serviceLevel().firstAnswer())) {
      return Set.of();
    }
    day = now.isBefore(day.end()) ? day : Day.of(now, current.settings().schedule().zone());
    Set<ConversationId> forgotten = new HashSet<>(rows.keySet());
    countAnew();
    forgotten.removeAll(rows.keySet());
    return forgotten;
  }

  private void setUp(Inbox current) {
    if (!inbox.equals(current)) {
      inbox = current;
      stirred = true;
      setMembers();
    }
  }

  private void setMembers() {
    Set<AgentId> concerned = members;
    members = new LinkedHashSet<>();
    inbox.settings().members().stream().map(Member::agent).forEach(members::add);
    concerned.forEach(this::face);
    members.forEach(this::face);
  }

  /** They are to be seen while they are a member, or have something. */
  private void face(AgentId agent) {
    seen.put(agent, this, members.contains(agent) || !share(agent).tally().isEmpty());
  }

  private void countAnew() {
    Collection<Row> before = List.copyOf(rows.values());
    rows.clear();
    waiting = new Waiting();
    handled = new TreeSet<>(Since.OLDEST_FIRST);
    answers = new Answers(inbox.settings().serviceLevel().firstAnswer());
    all = new Tally();
    Set<AgentId> concerned = shares.keySet();
    shares = new HashMap<>();
    before.forEach(this::put);
    concerned.forEach(this::face);
    stirred = true;
  }

  private void count(Row row, int sign) {
    stirred = true;
    all.count(row, day, sign);
    if (row.agent() != null) {
      countOf(row.agent(), row, sign);
    }
    if (row.isAnsweredOn(day)) {
      answers.count(wait(row), sign);
    }
    countMoments(row, sign > 0);
  }

  private void countOf(AgentId agent, Row row, int sign) {
    Share share = shares.computeIfAbsent(agent, any -> new Share());
    share.count(row, day, sign);
    if (share.rows().isEmpty()) {
      shares.remove(agent);
    }
    face(agent);
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
  private Set<AgentId> agents() {
    Set<AgentId> agents = new LinkedHashSet<>(members);
    shares.entrySet().stream()
        .filter(each -> !each.getValue().tally().isEmpty())
        .map(Map.Entry::getKey)
        .sorted(Comparator.comparing(AgentId::value))
        .forEach(agents::add);
    return agents;
  }

  /**
   * @param pictureOf what one agent does, with what they have here
   */
  InboxPicture picture(Instant now, BiFunction<AgentId, Tally, AgentPicture> pictureOf) {
    InboxSettings settings = inbox.settings();
    List<AgentPicture> pictures = new ArrayList<>();
    for (AgentId agent : agents()) {
      pictures.add(pictureOf.apply(agent, share(agent).tally()));
    }
    Aspect aspect = aspect(now);
    return new InboxPicture(
        inbox.id(),
        inbox.name(),
        aspect.open(),
        standing(),
        Math.max(0, all.queued() - settings.limits().queued()),
        answers.figures(aspect.abandoned(), all.completedIn(), all.completedOut()),
        aspect.colours(),
        pictures,
        now);
  }

  private Aspect aspect(Instant now) {
    InboxSettings settings = inbox.settings();
    Duration patience = settings.serviceLevel().abandonedAfter();
    return new Aspect(
        settings.enabled() && settings.schedule().isOpenAt(now),
        waiting.abandoned(Alarming.before(now, patience)),
        Alarming.colours(standing(), settings.serviceLevel(), now));
  }
}
