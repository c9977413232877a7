package io.engage.dialer;

import io.engage.dialer.pacing.Complaints;
import io.engage.dialer.pacing.Complaints.Meant;
import io.engage.dialer.pacing.PutOffs;
import io.engage.dialer.pacing.Tempo;
import io.engage.model.campaign.RecipientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast a server lets us send to single domains, as far as it has told us, and how fast it took
 * mails for them before that: the first complaint halves it. Of the latest domains. For one thread
 * at a time.
 */
final class DomainTempos {
  private static final int MOST = 1_000;

  private final Map<String, Tempo> tempos = new LinkedHashMap<>();
  private final Map<String, Tempo> free = new LinkedHashMap<>();
  private final Map<String, PutOffs> putOffs = new LinkedHashMap<>();
  private Complaints complaints = Complaints.NONE;

  void took(String domain, Instant now) {
    complaints = complaints.took(domain);
    if (!putOffs.isEmpty()) {
      putOffs.remove(domain);
    }
    Tempo next = known(domain).took(now);
    if (next.isFree()) {
      tempos.remove(domain);
      count(domain, next);
    } else {
      tempos.put(domain, next);
    }
  }

  /** A domain that is known keeps its place: what is put there anew would cost each mail more. */
  private void count(String domain, Tempo next) {
    if (free.put(domain, next) == null) {
      bound(free);
    }
  }

  /**
   * It put somebody off and did not say why.
   *
   * @return whether it means all of us by now
   */
  boolean putOff(RecipientId recipient, String domain, Instant now) {
    PutOffs inARow = putOffs.getOrDefault(domain, PutOffs.NONE).plus(recipient);
    keep(putOffs, domain, inARow);
    return inARow.isThrottling() && complained(domain, now);
  }

  /**
   * It asked for patience with somebody.
   *
   * @return whether it means all of us; else the domain is slowed down
   */
  boolean complained(String domain, Instant now) {
    complaints = complaints.complainedOf(domain);
    boolean all = complaints.decide(domain) == Meant.ACCOUNT;
    if (all) {
      complaints = Complaints.NONE;
    } else {
      keep(tempos, domain, known(domain).slowed(now));
    }
    return all;
  }

  private static <T> void keep(Map<String, T> map, String domain, T value) {
    map.remove(domain);
    map.put(domain, value);
    bound(map);
  }

  private static void bound(Map<String, ?> map) {
    if (map.size() > MOST) {
      Iterator<String> eldest = map.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  private Tempo known(String domain) {
    Tempo slow = tempos.get(domain);
    return slow == null ? free.getOrDefault(domain, Tempo.FREE) : slow;
  }

  boolean areFree() {
    return tempos.isEmpty();
  }

  int allowance(String domain, int wanted, Instant now) {
    return tempos.getOrDefault(domain, Tempo.FREE).allowance(wanted, now);
  }

  /** How far mails to a domain are apart; nothing when it has no limit. */
  Duration apart(String domain) {
    Tempo tempo = tempos.getOrDefault(domain, Tempo.FREE);
    return tempo.isFree() ? Duration.ZERO : Duration.ofNanos((long) (1e9 / tempo.perSecond()));
  }

  /** When a mail may go to it again. */
  Instant free(String domain) {
    return tempos.getOrDefault(domain, Tempo.FREE).free();
  }

  void went(String domain, Instant now) {
    if (!tempos.isEmpty()) {
      tempos.computeIfPresent(domain, (any, tempo) -> tempo.went(1, now));
    }
  }
}
