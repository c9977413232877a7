package io.engage.jpa;

import io.engage.jpa.Database.Asking;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * To whom campaigns are sent. Whatever is changed here is never part of a host's transaction: other
 * nodes have to see at once who has whom; and so it is read, too.
 *
 * <p>Every change takes its locks in the same order: blocks, rows by their ids, sums.
 */
final class RecipientTable implements Recipients {
  private final Database database;

  RecipientTable(Database database) {
    this.database = database;
  }

  private <T> T change(Asking<T> change) {
    return database.changeApart(
        session -> {
          session.dialect().beginRecipients(session);
          return change.ask(session);
        });
  }

  @Override
  public int add(Collection<Recipient> recipients) {
    Map<RecipientId, Recipient> once = new LinkedHashMap<>();
    recipients.forEach(each -> once.putIfAbsent(each.id(), each));
    return once.isEmpty() ? 0 : change(session -> add(session, once));
  }

  private static int add(Session session, Map<RecipientId, Recipient> once) throws SQLException {
    Map<RecipientId, RecipientStanding> standings = new LinkedHashMap<>();
    once.forEach(
        (id, each) -> standings.put(id, RecipientStanding.of(id, each.priority(), each.state())));
    RecipientBlocks.add(session, standings.values());
    standings.keySet().removeAll(RecipientStates.known(session, once.keySet()));
    RecipientRows.insert(session, standings.keySet().stream().map(once::get).toList());
    RecipientStates.insert(session, standings.values());
    RecipientTallies tallies = new RecipientTallies();
    standings.values().forEach(tallies::came);
    tallies.store(session);
    return standings.size();
  }

  @Override
  public Map<EmailAddress, RecipientId> first(
      Collection<ListId> lists, Collection<EmailAddress> addresses) {
    return lists.isEmpty() || addresses.isEmpty()
        ? Map.of()
        : database.askApart(session -> RecipientRows.first(session, lists, addresses));
  }

  /** Where very many are due, they are put in turn first, in portions that are committed each. */
  @Override
  public List<RecipientClaim> claim(
      List<ListId> lists, int limit, Instant now, Instant leaseUntil) {
    List<ListId> once = lists.stream().distinct().toList();
    if (once.isEmpty() || limit <= 0) {
      return List.of();
    }
    Optional<List<RecipientClaim>> claims;
    do {
      claims = change(session -> RecipientClaims.claim(session, once, limit, now, leaseUntil));
    } while (claims.isEmpty());
    return claims.get();
  }

  @Override
  public List<RecipientClaim> claimAbandoned(
      Collection<ListId> lists, int limit, Instant now, Instant leaseUntil) {
    return lists.isEmpty() || limit <= 0
        ? List.of()
        : change(
            session ->
                RecipientClaims.claimAbandoned(session, sorted(lists), limit, now, leaseUntil));
  }

  @Override
  public List<RecipientClaim> markAttempting(Collection<RecipientClaim> claims) {
    return claims.isEmpty()
        ? List.of()
        : change(session -> RecipientClaims.markAttempting(session, claims));
  }

  @Override
  public List<RecipientClaim> prolong(Collection<RecipientClaim> claims, Instant leaseUntil) {
    return claims.isEmpty()
        ? List.of()
        : change(session -> RecipientClaims.prolong(session, claims, leaseUntil));
  }

  @Override
  public void release(Collection<RecipientClaim> claims, Instant until) {
    if (!claims.isEmpty()) {
      change(session -> RecipientClaims.release(session, claims, until));
    }
  }

  @Override
  public List<RecipientSettlement> settle(Collection<RecipientSettlement> settlements) {
    return settlements.isEmpty() ? List.of() : change(session -> settle(session, settlements));
  }

  private static List<RecipientSettlement> settle(
      Session session, Collection<RecipientSettlement> settlements) throws SQLException {
    RecipientBlocks.open(
        session,
        settlements.stream().filter(each -> each.status() == RecipientStatus.PENDING).toList(),
        each -> Moments.of(each.notBefore()),
        RecipientSettlement::recipient);
    RecipientChanges changes =
        RecipientChanges.of(
            session, settlements.stream().map(RecipientSettlement::recipient).toList());
    List<RecipientSettlement> passedOver = new ArrayList<>();
    for (RecipientSettlement each : settlements) {
      RecipientStanding standing = changes.held(each.recipient(), each.token());
      if (standing == null) {
        passedOver.add(each);
      } else {
        changes.put(standing.ended(standing.state().settled(each)));
        changes.workedOn(each.recipient().list(), each.at());
      }
    }
    changes.store();
    return passedOver;
  }

