package io.engage.jpa;

import static java.util.Objects.requireNonNull;

import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some recipients that nobody else can change, as they were and as they are to be. */
final class RecipientChanges {
  private final Session session;
  private final Map<RecipientId, RecipientStanding> before;
  private final Map<RecipientId, RecipientStanding> after = new LinkedHashMap<>();
  private final RecipientTallies tallies = new RecipientTallies();

  private RecipientChanges(Session session, Map<RecipientId, RecipientStanding> before) {
    this.session = session;
    this.before = before;
  }

  static RecipientChanges of(Session session, Collection<RecipientId> ids) throws SQLException {
    return new RecipientChanges(session, RecipientStates.lock(session, ids));
  }

  /** As it is by now. */
  @Nullable RecipientStanding find(RecipientId id) {
    RecipientStanding changed = after.get(id);
    return changed == null ? before.get(id) : changed;
  }

  /** The same, if this claim is its newest and was not ended. */
  @Nullable RecipientStanding held(RecipientId id, long token) {
    RecipientStanding standing = find(id);
    return standing != null && standing.isHeldBy(token) ? standing : null;
  }

  Set<RecipientId> ids() {
    return before.keySet();
  }

  Collection<RecipientStanding> all() {
    return before.values();
  }

  void put(RecipientStanding changed) {
    after.put(changed.id(), changed);
  }

  void workedOn(ListId list, Instant at) {
    tallies.workedOn(list, at);
  }

  /**
   * The claims with their recipients as they are by now. What a row says changes by erasure alone.
   */
  List<RecipientClaim> asTheyAre(List<RecipientClaim> claims) throws SQLException {
    List<RecipientId> erased =
        claims.stream().map(claim -> claim.recipient().id()).filter(this::isErased).toList();
    Map<RecipientId, Recipient> rows = RecipientRows.findById(session, erased);
    List<RecipientClaim> now = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      Recipient known = claim.recipient();
      Recipient row = rows.getOrDefault(known.id(), known);
      now.add(
          new RecipientClaim(
              row.withState(changed(known.id()).state()), claim.token(), claim.interrupted()));
    }
    return now;
  }

  /**
   * @return how many were changed
   */
  int store() throws SQLException {
    List<RecipientStanding> changed = List.copyOf(after.values());
    RecipientStates.write(session, before, changed);
    changed.forEach(each -> tallies.changed(former(each.id()), each));
    tallies.store(session);
    return changed.size();
  }

  private boolean isErased(RecipientId id) {
    return changed(id).erased();
  }

  private RecipientStanding changed(RecipientId id) {
    return requireNonNull(after.get(id), "changed");
  }

  private RecipientStanding former(RecipientId id) {
    return requireNonNull(before.get(id), "former");
  }
}
