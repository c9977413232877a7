package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.dialer.campaigning.Campaigning;
import io.engage.dialer.campaigning.Setting;
import io.engage.dialer.campaigning.Step;
import io.engage.dialer.campaigning.Wish;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.ContentDigest;
import io.engage.spi.Leases.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Sets campaigns up, changes and removes them. */
final class CampaignSaving {
  private static final int REMOVED_AT_ONCE = 1000;
  private static final Duration NAMING = Duration.ofSeconds(30);

  private final CampaignActs acts;
  private final Foundation foundation;
  private final ImportTurns turns;

  CampaignSaving(CampaignActs acts) {
    this.acts = acts;
    this.foundation = acts.foundation();
    this.turns = new ImportTurns(foundation);
  }

  Outcome<Campaign> create(InboxId inbox, String name, CampaignPlan plan) {
    CampaignId id = CampaignId.of(acts.shortId());
    return naming(() -> store(Campaign.of(id, inbox, name.strip(), plan), List.of()));
  }

  /** The state is the dialer's: whatever stands there, only name and plan are taken over. */
  Outcome<Campaign> save(Campaign before, Campaign wanted) {
    Campaign after = Setting.saved(before, wanted);
    if (wanted.version() != before.version()) {
      return new Outcome.Overtaken<>(before);
    }
    List<String> changed = Setting.differences(before, after);
    return changed.isEmpty()
        ? new Outcome.AlreadySo<>()
        : eventRefusal(before, after)
            .<Outcome<Campaign>>map(Outcome.Refused::new)
            .orElseGet(() -> naming(() -> store(after, changed)));
  }

  private Optional<String> eventRefusal(Campaign before, Campaign after) {
    if (Objects.equals(before.plan().event(), after.plan().event())) {
      return Optional.empty();
    }
    List<CampaignList> lists = acts.shelf().lists(before.id());
    RecipientCounts counts =
        foundation.storage().recipients().counts(lists.stream().map(CampaignList::id).toList());
    return Setting.event(before, after, lists, counts);
  }

  /** Why a campaign cannot be set up like this; empty when it can. */
  Optional<String> refusal(Campaign wanted) {
    return Setting.decide(
        wanted, new Setting.Known(acts.shelf().all(), acts.shelf().template(wanted)));
  }

  private Outcome<Campaign> store(Campaign wanted, List<String> changed) {
    Optional<String> refusal = refusal(wanted);
    if (refusal.isPresent()) {
      return new Outcome.Refused<>(refusal.get());
    }
    Optional<Campaign> now = acts.shelf().find(wanted.id());
    if (now.map(Campaign::version).orElse(0L) != wanted.version()) {
      return now.<Outcome<Campaign>>map(Outcome.Overtaken::new).orElseGet(Outcome.Unknown::new);
    }
    acts.commit(
        InboxChange.builder().document(wanted),
        wanted,
        new AuditFact.CampaignSaved(wanted.id(), wanted.name(), changed));
    return new Outcome.Done<>(wanted.withVersion(wanted.version() + 1));
  }

  /** One at a time looks which names there are and takes one. */
  Outcome<Campaign> naming(Supplier<Outcome<Campaign>> act) {
    Instant now = foundation.clock().instant();
    Optional<Lease> lease =
        foundation
            .storage()
            .leases()
            .acquire("campaign-names", acts.shortId(), now, now.plus(NAMING));
    if (lease.isEmpty()) {
      return new Outcome.Refused<>("Another campaign is being set up just now. Try again.");
    }
    try {
      return foundation.retrying(act);
    } finally {
      foundation.storage().leases().release(lease.get());
    }
  }

  /** Its recipients go in steps; whoever comes after a crash goes on with what is left. */
  Outcome<Campaign> remove(Campaign campaign) {
    if (campaign.state().status() == Status.RUNNING) {
      return new Outcome.Refused<>("Campaign '%s' runs. Stop it first.".formatted(campaign.name()));
    }
    if (acts.shelf().lists(campaign.id()).stream()
        .anyMatch(each -> each.status() == CampaignList.Status.ACTIVE)) {
      return new Outcome.Refused<>(
          "Campaign '%s' has active lists. Switch them off first.".formatted(campaign.name()));
    }
    return turns.during(campaign.id(), hold -> removeAll(campaign, hold));
  }

  private Outcome<Campaign> removeAll(Campaign campaign, ImportTurns.Hold hold) {
    Optional<Campaign> ended = foundation.retrying(() -> ended(campaign.id()));
    if (ended.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    long removed = 0;
    for (ListId list : acts.shelf().listIds(campaign.id())) {
      removed += removeRecipients(list, hold);
    }
    long recipients = removed;
    PaceBook.forget(foundation, campaign.id());
    return foundation.retrying(() -> drop(campaign.id(), recipients));
  }

  /** Nobody starts any more what is being removed. */
  private Optional<Campaign> ended(CampaignId id) {
    Optional<Campaign> now = acts.shelf().find(id);
    now.filter(each -> Campaigning.decide(each, Wish.CANCEL) instanceof Step.To)
        .ifPresent(
            each ->
                acts.commit(
                    InboxChange.builder()
                        .document(
                            each.withState(
                                each.state()
                                    .to(
                                        Status.CANCELLED,
                                        foundation.clock().instant(),
                                        "It is being removed"))),
                    each,
                    new AuditFact.CampaignCancelled(id, notSent(id))));
    return now;
  }

  private Outcome<Campaign> drop(CampaignId id, long recipients) {
    Optional<Campaign> now = acts.shelf().find(id);
    if (now.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    InboxChange.Builder change = InboxChange.builder().drop(now.get());
    acts.shelf().lists(id).forEach(change::drop);
    List<CampaignAttachment> files = acts.shelf().files(id);
    files.forEach(change::drop);
    acts.commit(
        foundation.withoutBytes(change, digests(files)),
        now.get(),
        new AuditFact.CampaignRemoved(id, now.get().name(), recipients));
    return new Outcome.Done<>(now.get());
  }

  private static List<ContentDigest> digests(List<CampaignAttachment> files) {
    return files.stream().map(each -> each.content().digest()).toList();
  }

  Outcome<CampaignList> removeList(Campaign campaign, CampaignList list) {
    if (list.status() == CampaignList.Status.ACTIVE) {
      return new Outcome.Refused<>(
          "List '%s' is active. Switch it off first.".formatted(list.name()));
    }
    return turns.during(campaign.id(), hold -> removeWhole(campaign, list, hold));
  }

  private Outcome<CampaignList> removeWhole(
      Campaign campaign, CampaignList list, ImportTurns.Hold hold) {
    long removed = removeRecipients(list.id(), hold);
    return foundation.retrying(
        () -> {
          Optional<CampaignList> now = acts.shelf().find(list.id());
          now.ifPresent(
              each ->
                  acts.commit(
                      InboxChange.builder().drop(each),
                      campaign,
                      new AuditFact.ListRemoved(campaign.id(), each.id(), removed)));
          return now.<Outcome<CampaignList>>map(Outcome.Done::new).orElseGet(Outcome.Unknown::new);
        });
  }

  private long removeRecipients(ListId list, ImportTurns.Hold hold) {
    long removed = 0;
    int some;
    do {
      some = foundation.storage().recipients().remove(list, REMOVED_AT_ONCE);
      removed += some;
    } while (some > 0 && hold.prolong());
    return removed;
  }

  private long notSent(CampaignId id) {
    return foundation.storage().recipients().counts(acts.shelf().listIds(id)).notProcessed();
  }
}
