package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.dialer.campaigning.Campaigning;
import io.engage.dialer.pacing.Hours;
import io.engage.dialer.pacing.Idleness;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.ListId;
import io.engage.model.inbox.MailAccount;
import io.engage.spi.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on a campaign for a moment: is it running, is anybody due, may it send now; then has a
 * block of its recipients sent to. Several threads and nodes may do this for one campaign at once.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
  private static final Duration A_WHILE = Duration.ofMinutes(1);

  private final Foundation foundation;
  private final Settings settings;
  private final Campaigns campaigns;
  private final PaceBook paces;
  private final Ways ways;
  private final Holding holding;
  private final Expiring expiring;
  private final BlockSending sending;
  private final Tidying tidying;
  private final ProgressTelling progress;
  private final ReputeBook reputes;
  private final ListForms forms;

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
    this.holding = new Holding(foundation, settings.lease());
    Settling settling = new Settling(foundation, patience);
    Sifting sifting = new Sifting(foundation, paces, settling);
    GroupSending groups = new GroupSending(foundation, settings, sifting, settling, holding);
    this.expiring = new Expiring(foundation, settings, settling);
    this.tidying = new Tidying(foundation, settings, settling);
    this.sending =
        new BlockSending(foundation, settings, paces, groups, settling, progress, reputes);
  }

  /**
   * Looks after those from which nobody is sent to.
   *
   * @return when to look again
   */
  Instant tidy() {
    return tidying.tidy();
  }

  /** Prolongs what is under way. */
  void beat() {
    holding.beat();
  }

  Turn take(CampaignId id, Line line, BooleanSupplier mayGoOn) {
    Optional<Standing> running = campaigns.findRunning(id);
    if (running.isEmpty()) {
      reputes.forget(id);
      forms.forget(id);
      sending.forget(id);
      OldRates.forgetIfGone(foundation, id);
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
      return Turn.Waits.atMostUntil(now().plus(A_WHILE));
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
            settings.rest().plus(turnsOfOthers(standing)),
            now());
    return rested
        .map(since -> "Not worked on since %s. Look at it, then resume".formatted(since))
        .or(() -> ways.of(standing.inbox().account()).findTrouble(campaign))
        .or(() -> reputes.findHarm(standing));
  }

  /** Where campaigns share what an account may send, each waits for all others. */
  private Duration turnsOfOthers(Standing standing) {
    Duration pause = paces.longestPause(standing.inbox().account());
    return pause.isZero() ? pause : pause.multipliedBy(campaigns.running().size());
  }

  private Turn work(Standing standing, Instant due, Line line, BooleanSupplier mayGoOn) {
    Instant now = now();
    Hours hours = Hours.decide(standing.campaign().plan(), now);
    if (hours instanceof Hours.Over) {
      return expiring.expireAll(standing, now)
          ? new Turn.Worked()
          : sending.waitForOthers(standing, now);
    }
    if (due.isAfter(now)) {
      return Turn.Waits.atMostUntil(due);
    }
    if (hours instanceof Hours.Closed closed) {
      return expiring.expireMissed(standing, closed.next(), now)
          ? new Turn.Worked()
          : Turn.Waits.until(closed.next());
    }
    return dial(standing, line, mayGoOn);
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
    return sending.send(
        new AtWork(standing, lists, account.get(), way, line, mayGoOn, new Tally()));
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }

  private Instant now() {
    return foundation.clock().instant();
  }
}
