package io.engage.memory;

import io.engage.model.conversation.Page;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask;
import io.engage.spi.Outbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is owed to mail servers: what can be claimed in its order, apart from what is claimed. */
final class OutboxTable implements Outbox {
  private static final Comparator<Row> IN_ORDER =
      Comparator.<Row, Instant>comparing(row -> row.entry.notBefore())
          .thenComparing(row -> row.sequence);
  private static final Comparator<Row> BY_LEASE =
      Comparator.<Row, Instant>comparing(row -> row.leaseUntil).thenComparing(row -> row.sequence);

  private final Guard guard;
  private final MessageTable messages;
  private final Map<OutboxId, Row> byId = new HashMap<>();
  private final Map<AccountId, NavigableMap<String, OutboxEntry>> byAccount = new HashMap<>();
  private final Map<MessageId, Set<Row>> byMessage = new HashMap<>();
  private final NavigableSet<Row> waiting = new TreeSet<>(IN_ORDER);
  private final NavigableSet<Row> leased = new TreeSet<>(BY_LEASE);
  private long lastSequence;
  private long lastToken;

  /** Token 0 means that nobody has a claim. */
  private static final class Row {
    private final OutboxEntry entry;
    private final long sequence;
    private long token;
    private Instant leaseUntil = Instant.MIN;
    private boolean attempting;

    private Row(OutboxEntry entry, long sequence) {
      this.entry = entry;
      this.sequence = sequence;
    }
  }

  OutboxTable(Guard guard, MessageTable messages) {
    this.guard = guard;
    this.messages = messages;
  }

  @Override
  public List<OutboxClaim> claim(int limit, Instant now, Instant leaseUntil) {
    return guard.write(
        () -> {
          returnEnded(now);
          return dueAt(now, limit).stream().map(row -> claim(row, leaseUntil)).toList();
        });
  }

  @Override
  public List<OutboxClaim> markAttempting(Collection<OutboxClaim> claims) {
    return guard.write(
        () -> {
          List<OutboxClaim> newest = claims.stream().filter(this::isNewest).toList();
          newest.forEach(claim -> row(claim).attempting = true);
          return newest;
        });
  }

  @Override
  public void release(Collection<OutboxClaim> claims, Instant until) {
    guard.write(
        () -> {
          claims.stream()
              .filter(this::isNewest)
              .map(this::row)
              .filter(row -> !row.attempting)
              .forEach(row -> release(row, until));
          return claims;
        });
  }

  @Override
  public List<OutboxId> held(Collection<OutboxId> entries) {
    return guard.read(() -> entries.stream().filter(this::isHeld).toList());
  }

  private boolean isHeld(OutboxId id) {
    Row row = byId.get(id);
    return row != null && row.token > 0;
  }

  @Override
  public List<OutboxEntry> unsettled(int limit) {
    return guard.read(
        () ->
            Stream.concat(waiting.stream(), leased.stream())
                .sorted(IN_ORDER)
                .limit(limit)
                .map(row -> row.entry)
                .toList());
  }

  @Override
  public List<OutboxEntry> unsettledOf(AccountId account, @Nullable OutboxId after, int limit) {
    return guard.read(
        () -> {
          NavigableMap<String, OutboxEntry> all =
              byAccount.getOrDefault(account, Collections.emptyNavigableMap());
          return (after == null ? all : all.tailMap(after.value(), false))
              .values().stream().limit(limit).toList();
        });
  }

  List<OutboxEntry> owedFor(Set<MessageId> messages) {
    return guard.read(
        () ->
            messages.stream()
                .flatMap(message -> byMessage.getOrDefault(message, Set.of()).stream())
                .map(row -> row.entry)
                .toList());
  }

  private static Optional<MessageId> messageOf(OutboxTask task) {
    if (task instanceof OutboxTask.SendMail mail) {
      return Optional.of(mail.message());
    } else if (task instanceof OutboxTask.CopyToSent copy) {
      return Optional.of(copy.message());
    }
    return task instanceof OutboxTask.SendSms sms ? Optional.of(sms.message()) : Optional.empty();
  }