  @Override
  public List<Recipient> note(Collection<RecipientNote> notes) {
    return notes.isEmpty() ? List.of() : change(session -> note(session, notes));
  }

  private static List<Recipient> note(Session session, Collection<RecipientNote> notes)
      throws SQLException {
    RecipientBlocks.open(
        session,
        notes.stream().filter(each -> each.kind() == RecipientNote.Kind.WANTED_AGAIN).toList(),
        each -> 0,
        RecipientNote::recipient);
    RecipientChanges changes =
        RecipientChanges.of(session, notes.stream().map(RecipientNote::recipient).toList());
    Set<RecipientId> changed = new LinkedHashSet<>();
    for (RecipientNote note : notes) {
      RecipientStanding standing = changes.find(note.recipient());
      if (standing != null && isChanged(standing, note)) {
        changes.put(standing.with(standing.state().noted(note)));
        changed.add(note.recipient());
      }
    }
    changes.store();
    Map<RecipientId, Recipient> rows = RecipientRows.findById(session, changed);
    return changed.stream().map(rows::get).toList();
  }

  private static boolean isChanged(RecipientStanding standing, RecipientNote note) {
    return !standing.state().noted(note).equals(standing.state());
  }

  @Override
  public List<Recipient> find(Collection<RecipientId> ids) {
    return ids.isEmpty()
        ? List.of()
        : database.askApart(session -> RecipientRows.find(session, new LinkedHashSet<>(ids)));
  }

  @Override
  public List<Recipient> of(ListId list, Set<RecipientStatus> statuses, long afterRow, int limit) {
    return database.askApart(
        session -> {
          if (statuses.isEmpty()) {
            return RecipientRows.of(session, list, afterRow, limit);
          }
          return RecipientStates.UNSENT.containsAll(statuses)
              ? RecipientRows.ofUnsent(session, list, statuses, afterRow, limit)
              : RecipientRows.of(session, list, statuses, afterRow, limit);
        });
  }

  @Override
  public List<Recipient> withAddress(EmailAddress address, @Nullable RecipientId after, int limit) {
    return database.askApart(session -> RecipientRows.withAddress(session, address, after, limit));
  }

  @Override
  public RecipientCounts counts(Collection<ListId> lists) {
    return database.askApart(session -> RecipientTallies.sum(session, lists));
  }

  @Override
  public RecipientCounts recount(Collection<ListId> lists) {
    return change(
        session -> {
          RecipientCounts sum = RecipientCounts.NONE;
          for (ListId each : sorted(lists)) {
            sum = sum.plus(RecipientTallies.recount(session, each));
          }
          return sum;
        });
  }

  private static List<ListId> sorted(Collection<ListId> lists) {
    return lists.stream().distinct().sorted(Comparator.comparing(ListId::value)).toList();
  }

  @Override
  public Optional<Instant> nextDue(Collection<ListId> lists) {
    return lists.stream()
        .distinct()
        .flatMap(list -> new RecipientWaiting(database, list).findNext().stream())
        .min(Comparator.naturalOrder());
  }

  @Override
  public Optional<Instant> lastWorkedOn(Collection<ListId> lists) {
    return database.askApart(session -> RecipientTallies.lastWorkedOn(session, lists));
  }

  @Override
  public void erase(Collection<RecipientId> recipients, String pseudonym, Instant at) {
    if (recipients.isEmpty()) {
      return;
    }
    change(
        session -> {
          RecipientChanges changes = RecipientChanges.of(session, recipients);
          for (RecipientStanding each : changes.all()) {
            changes.put(each.erasedAs(each.state().erased(at)));
          }
          RecipientRows.erase(session, changes.ids(), pseudonym);
          return changes.store();
        });
  }

  @Override
  public int remove(ListId list, int limit) {
    return change(
        session -> {
          RecipientTallies.alone(session, list);
          List<RecipientId> gone = RecipientStates.firstOf(session, list, limit);
          if (gone.isEmpty()) {
            RecipientLeases.deleteAll(session, list);
            RecipientTallies.delete(session, list);
            return 0;
          }
          RecipientBlocks.lock(session, gone);
          Map<RecipientId, RecipientStanding> rows = RecipientStates.lock(session, gone);
          RecipientStates.delete(session, rows);
          RecipientRows.delete(session, rows.keySet());
          RecipientBlocks.deleteEmpty(session, rows.keySet());
          RecipientTallies tallies = new RecipientTallies();
          rows.values().forEach(tallies::went);
          tallies.store(session);
          return rows.size();
        });
  }
}
