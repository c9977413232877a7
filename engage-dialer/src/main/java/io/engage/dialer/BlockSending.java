package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.PaceBook.Grant;
import io.engage.dialer.pacing.Blocks;
import io.engage.dialer.pacing.Groups;
import io.engage.dialer.pacing.Hours;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientClaim;
import io.engage.spi.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Sends for a moment: asks how many mails may go now, claims as many recipients, and hands them on
 * group by group, for as long as nothing changes that would forbid it.
 */
final class BlockSending {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Foundation foundation;
  private final Settings settings;
  private final PaceBook paces;
  private final GroupSending sending;
  private final Settling settling;
  private final ProgressTelling progress;
  private final ReputeBook reputes;

  /** How far a campaign looks behind those in front, of whom nobody could be sent to. */
  private final ConcurrentMap<CampaignId, Integer> reaches = new ConcurrentHashMap<>();

  BlockSending(
      Foundation foundation,
      Settings settings,
      PaceBook paces,
      GroupSending sending,
      Settling settling,
      ProgressTelling progress,
      ReputeBook reputes) {
    this.foundation = foundation;
    this.settings = settings;
    this.paces = paces;
    this.sending = sending;
    this.settling = settling;
    this.progress = progress;
    this.reputes = reputes;
  }

  /** It does not run any more. */
  void forget(CampaignId id) {
    reaches.remove(id);
  }

  Turn send(AtWork job) {
    Instant now = now();
    int allowed = job.way().allowance(blockSize(job), now);
    if (allowed == 0) {
      return Turn.Waits.until(job.way().next());
    }
    Grant grant = paces.take(job.campaign(), job.account(), allowed);
    if (grant.mails() == 0) {
      return Turn.Waits.until(grant.next());
    }
    job.tally().allows(grant.mails());
    try {
      return job.line().reserve(job.account(), job.way())
          ? send(job, grant.mails(), now)
          : Turn.Waits.until(now.plus(SHORT));
    } finally {
      job.line().leave();
      paces.giveBack(job.campaign(), job.account(), job.tally().left());
    }
  }

  /** What is in trouble is looked at once more before it waits. */
  private Turn send(AtWork job, int most, Instant now) {
    CampaignId id = job.campaign().id();
    int reach = Math.max(most, reaches.getOrDefault(id, 0));
    List<RecipientClaim> claims =
        recipients().claim(job.standing().listIds(), reach, now, now.plus(settings.lease()));
    if (claims.isEmpty()) {
      return waitForOthers(job.standing(), now);
    }
    sendInGroups(job, claims, now);
    if (job.tally().foundNobody()) {
      reaches.put(id, Math.min(settings.block(), Math.max(settings.group(), reach * 2)));
    } else {
      reaches.remove(id);
    }
    return job.tally()
        .findPause()
        .filter(pause -> job.way().findTrouble(job.campaign()).isEmpty())
        .<Turn>map(Turn.Waits::until)
        .orElseGet(Turn.Worked::new);
  }

  /** Whoever is claimed elsewhere is free when that lease ends, at the latest. */
  Turn waitForOthers(Standing standing, Instant now) {
    Instant next = recipients().nextDue(standing.listIds()).orElse(now);
    Instant soon = now.plus(SHORT);
    return Turn.Waits.atMostUntil(next.isAfter(soon) ? next : soon);
  }

  /** Those who are left have had their turn since they were claimed, should a window close. */
  private void sendInGroups(AtWork job, List<RecipientClaim> claims, Instant claimed) {
    Instant leaseUntil = claimed.plus(settings.lease());
    AtWork open =
        job.within(() -> Hours.decide(job.campaign().plan(), now()) instanceof Hours.Open);
    int done = 0;
    boolean holds = true;
    try {
      while (holds
          && done < claims.size()
          && mayBegin(job, leaseUntil.minus(settings.margin()), done)) {
        int end = Math.min(claims.size(), done + groupSize(job));
        List<RecipientClaim> group = claims.subList(done, end);
        done = end;
        holds = sending.send(open, group, leaseUntil);
        progress.tell(job.campaign(), job.standing().listIds());
      }
    } finally {
      settling.release(job.campaign(), claims.subList(done, claims.size()), claimed);
    }
  }

  private int blockSize(AtWork job) {
    int connections = job.campaign().plan().pace().connections();
    if (connections == 1) {
      return settings.block();
    }
    long waiting = recipients().counts(job.standing().listIds()).pending();
    return Blocks.decide(settings.block(), settings.leastBlock(), waiting, connections);
  }

  private int groupSize(AtWork job) {
    return Groups.decide(settings.group(), job.line().perMail(), settings.lease());
  }

  /** The first group was looked at just now. */
  private boolean mayBegin(AtWork job, Instant lastBegin, int done) {
    Instant now = now();
    return job.mayGoOn().getAsBoolean()
        && (done == 0
            || (job.tally().left() > 0
                && now.isBefore(lastBegin)
                && job.way().allowance(1, now) > 0
                && job.way().findTrouble(job.campaign()).isEmpty()
                && reputes.findHarm(job.standing()).isEmpty()
                && Hours.decide(job.campaign().plan(), now) instanceof Hours.Open));
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
