package io.engage.memory;

import io.engage.memory.RecipientRows.Row;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** To whom campaigns are sent. It has a lock of its own: inboxes do not wait for campaigns. */
final class RecipientTable implements Recipients {
  private final Guard guard = new Guard();
  private final Map<ListId, RecipientRows> lists = new HashMap<>();
  private final Map<String, Set<RecipientId>> byAddress = new HashMap<>();
  private long lastToken;

  @Override
  public int add(Collection<Recipient> recipients) {
    return guard.write(
        () -> {
          int added = 0;
          for (Recipient each : recipients) {
            if (rowsOf(each.id().list()).add(each)) {
              remember(each.address(), each.id());
              added++;
            }
          }
          return added;
        });
  }

  @Override
  public Map<EmailAddress, RecipientId> first(
      Collection<ListId> wanted, Collection<EmailAddress> addresses) {
    Set<ListId> within = Set.copyOf(wanted);
    return guard.read(
        () -> {
          Map<EmailAddress, RecipientId> first = new LinkedHashMap<>();
          for (EmailAddress address : addresses) {
            byAddress.getOrDefault(keyOf(address.value()), Set.of()).stream()
                .filter(id -> within.contains(id.list()))
                .findFirst()
                .ifPresent(id -> first.put(address, id));
          }
          return first;
        });
  }

  @Override
  public List<RecipientClaim> claim(
      List<ListId> wanted, int limit, Instant now, Instant leaseUntil) {
    return guard.write(
        () -> {
          List<Row> due = new ArrayList<>();
          for (ListId list : new LinkedHashSet<>(wanted)) {
            existing(list).forEach(rows -> due.addAll(rows.due(now, limit)));
          }
          due.sort(Comparator.comparingInt(row -> row.recipient().priority()));
          return due.stream().limit(limit).map(row -> claim(row, now, leaseUntil)).toList();
        });
  }

  @Override
  public List<RecipientClaim> claimAbandoned(
      Collection<ListId> wanted, int limit, Instant now, Instant leaseUntil) {
    return guard.write(
        () ->
            Set.copyOf(wanted).stream()
                .flatMap(this::existing)
                .flatMap(rows -> rows.abandoned(now).stream())
                .limit(limit)
                .map(row -> claim(row, now, leaseUntil))
                .toList());
  }

  private RecipientClaim claim(Row row, Instant now, Instant leaseUntil) {
    boolean interrupted = row.recipient().state().status() == RecipientStatus.ATTEMPTING;
    RecipientRows rows = rowsOf(row.recipient().id().list());
    rows.claim(row, ++lastToken, leaseUntil);
    rows.workedOn(now);
    return new RecipientClaim(row.recipient(), row.token(), interrupted);
  }

  @Override
  public List<RecipientClaim> markAttempting(Collection<RecipientClaim> claims) {
    return guard.write(
        () -> {
          List<RecipientClaim> marked = new ArrayList<>();
          for (RecipientClaim claim : claims) {
            Row row = held(claim.recipient().id(), claim.token());
            if (row != null) {
              rowsOf(claim.recipient().id().list()).note(row, row.recipient().state().attempting());
              marked.add(new RecipientClaim(row.recipient(), claim.token(), claim.interrupted()));
            }
          }
          return marked;
        });
  }

  @Override
  public List<RecipientClaim> prolong(Collection<RecipientClaim> claims, Instant leaseUntil) {
    return guard.write(
        () -> {
          List<RecipientClaim> kept = new ArrayList<>();
          for (RecipientClaim claim : claims) {
            Row row = held(claim.recipient().id(), claim.token());
            if (row != null) {
              rowsOf(claim.recipient().id().list()).prolong(row, leaseUntil);
              kept.add(claim);
            }
          }
          return kept;
        });
  }

  @Override
  public void release(Collection<RecipientClaim> claims, Instant until) {
    guard.change(
        () -> {
          for (RecipientClaim claim : claims) {
            Row row = held(claim.recipient().id(), claim.token());
            if (row != null && row.recipient().state().status() == RecipientStatus.CLAIMED) {
              rowsOf(claim.recipient().id().list())
                  .end(row, row.recipient().state().released(until));
            }
          }
        });
  }

  @Override
  public List<RecipientSettlement> settle(Collection<RecipientSettlement> settlements) {
    return guard.write(
        () -> {
          List<RecipientSettlement> passedOver = new ArrayList<>();
          for (RecipientSettlement each : settlements) {
            Row row = held(each.recipient(), each.token());
            if (row == null) {
              passedOver.add(each);
            } else {
              RecipientRows rows = rowsOf(each.recipient().list());
              rows.end(row, row.recipient().state().settled(each));
              rows.workedOn(each.at());
            }
          }
          return passedOver;
        });
  }

