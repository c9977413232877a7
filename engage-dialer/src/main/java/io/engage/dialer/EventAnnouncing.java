package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.dialer.campaigning.Announcing;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignList.Sequel;
import io.engage.model.campaign.CampaignList.Word;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.Recipients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets up campaigns that tell those whom another one has invited what became of the event. Each of
 * its lists is the sequel of one that was invited: the same rows, of which only those who got the
 * invitation, or may have got it.
 */
final class EventAnnouncing {
  private static final int AT_ONCE = 500;

  private final CampaignActs acts;
  private final CampaignSaving saving;
  private final Foundation foundation;
  private final ImportTurns turns;

  EventAnnouncing(CampaignActs acts, CampaignSaving saving) {
    this.acts = acts;
    this.saving = saving;
    this.foundation = acts.foundation();
    this.turns = new ImportTurns(foundation);
  }

  /**
   * @param plan of the campaign that tells it
   */
  Outcome<Campaign> announce(CampaignId invited, String name, CampaignPlan plan, Word word) {
    Optional<String> refusal = turns.refusal();
    return refusal.isPresent()
        ? new Outcome.Refused<>(refusal.get())
        : begun(invited, name, plan, word);
  }

  private Outcome<Campaign> begun(CampaignId invited, String name, CampaignPlan plan, Word word) {
    CampaignId id = CampaignId.of(acts.shortId());
    Outcome<Campaign> begun = saving.naming(() -> begin(invited, id, name.strip(), plan, word));
    return begun instanceof Outcome.Done<Campaign> done
        ? turns.during(id, hold -> filled(done.value(), hold))
        : begun;
  }

  private Outcome<Campaign> begin(
      CampaignId invitedId, CampaignId id, String name, CampaignPlan plan, Word word) {
    Optional<Campaign> found = acts.shelf().find(invitedId);
    if (found.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    Campaign invited = found.get();
    List<CampaignList> lists = acts.shelf().lists(invited.id());
    Optional<String> refusal = Announcing.decide(invited, lists, counts(lists), calledOffBy(lists));
    EventTemplate known = invited.plan().event();
    if (refusal.isPresent() || known == null) {
      return new Outcome.Refused<>(refusal.orElse(""));
    }
    Optional<EventTemplate> event = Announcing.next(known, plan.event(), word);
    if (event.isEmpty()) {
      return new Outcome.Refused<>(
          "The plan has no event. Give it the event as it is now, or cancel it.");
    }
    Campaign telling = Campaign.of(id, invited.inbox(), name, plan.withEvent(event.get()));
    return saving
        .refusal(telling)
        .<Outcome<Campaign>>map(Outcome.Refused::new)
        .orElseGet(() -> commit(invited, lists, telling, event.get(), word));
  }

  private @Nullable Campaign calledOffBy(List<CampaignList> invited) {
    return acts.shelf().all().stream()
        .filter(
            each ->
                acts.shelf().lists(each.id()).stream()
                    .anyMatch(list -> Announcing.callsOff(list, invited)))
        .findFirst()
        .orElse(null);
  }

  private Outcome<Campaign> commit(
      Campaign invited,
      List<CampaignList> lists,
      Campaign telling,
      EventTemplate event,
      Word word) {
    Instant now = foundation.clock().instant();
    Campaign after = Announcing.invited(invited, event, word, now);
    InboxChange.Builder change = InboxChange.builder().document(telling).document(after);
    lists.stream()
        .filter(each -> Announcing.hasInvited(counts(List.of(each))))
        .forEach(each -> change.document(sequelOf(each, telling.id(), word, now)));
    List<AuditFact> facts = new ArrayList<>();
    facts.add(new AuditFact.CampaignSaved(telling.id(), telling.name(), List.of()));
    facts.add(
        new AuditFact.EventAnnounced(invited.id(), telling.id(), word.code(), event.sequence()));
    if (after.state().status() != invited.state().status()) {
      facts.add(new AuditFact.CampaignCancelled(invited.id(), counts(lists).notProcessed()));
    }
    AuditSubject subject = AuditSubject.of(invited.inbox());
    foundation.commit(
        change,
        Actor.agent(acts.agent()),
        facts.stream().map(fact -> new Occurrence(subject, fact)).toList());
    return new Outcome.Done<>(telling.withVersion(1));
  }

  private CampaignList sequelOf(CampaignList list, CampaignId telling, Word word, Instant now) {
    return new CampaignList(
            ListId.of(acts.shortId()),
            telling,
            list.name(),
            "",
            CampaignList.Status.IMPORTING,
            now,
            0,
            0,
            0)
        .signedBy(foundation.keys().current())
        .asSequel(new Sequel(list.id(), word, list.signer()));
  }

  /** The rows follow when all else stands; a process that ends here leaves lists to go on with. */
  private Outcome<Campaign> filled(Campaign telling, ImportTurns.Hold hold) {
    boolean whole = true;
    for (CampaignList list : acts.shelf().lists(telling.id())) {
      whole = whole && fill(telling, list, hold) instanceof Outcome.Done;
    }
    return whole ? new Outcome.Done<>(telling) : overtaken(telling.name());
  }

  /**
   * Goes on with a sequel that was not filled to its end, and switches it on. Before it is our turn
   * others may have done so, or removed it.
   */
  Outcome<CampaignList> fill(Campaign telling, ListId list) {
    return turns.during(
        telling.id(),
        hold ->
            acts.shelf()
                .find(list)
                .map(now -> fill(telling, now, hold))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome<CampaignList> fill(Campaign telling, CampaignList list, ImportTurns.Hold hold) {
    Sequel sequel = list.sequel();
    if (sequel == null || list.status() != CampaignList.Status.IMPORTING) {
      return new Outcome.AlreadySo<>();
    }
    long told = 0;
    long after = 0;
    List<Recipient> page;
    do {
      page = recipients().of(sequel.invited(), Announcing.INVITED, after, AT_ONCE);
      List<Recipient> rows =
          page.stream().flatMap(each -> Announcing.told(each, list.id()).stream()).toList();
      recipients().add(rows);
      told += rows.size();
      after = page.isEmpty() ? after : page.get(page.size() - 1).id().row();
      if (!hold.prolong()) {
        return overtaken(list.name());
      }
    } while (page.size() == AT_ONCE);
    long rows = told;
    return foundation.retrying(() -> switchOn(telling, list.id(), rows));
  }

  private Outcome<CampaignList> switchOn(Campaign telling, ListId id, long told) {
    Optional<CampaignList> now = acts.shelf().find(id);
    if (now.isEmpty()) {
      return new Outcome.Unknown<>();
    }
    CampaignList list = now.get();
    if (list.status() != CampaignList.Status.IMPORTING) {
      return new Outcome.AlreadySo<>();
    }
    CampaignList done =
        list.imported(CampaignList.Status.ACTIVE, told, 0, foundation.clock().instant());
    acts.commit(
        acts.renewing(telling.id(), InboxChange.builder().document(done)),
        telling,
        new AuditFact.ListImported(telling.id(), id, told, 0));
    return new Outcome.Done<>(done.withVersion(list.version() + 1));
  }

  private static <T> Outcome<T> overtaken(String name) {
    return new Outcome.Refused<>(
        "Filling '%s' took a rest for so long that something else began. Activate its lists to go on."
            .formatted(name));
  }

  private RecipientCounts counts(List<CampaignList> lists) {
    return recipients().counts(lists.stream().map(CampaignList::id).toList());
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }
}
