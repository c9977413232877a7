package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands out recipients, and follows those who have them until they say what became of them. */
final class RecipientClaims {
  private RecipientClaims() {}

  /** Empty when first others have to be put in turn, in a transaction that follows. */
  static Optional<List<RecipientClaim>> claim(
      Session session, List<ListId> lists, int limit, Instant now, Instant leaseUntil)
      throws SQLException {
    RecipientSearch search = new RecipientSearch(session, lists, Moments.of(now));
    if (!search.awaken()) {
      return Optional.empty();
    }
    List<RecipientClaim> claims = claim(session, search.take(limit), now, leaseUntil);
    RecipientBlocks.raise(session, search.exhausted());
    return Optional.of(claims);
  }

  /**
   * @param lists in the order in which everybody goes through them
   */
  static List<RecipientClaim> claimAbandoned(
      Session session, List<ListId> lists, int limit, Instant now, Instant leaseUntil)
      throws SQLException {
    List<RecipientStanding> taken = new ArrayList<>();
    for (ListId list : lists) {
      int wanted = limit - taken.size();
      taken.addAll(RecipientLeases.takeEnded(session, list, Moments.of(now), wanted));
    }
    return claim(session, taken, now, leaseUntil);
  }

  private static List<RecipientClaim> claim(
      Session session, List<RecipientStanding> taken, Instant now, Instant leaseUntil)
      throws SQLException {
    if (taken.isEmpty()) {
      return List.of();
    }
    long until = Moments.of(leaseUntil);
    long token =
        session
            .first(session.dialect().next("engage_recipient_token"), row -> row.getLong(1))
            .orElseThrow();
    RecipientStates.claim(session, taken, token, until);
    List<RecipientId> ids = taken.stream().map(RecipientStanding::id).toList();
    RecipientLeases.add(session, ids, until);
    RecipientTallies tallies = new RecipientTallies();
    Map<RecipientId, Recipient> rows = RecipientRows.findById(session, ids);
    List<RecipientClaim> claims = new ArrayList<>();
    for (RecipientStanding before : taken) {
      tallies.changed(before, before.claimed(token, until));
      tallies.workedOn(before.id().list(), now);
      claims.add(
          new RecipientClaim(
              requireNonNull(rows.get(before.id()), "row"),
              token,
              before.state().status() == RecipientStatus.ATTEMPTING));
    }
    tallies.store(session);
    return claims;
  }

  static List<RecipientClaim> markAttempting(Session session, Collection<RecipientClaim> claims)
      throws SQLException {
    RecipientChanges changes = RecipientChanges.of(session, idsOf(claims));
    List<RecipientClaim> held = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      RecipientStanding standing = changes.held(claim.recipient().id(), claim.token());
      if (standing != null) {
        changes.put(standing.with(standing.state().attempting()));
        held.add(claim);
      }
    }
    changes.store();
    return changes.asTheyAre(held);
  }

  static List<RecipientClaim> prolong(
      Session session, Collection<RecipientClaim> claims, Instant leaseUntil) throws SQLException {
    RecipientChanges changes = RecipientChanges.of(session, idsOf(claims));
    long until = Moments.of(leaseUntil);
    List<RecipientClaim> kept = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      RecipientStanding standing = changes.held(claim.recipient().id(), claim.token());
      if (standing != null) {
        changes.put(standing.prolonged(until));
        kept.add(claim);
      }
    }
    RecipientLeases.add(session, idsOf(kept), until);
    changes.store();
    return kept;
  }

  static int release(Session session, Collection<RecipientClaim> claims, Instant until)
      throws SQLException {
    long free = Moments.of(until);
    RecipientBlocks.open(session, idsOf(claims), any -> free, id -> id);
    RecipientChanges changes = RecipientChanges.of(session, idsOf(claims));
    for (RecipientClaim claim : claims) {
      RecipientStanding standing = changes.held(claim.recipient().id(), claim.token());
      if (standing != null && standing.state().status() == RecipientStatus.CLAIMED) {
        changes.put(standing.ended(standing.state().released(until)));
      }
    }
    return changes.store();
  }

  private static List<RecipientId> idsOf(Collection<RecipientClaim> claims) {
    return claims.stream().map(claim -> claim.recipient().id()).toList();
  }
}