  @Override
  public List<Recipient> note(Collection<RecipientNote> notes) {
    return guard.write(
        () -> {
          Map<RecipientId, Recipient> changed = new LinkedHashMap<>();
          for (RecipientNote note : notes) {
            Row row = row(note.recipient());
            if (row != null) {
              RecipientState before = row.recipient().state();
              RecipientState after = before.noted(note);
              if (!after.equals(before)) {
                rowsOf(note.recipient().list()).note(row, after);
                changed.put(note.recipient(), row.recipient());
              }
            }
          }
          return List.copyOf(changed.values());
        });
  }

  @Override
  public List<Recipient> find(Collection<RecipientId> ids) {
    return guard.read(
        () ->
            Set.copyOf(ids).stream()
                .flatMap(id -> Stream.ofNullable(row(id)))
                .map(Row::recipient)
                .toList());
  }

  @Override
  public List<Recipient> of(ListId list, Set<RecipientStatus> statuses, long afterRow, int limit) {
    return guard.read(
        () ->
            existing(list)
                .flatMap(rows -> rows.after(afterRow).stream())
                .map(Row::recipient)
                .filter(each -> statuses.isEmpty() || statuses.contains(each.state().status()))
                .limit(limit)
                .toList());
  }

  @Override
  public List<Recipient> withAddress(EmailAddress address, @Nullable RecipientId after, int limit) {
    return guard.read(
        () ->
            byAddress.getOrDefault(keyOf(address.value()), Set.of()).stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .flatMap(id -> Stream.ofNullable(row(id)))
                .map(Row::recipient)
                .toList());
  }

  @Override
  public RecipientCounts counts(Collection<ListId> wanted) {
    return guard.read(() -> sum(wanted, RecipientRows::counts));
  }

  @Override
  public RecipientCounts recount(Collection<ListId> wanted) {
    return guard.write(() -> sum(wanted, RecipientRows::recount));
  }

  private RecipientCounts sum(
      Collection<ListId> wanted, Function<RecipientRows, RecipientCounts> ofOne) {
    return Set.copyOf(wanted).stream()
        .flatMap(this::existing)
        .map(ofOne)
        .reduce(RecipientCounts.NONE, RecipientCounts::plus);
  }

  @Override
  public Optional<Instant> nextDue(Collection<ListId> wanted) {
    return guard.read(
        () ->
            wanted.stream()
                .flatMap(this::existing)
                .flatMap(rows -> rows.findNextFree().stream())
                .min(Comparator.naturalOrder()));
  }

  @Override
  public Optional<Instant> lastWorkedOn(Collection<ListId> wanted) {
    return guard.read(
        () ->
            wanted.stream()
                .flatMap(this::existing)
                .flatMap(rows -> rows.findLastWorkedOn().stream())
                .max(Comparator.naturalOrder()));
  }

  @Override
  public void erase(Collection<RecipientId> recipients, String pseudonym, Instant at) {
    guard.change(
        () -> {
          for (RecipientId id : recipients) {
            Row row = row(id);
            if (row != null) {
              forgetAddress(row.recipient());
              rowsOf(id.list()).erase(row, pseudonym, at);
              remember(pseudonym, id);
            }
          }
        });
  }

  @Override
  public int remove(ListId list, int limit) {
    return guard.write(
        () -> {
          RecipientRows rows = lists.get(list);
          int removed = 0;
          while (rows != null && removed < limit && !rows.isEmpty()) {
            forgetAddress(rows.remove().recipient());
            removed++;
          }
          if (rows != null && rows.isEmpty()) {
            lists.remove(list);
          }
          return removed;
        });
  }

  /** Most addresses stand in one row, for which a set that can grow would be large. */
  private void remember(String address, RecipientId id) {
    byAddress.merge(
        keyOf(address),
        Set.of(id),
        (known, added) -> {
          Set<RecipientId> both = known.size() == 1 ? new LinkedHashSet<>(known) : known;
          both.addAll(added);
          return both;
        });
  }

  private void forgetAddress(Recipient recipient) {
    byAddress.computeIfPresent(
        keyOf(recipient.address()),
        (any, ids) ->
            ids.size() == 1 ? without(ids, recipient.id()) : removed(ids, recipient.id()));
  }

  private static @Nullable Set<RecipientId> without(Set<RecipientId> one, RecipientId id) {
    return one.contains(id) ? null : one;
  }

  private static Set<RecipientId> removed(Set<RecipientId> several, RecipientId id) {
    several.remove(id);
    return several.size() == 1 ? Set.copyOf(several) : several;
  }

  private @Nullable Row held(RecipientId id, long token) {
    Row row = row(id);
    return row != null && row.token() == token && row.isClaimed() ? row : null;
  }

  private @Nullable Row row(RecipientId id) {
    RecipientRows rows = lists.get(id.list());
    return rows == null ? null : rows.find(id.row());
  }

  private RecipientRows rowsOf(ListId list) {
    return lists.computeIfAbsent(list, any -> new RecipientRows());
  }

  private Stream<RecipientRows> existing(ListId list) {
    return Stream.ofNullable(lists.get(list));
  }

  private static String keyOf(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
