package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.dialer.campaigning.Campaigning;
import io.engage.dialer.campaigning.Readiness;
import io.engage.dialer.campaigning.Step;
import io.engage.dialer.campaigning.Wish;
import io.engage.dialer.rendering.FormReading;
import io.engage.dialer.rendering.Rendering;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts, stops, resumes and ends campaigns, and switches their lists on and off. */
final class CampaignSwitching {
  private final CampaignActs acts;
  private final Foundation foundation;

  CampaignSwitching(CampaignActs acts) {
    this.acts = acts;
    this.foundation = acts.foundation();
  }

  /**
   * @param reason in the agent's words, for {@link Wish#STOP}
   */
  Outcome<Campaign> decide(CampaignId id, Inbox inbox, Wish wish, @Nullable String reason) {
    return foundation.retrying(
        () ->
            acts.shelf()
                .find(id)
                .map(now -> step(now, inbox, wish, reason))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome<Campaign> step(Campaign now, Inbox inbox, Wish wish, @Nullable String reason) {
    Step step = Campaigning.decide(now, wish);
    if (step instanceof Step.Refused refused) {
      return new Outcome.Refused<>(refused.reason());
    } else if (!(step instanceof Step.To to)) {
      return new Outcome.AlreadySo<>();
    } else {
      Optional<String> obstacle =
          to.status() == Status.RUNNING
              ? Campaigning.obstacle(readiness(now, inbox), wish)
              : Optional.empty();
      return obstacle
          .<Outcome<Campaign>>map(Outcome.Refused::new)
          .orElseGet(() -> commit(now, to.status(), reason));
    }
  }

  private Outcome<Campaign> commit(Campaign now, Status status, @Nullable String reason) {
    Campaign after = now.withState(now.state().to(status, foundation.clock().instant(), reason));
    acts.commit(InboxChange.builder().document(after), now, fact(now, status, reason));
    if (status == Status.CANCELLED) {
      PaceBook.forget(foundation, now.id());
    }
    return new Outcome.Done<>(after.withVersion(now.version() + 1));
  }

  private AuditFact fact(Campaign before, Status status, @Nullable String reason) {
    CampaignId id = before.id();
    return switch (status) {
      case STOPPED -> new AuditFact.CampaignStopped(id, reason == null ? "" : reason);
      case CANCELLED -> new AuditFact.CampaignCancelled(id, unsent(acts.shelf().listIds(id)));
      default ->
          before.state().status() == Status.STOPPED
              ? new AuditFact.CampaignResumed(id)
              : new AuditFact.CampaignStarted(id, unsent(activeLists(id)));
    };
  }

  private Readiness readiness(Campaign campaign, Inbox inbox) {
    List<CampaignList> active =
        acts.shelf().lists(campaign.id()).stream()
            .filter(each -> each.status() == CampaignList.Status.ACTIVE)
            .toList();
    return new Readiness(
        inbox.settings().enabled(),
        foundation.findAccount(inbox.account()).isPresent(),
        foundation.pseudonymsLast(),
        active.size(),
        unsent(active.stream().map(CampaignList::id).toList()),
        active.stream().flatMap(list -> problems(campaign, list, inbox)).distinct().toList());
  }

  private Stream<String> problems(Campaign campaign, CampaignList list, Inbox inbox) {
    return Rendering.decide(acts.shelf().sheet(campaign, list, inbox))
            instanceof FormReading.Refused refused
        ? refused.problems().stream()
        : Stream.of();
  }

  private List<ListId> activeLists(CampaignId id) {
    return acts.shelf().lists(id).stream()
        .filter(each -> each.status() == CampaignList.Status.ACTIVE)
        .map(CampaignList::id)
        .toList();
  }

  private long unsent(List<ListId> lists) {
    return foundation.storage().recipients().counts(lists).notProcessed();
  }

  /** A list that was not read to its end is neither on nor off. */
  Outcome<CampaignList> switchList(Campaign campaign, ListId id, boolean on) {
    return foundation.retrying(
        () -> {
          Optional<CampaignList> found = acts.shelf().find(id);
          return found.isEmpty()
              ? new Outcome.Unknown<>()
              : switchTo(
                  campaign,
                  found.get(),
                  on ? CampaignList.Status.ACTIVE : CampaignList.Status.INACTIVE);
        });
  }

  private Outcome<CampaignList> switchTo(
      Campaign campaign, CampaignList list, CampaignList.Status status) {
    if (list.status() == CampaignList.Status.IMPORTING) {
      return new Outcome.Refused<>(
          "List '%s' was not read to its end. Import it again.".formatted(list.name()));
    } else if (list.status() == status) {
      return new Outcome.AlreadySo<>();
    }
    boolean on = status == CampaignList.Status.ACTIVE;
    CampaignList switched = list.withStatus(status, foundation.clock().instant());
    InboxChange.Builder change = InboxChange.builder().document(switched);
    if (on) {
      acts.renewing(campaign.id(), change);
    }
    acts.commit(change, campaign, new AuditFact.ListSwitched(campaign.id(), list.id(), on));
    return new Outcome.Done<>(switched.withVersion(list.version() + 1));
  }
}
