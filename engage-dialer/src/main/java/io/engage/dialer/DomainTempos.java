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
import org.jspecify.annotations.Nullable;

/**
 * How fast a server lets us send to single domains, as far as it has told us. Only what was said is
 * kept, and of the latest domains. For one thread at a time.
 */
final class DomainTempos {
  private static final int MOST = 1_000;

  private final Map<String, Tempo> tempos = new LinkedHashMap<>();
  private final Map<String, PutOffs> putOffs = new LinkedHashMap<>();
  private Complaints complaints = Complaints.NONE;

  void took(String domain, Instant now) {
    complaints = complaints.took(domain);
    if (!putOffs.isEmpty()) {
      putOffs.remove(domain);
    }
    if (!tempos.isEmpty()) {
      tempos.computeIfPresent(domain, (any, tempo) -> unlessFree(tempo.took(now)));
    }
  }

  private static @Nullable Tempo unlessFree(Tempo tempo) {
    return tempo.isFree() ? null : tempo;
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
      keep(tempos, domain, tempos.getOrDefault(domain, Tempo.FREE).slowed(now));
    }
    return all;
  }

  private static <T> void keep(Map<String, T> map, String domain, T value) {
    map.remove(domain);
    map.put(domain, value);
    if (map.size() > MOST) {
      Iterator<String> eldest = map.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
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
