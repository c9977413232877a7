package io.engage.core.auditing;

import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.audit.AuditVerdict.Broken;
import io.engage.model.audit.AuditVerdict.Damage;
import io.engage.model.audit.AuditVerdict.Intact;
import io.engage.model.message.ContentDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the first place where a chain is not as it was written. It remembers two links at once. */
public final class Verifying {
  private Verifying() {}

  /**
   * Walks along a chain.
   *
   * @param from what is trusted
   * @param links all that come behind it
   * @param known anchors that were kept elsewhere, in any order
   */
  public static AuditVerdict decide(
      AuditAnchor from, Iterator<FoundLink> links, Collection<AuditAnchor> known) {
    NavigableMap<Long, Set<ContentDigest>> anchors = bySequence(from, known);
    AuditAnchor confirmed = from;
    AuditAnchor end = from;
    FoundLink link = next(links);
    while (link != null) {
      FoundLink following = next(links);
      if (!link.standsBehind(end)) {
        return new Broken(end, end.sequence() + 1, damage(end, link, following));
      }
      end = link.at(link.sequence());
      Set<ContentDigest> seals = anchors.remove(end.sequence());
      if (seals != null && !seals.equals(Set.of(end.seal()))) {
        return new Broken(confirmed, end.sequence(), Damage.REWRITTEN);
      }
      confirmed = seals == null ? confirmed : end;
      link = following;
    }
    return anchors.isEmpty()
        ? new Intact(end)
        : new Broken(end, end.sequence() + 1, Damage.CUT_OFF);
  }

  /** Those behind the place from which on it is looked. */
  private static NavigableMap<Long, Set<ContentDigest>> bySequence(
      AuditAnchor from, Collection<AuditAnchor> known) {
    NavigableMap<Long, Set<ContentDigest>> anchors = new TreeMap<>();
    for (AuditAnchor anchor : known) {
      anchors.computeIfAbsent(anchor.sequence(), any -> new HashSet<>()).add(anchor.seal());
    }
    return anchors.tailMap(from.sequence(), false);
  }

  private static Damage damage(AuditAnchor end, FoundLink link, @Nullable FoundLink following) {
    long place = end.sequence() + 1;
    if (link.sequence() > place) {
      return following != null && following.sequence() == place ? Damage.REORDERED : Damage.MISSING;
    } else if (link.sequence() < place) {
      return following != null && following.standsBehind(end) ? Damage.INSERTED : Damage.REORDERED;
    }
    return following == null ? Damage.CHANGED : damageInPlace(end, link, following);
  }

  /** Numbered as it should be, but sealed elsewhere or otherwise: the next one may tell. */
  private static Damage damageInPlace(AuditAnchor end, FoundLink link, FoundLink following) {
    long place = end.sequence() + 1;
    if (following.belongsBehind(end)) {
      return link.belongsBehind(following.at(place)) ? Damage.REORDERED : Damage.INSERTED;
    }
    boolean wasOneFurther = following.belongsBehind(link.at(place + 1));
    return wasOneFurther ? Damage.MISSING : Damage.CHANGED;
  }

  private static @Nullable FoundLink next(Iterator<FoundLink> links) {
    return links.hasNext() ? links.next() : null;
  }
}