  @Override
  public Page<Message> messages(
      Collection<InboxId> inboxes, Collection<Delivery> deliveries, Page.Request page) {
    return guard.read(() -> messages.outgoing(inboxes, deliveries, page));
  }

  void check(List<OutboxEntry> added, List<OutboxSettlement> settlements) {
    Versions entries = new Versions("outbox entry");
    added.forEach(each -> entries.require(each.id().value(), !byId.containsKey(each.id())));
    Versions claims = new Versions("claim of outbox entry");
    settlements.forEach(
        each -> claims.require(each.claim().entry().id().value(), isNewest(each.claim())));
  }

  void add(OutboxEntry entry) {
    Row row = new Row(entry, ++lastSequence);
    byId.put(entry.id(), row);
    byAccount
        .computeIfAbsent(entry.account(), any -> new TreeMap<>())
        .put(entry.id().value(), entry);
    messageOf(entry.task())
        .ifPresent(
            message -> byMessage.computeIfAbsent(message, any -> new LinkedHashSet<>()).add(row));
    waiting.add(row);
  }

  /** What was claimed may be on its way, also when the claim's lease has ended. */
  void checkWithdrawn(List<OutboxId> withdrawn) {
    Versions entries = new Versions("outbox entry");
    for (OutboxId each : withdrawn) {
      Row row = byId.get(each);
      entries.require(each.value(), row != null && !isHeld(each));
    }
  }

  void withdraw(OutboxId id) {
    remove(Objects.requireNonNull(byId.get(id)));
  }

  void settle(OutboxSettlement settlement) {
    remove(row(settlement.claim()));
    if (settlement.again() != null) {
      add(settlement.again());
    }
  }

  private void remove(Row row) {
    byId.remove(row.entry.id());
    byAccount.computeIfPresent(
        row.entry.account(),
        (any, entries) -> {
          entries.remove(row.entry.id().value());
          return entries.isEmpty() ? null : entries;
        });
    messageOf(row.entry.task())
        .ifPresent(
            message ->
                byMessage.computeIfPresent(
                    message,
                    (any, rows) -> {
                      rows.remove(row);
                      return rows.isEmpty() ? null : rows;
                    }));
    waiting.remove(row);
    leased.remove(row);
  }

  private void release(Row row, Instant until) {
    waiting.remove(row);
    leased.remove(row);
    row.token = 0;
    row.leaseUntil = until;
    leased.add(row);
  }

  private void returnEnded(Instant now) {
    while (!leased.isEmpty() && !leased.first().leaseUntil.isAfter(now)) {
      waiting.add(leased.pollFirst());
    }
  }

  /** A row that a faster clock returned may still be leased by a slower one. */
  private List<Row> dueAt(Instant now, int limit) {
    List<Row> due = new ArrayList<>();
    Iterator<Row> inOrder = waiting.iterator();
    while (due.size() < limit && inOrder.hasNext()) {
      Row row = inOrder.next();
      if (row.entry.notBefore().isAfter(now)) {
        break;
      }
      if (!row.leaseUntil.isAfter(now)) {
        due.add(row);
      }
    }
    return due;
  }

  private OutboxClaim claim(Row row, Instant leaseUntil) {
    waiting.remove(row);
    row.token = ++lastToken;
    row.leaseUntil = leaseUntil;
    leased.add(row);
    return new OutboxClaim(row.entry, row.token, row.attempting);
  }

  private boolean isNewest(OutboxClaim claim) {
    Row row = byId.get(claim.entry().id());
    return row != null && row.token == claim.token() && row.token > 0;
  }

  private Row row(OutboxClaim claim) {
    @Nullable Row row = byId.get(claim.entry().id());
    if (row == null) {
      throw new IllegalStateException(
          "Outbox entry '%s' is gone although its claim was checked"
              .formatted(claim.entry().id().value()));
    }
    return row;
  }
}
