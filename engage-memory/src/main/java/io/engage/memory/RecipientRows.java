package io.engage.memory;

import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The recipients of one list: those whose turn it is, those who wait, those who are claimed. */
final class RecipientRows {
  private final NavigableMap<Long, Row> all = new TreeMap<>();
  private final NavigableSet<Row> inTurn = new TreeSet<>(RecipientRows::inOrder);
  private final NavigableSet<Row> later = new TreeSet<>(RecipientRows::byTime);
  private RecipientCounts counts = RecipientCounts.NONE;
  private @Nullable Instant lastWorkedOn;

  /** Free when it may be claimed: at its {@code notBefore}, or at the end of its lease. */
  static final class Row {
    private Recipient recipient;
    private long token;
    private Instant free;
    private boolean erased;

    /** In which it waits; null when nothing more is to be done. */
    private @Nullable NavigableSet<Row> queue;

    private Row(Recipient recipient) {
      this.recipient = recipient;
      this.free = recipient.state().notBefore();
    }

    Recipient recipient() {
      return recipient;
    }

    long token() {
      return token;
    }

    boolean isClaimed() {
      RecipientStatus status = recipient.state().status();
      return status == RecipientStatus.CLAIMED || status == RecipientStatus.ATTEMPTING;
    }
  }

  private static int inOrder(Row one, Row other) {
    int priorities = Integer.compare(one.recipient.priority(), other.recipient.priority());
    return priorities != 0
        ? priorities
        : Long.compare(one.recipient.id().row(), other.recipient.id().row());
  }

  private static int byTime(Row one, Row other) {
    int times = one.free.compareTo(other.free);
    return times != 0 ? times : inOrder(one, other);
  }

  boolean add(Recipient recipient) {
    Row row = new Row(recipient);
    if (all.putIfAbsent(recipient.id().row(), row) != null) {
      return false;
    }
    counts = counts.plus(RecipientCounts.of(recipient.state()));
    queue(row);
    return true;
  }

  @Nullable Row find(long row) {
    return all.get(row);
  }

  /** The first ones in their order that may be claimed at this time. */
  List<Row> due(Instant now, int limit) {
    awaken(now);
    List<Row> due = new ArrayList<>();
    Iterator<Row> rows = inTurn.iterator();
    while (due.size() < limit && rows.hasNext()) {
      Row row = rows.next();
      if (!row.free.isAfter(now)) {
        due.add(row);
      }
    }
    return due;
  }

  private void awaken(Instant now) {
    while (!later.isEmpty() && !later.first().free.isAfter(now)) {
      put(later.pollFirst(), inTurn);
    }
  }

  /**
   * Those whose claims nobody has ended in time. As long as the process lives there are hardly any,
   * so they are looked for, and not kept apart.
   */
  List<Row> abandoned(Instant now) {
    if (counts.claimed() + counts.attempting() == 0) {
      return List.of();
    }
    awaken(now);
    return inTurn.stream().filter(row -> row.isClaimed() && !row.free.isAfter(now)).toList();
  }

  void prolong(Row row, Instant leaseUntil) {
    if (leaseUntil.isAfter(row.free)) {
      change(row, row.recipient.state(), leaseUntil);
    }
  }

  void claim(Row row, long token, Instant leaseUntil) {
    change(row, row.recipient.state().claimed(), leaseUntil);
    row.token = token;
  }

  /** Its claim stays as it is. */
  void note(Row row, RecipientState state) {
    change(row, state, row.free);
  }

  /** Nobody has a claim any more. */
  void end(Row row, RecipientState state) {
    change(row, state, state.notBefore());
  }

  /** Whoever has just a claim finds it gone; what may be on its way is settled by its holder. */
  void erase(Row row, String pseudonym, Instant at) {
    change(row, row.recipient.state().erased(at), row.free);
    Recipient before = row.recipient;
    row.recipient =
        new Recipient(
            before.id(), pseudonym, before.priority(), Recipient.Row.EMPTY, before.state());
    row.erased = true;
  }

  void workedOn(Instant at) {
    Instant last = lastWorkedOn;
    lastWorkedOn = last == null || last.isBefore(at) ? at : last;
  }

  Optional<Instant> findLastWorkedOn() {
    return Optional.ofNullable(lastWorkedOn);
  }

  /** When one may be claimed next. */
  Optional<Instant> findNextFree() {
    Optional<Instant> waiting = later.stream().findFirst().map(row -> row.free);
    return Stream.concat(inTurn.stream().limit(1).map(row -> row.free), waiting.stream())
        .min(Comparator.naturalOrder());
  }

  Collection<Row> after(long row) {
    return all.tailMap(row, false).values();
  }

  Row remove() {
    Row row = all.pollFirstEntry().getValue();
    unqueue(row);
    counts = counts.minus(RecipientCounts.of(row.recipient.state()));
    return row;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  RecipientCounts counts() {
    return counts;
  }

  RecipientCounts recount() {
    RecipientCounts sum = RecipientCounts.NONE;
    for (Row row : all.values()) {
      sum = sum.plus(RecipientCounts.of(row.recipient.state()));
    }
    counts = sum;
    return sum;
  }

  private void change(Row row, RecipientState state, Instant free) {
    counts =
        counts.minus(RecipientCounts.of(row.recipient.state())).plus(RecipientCounts.of(state));
    boolean stays = row.queue != null && !state.status().isFinal() && row.free.equals(free);
    if (!stays) {
      unqueue(row);
    }
    row.recipient = row.recipient.withState(row.erased ? state.withoutWords() : state);
    row.free = free;
    if (!stays) {
      queue(row);
    }
  }

  private void queue(Row row) {
    if (!row.recipient.state().status().isFinal()) {
      put(row, row.free.equals(Instant.EPOCH) ? inTurn : later);
    }
  }

  private static void put(@Nullable Row row, NavigableSet<Row> queue) {
    if (row != null) {
      queue.add(row);
      row.queue = queue;
    }
  }

  private static void unqueue(Row row) {
    if (row.queue != null) {
      row.queue.remove(row);
      row.queue = null;
    }
  }
}
