package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.GroupSending.Job;
import io.engage.dialer.PaceBook.Grant;
import io.engage.dialer.campaigning.Campaigning;
import io.engage.dialer.dialing.Dialing;
import io.engage.dialer.pacing.Hours;
import io.engage.dialer.pacing.Idleness;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.inbox.MailAccount;
import io.engage.spi.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a campaign for a moment: is it running, is anybody due, may it send now, how many, to
 * whom; then claims them and sends group by group. Several threads and nodes may do this for one
 * campaign at once.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final Duration A_WHILE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Foundation foundation;
  private final Settings settings;
  private final Campaigns campaigns;
  private final Ways ways;
  private final PaceBook paces;
  private final GroupSending sending;
  private final ProgressTelling progress;
  private final ReputeBook reputes;
  private final ListForms forms;

  /** How far a campaign looks behind those in front, of whom nobody could be sent to. */
  private final ConcurrentMap<CampaignId, Integer> reaches = new ConcurrentHashMap<>();

  Turns(
      Foundation foundation,
      Settings settings,
      Patience patience,
      PaceBook paces,
      ProgressTelling progress) {
    this.foundation = foundation;
    this.settings = settings;
    this.paces = paces;
    this.progress = progress;
    this.campaigns = new Campaigns(foundation);
    this.reputes = new ReputeBook(foundation);
    this.forms = new ListForms(foundation);
    this.ways = new Ways(settings.accountConnections());
    this.sending = new GroupSending(foundation, patience, paces, settings.namedReturns());
  }

  Turn take(CampaignId id, Line line, BooleanSupplier mayGoOn) {
    Optional<Standing> running = campaigns.findRunning(id);
    if (running.isEmpty()) {
      reputes.forget(id);
      forms.forget(id);
      reaches.remove(id);
      campaigns.stopWithoutInbox(id).ifPresent(this::tellLost);
      return new Turn.Ended();
    }
    Standing standing = running.get();
    Optional<Instant> due = recipients().nextDue(standing.listIds());
    return due.isEmpty()
        ? finish(standing)
        : findReasonToStop(standing, due.get())
            .<Turn>map(reason -> stop(standing, reason))
            .orElseGet(() -> work(standing, due.get(), line, mayGoOn));
  }

  /** Nobody is left, unless somebody is still to come. */
  private Turn finish(Standing standing) {
    if (standing.importing() || standing.lists().isEmpty()) {
      return new Turn.Waits(now().plus(A_WHILE));
    }
    Optional<Campaign> finished = campaigns.finish(standing.campaign().id());
    finished.ifPresent(ended -> tellEnd(ended, standing));
    return finished.isPresent() ? new Turn.Ended() : new Turn.Worked();
  }

  private void tellLost(Campaign held) {
    LOG.warn("Campaign '{}' is held: {}", held.id(), held.state().reason());
    progress.tellNow(held, new CampaignShelf(foundation).listIds(held.id()));
  }

  private Turn stop(Standing standing, String reason) {
    CampaignId id = standing.campaign().id();
    LOG.warn("Campaign '{}' is held: {}", id, reason);
    campaigns
        .stop(id, reason)
        .ifPresent(
            held -> {
              ways.of(standing.inbox().account()).wasHeld(held);
              tellEnd(held, standing);
            });
    return new Turn.Ended();
  }

  private void tellEnd(Campaign ended, Standing standing) {
    reputes.forget(ended.id());
    forms.forget(ended.id());
    progress.tellNow(ended, standing.listIds());
  }

  private Optional<String> findReasonToStop(Standing standing, Instant due) {
    Campaign campaign = standing.campaign();
    Optional<Instant> rested =
        Idleness.decide(
            campaign,
            standing.lists(),
            new Idleness.Traces(recipients().lastWorkedOn(standing.listIds()).orElse(null), due),
            settings.rest(),
            now());
    return rested
        .map(since -> "Not worked on since %s. Look at it, then resume".formatted(since))
        .or(() -> ways.of(standing.inbox().account()).findTrouble(campaign))
        .or(() -> reputes.findHarm(standing));
  }

  private Turn work(Standing standing, Instant due, Line line, BooleanSupplier mayGoOn) {
    Instant now = now();
    Hours hours = Hours.decide(standing.campaign().plan(), now);
    if (hours instanceof Hours.Over) {
      return expire(standing, now);
    }
    if (due.isAfter(now)) {
      return new Turn.Waits(due);
    }
    return hours instanceof Hours.Closed closed
        ? expireMissed(standing, closed.next(), now)
        : dial(standing, line, mayGoOn);
  }

  /** Its end has come: whose turn did not come gets nothing any more. */
  private Turn expire(Standing standing, Instant now) {
    List<RecipientClaim> claims = claim(standing, settings.block(), now);
    sending.settle(
        claims.stream().<RecipientSettlement>map(each -> expired(each, now)).toList(),
        lastWord(now));
    return claims.isEmpty() ? waitForOthers(standing, now) : new Turn.Worked();
  }

  /** Those over whom a window has closed; the others wait for the next one. */
  private Turn expireMissed(Standing standing, Instant next, Instant now) {
    Instant changed = standing.campaign().state().changedAt();
    boolean possible =
        Hours.haveMissed(standing.campaign().plan(), changed == null ? now : changed, now);
    List<RecipientClaim> claims = possible ? claim(standing, settings.block(), now) : List.of();
    if (claims.isEmpty()) {
      return new Turn.Waits(next);
    }
    List<RecipientSettlement> settled = new ArrayList<>();
    List<RecipientClaim> wait = new ArrayList<>();
    for (RecipientClaim claim : claims) {
      if (GroupSending.hasMissed(standing, claim.recipient(), now)) {
        settled.add(expired(claim, now));
      } else {
        wait.add(claim);
      }
    }
    sending.settle(settled, lastWord(now));
    sending.release(standing.campaign(), wait, next);
    return new Turn.Worked();
  }

  private Instant lastWord(Instant claimed) {
    return settings.lastWord(claimed.plus(settings.lease()));
  }

  private static RecipientSettlement expired(RecipientClaim claim, Instant now) {
    return claim.interrupted()
        ? Dialing.interrupted(claim, now)
        : Dialing.failed(claim, GroupSending.expired(), now);
  }

  private Turn dial(Standing standing, Line line, BooleanSupplier mayGoOn) {
    Optional<MailAccount> account = foundation.findAccount(standing.inbox().account());
    if (account.isEmpty() || account.get().smtp() == null) {
      return stop(standing, "The inbox has no mail account that sends. Give it one, then resume");
    }
    if (!foundation.pseudonymsLast()) {
      return stop(standing, Campaigning.KEY_WANTED);
    }
    ListForms.Found found = forms.of(standing);
    if (found instanceof ListForms.Refused refused) {
      return stop(standing, refused.reason());
    }
    Map<ListId, ListMails> lists = ((ListForms.Ready) found).lists();
    Way way = ways.of(account.get().id());
    return dial(new Job(standing, lists, account.get(), way, line, mayGoOn, new Tally()));
  }

  private Turn dial(Job job) {
    Instant now = now();
    int allowed = job.way().allowance(settings.block(), now);
    if (allowed == 0) {
      return new Turn.Waits(job.way().next());
    }
    Grant grant = paces.take(job.campaign(), job.account().id(), allowed);
    if (grant.mails() == 0) {
      return new Turn.Waits(grant.next());
    }
    job.tally().allows(grant.mails());
    try {
      return job.line().reserve(job.account(), job.way())
          ? dial(job, grant.mails(), now)
          : new Turn.Waits(now.plus(SHORT));
    } finally {
      job.line().leave();
      paces.giveBack(job.campaign(), job.account().id(), job.tally().left());
    }
  }

  /** What is in trouble is looked at once more before it waits. */
  private Turn dial(Job job, int most, Instant now) {
    CampaignId id = job.campaign().id();
    int reach = Math.max(most, reaches.getOrDefault(id, 0));
    List<RecipientClaim> claims = claim(job.standing(), reach, now);
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
        .<Turn>map(Turn.Waits::new)
        .orElseGet(Turn.Worked::new);
  }

  /** Whoever is claimed elsewhere is free when that lease ends, at the latest. */
  private Turn waitForOthers(Standing standing, Instant now) {
    Instant next = recipients().nextDue(standing.listIds()).orElse(now);
    Instant soon = now.plus(SHORT);
    return new Turn.Waits(next.isAfter(soon) ? next : soon);
  }

  /** Those who are left have had their turn since they were claimed, should a window close. */
  private void sendInGroups(Job job, List<RecipientClaim> claims, Instant claimed) {
    Instant leaseUntil = claimed.plus(settings.lease());
    Instant lastBegin = leaseUntil.minus(settings.margin());
    int done = 0;
    try {
      while (done < claims.size() && mayBegin(job, lastBegin, done)) {
        int end = Math.min(claims.size(), done + settings.group());
        List<RecipientClaim> group = claims.subList(done, end);
        done = end;
        sending.send(within(job, leaseUntil), group, settings.lastWord(leaseUntil));
        progress.tell(job.campaign(), job.standing().listIds());
      }
    } finally {
      sending.release(job.campaign(), claims.subList(done, claims.size()), claimed);
    }
  }

  /** It stops where a window closes, and before somebody else may take it for abandoned. */
  private Job within(Job job, Instant leaseUntil) {
    Instant end = leaseUntil.minus(settings.margin().dividedBy(2));
    CampaignPlan plan = job.campaign().plan();
    BooleanSupplier inTime =
        () -> {
          Instant now = now();
          return job.mayGoOn().getAsBoolean()
              && now.isBefore(end)
              && Hours.decide(plan, now) instanceof Hours.Open;
        };
    return new Job(
        job.standing(), job.lists(), job.account(), job.way(), job.line(), inTime, job.tally());
  }

  /** The first group was looked at just now. */
  private boolean mayBegin(Job job, Instant lastBegin, int done) {
    Instant now = now();
    return job.mayGoOn().getAsBoolean()
        && (done == 0
            || (job.tally().left() > 0
                && now.isBefore(lastBegin)
                && job.way().allowance(1, now) > 0
                && job.way().findTrouble(job.campaign()).isEmpty()
                && reputes.findHarm(job.standing()).isEmpty()
                && Hours.decide(job.campaign().plan(), now) instanceof Hours.Open
                && job.standing().holds(foundation.storage().documents())));
  }

  private List<RecipientClaim> claim(Standing standing, int limit, Instant now) {
    return recipients().claim(standing.listIds(), limit, now, now.plus(settings.lease()));
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
