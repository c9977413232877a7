package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import io.engage.spi.Recipients;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads campaigns, and holds or ends them when that is due. */
final class Campaigns {
  private final Foundation foundation;
  private final CampaignShelf shelf;

  Campaigns(Foundation foundation) {
    this.foundation = foundation;
    this.shelf = new CampaignShelf(foundation);
  }

  /** All that run. */
  List<Campaign> running() {
    return shelf.going().stream().filter(each -> each.state().status() == Status.RUNNING).toList();
  }

  Optional<Campaign> find(CampaignId id) {
    return shelf.find(id);
  }

  /** Empty when it does not run, or its inbox is gone. */
  Optional<Standing> findRunning(CampaignId id) {
    return find(id)
        .filter(campaign -> campaign.state().status() == Status.RUNNING)
        .flatMap(campaign -> inbox(campaign).map(inbox -> shelf.standing(campaign, inbox)));
  }

  private Optional<Inbox> inbox(Campaign campaign) {
    return foundation.storage().inboxes().inboxes(List.of(campaign.inbox())).stream().findFirst();
  }

  /**
   * Holds it until an agent resumes it.
   *
   * @return as it is now; empty when it did not run any more
   */
  Optional<Campaign> stop(CampaignId id, String reason) {
    return foundation.retrying(
        () ->
            find(id)
                .filter(each -> each.state().status() == Status.RUNNING)
                .flatMap(
                    each ->
                        to(
                            each,
                            Status.STOPPED,
                            reason,
                            new AuditFact.CampaignStopped(id, reason))));
  }

  /**
   * Holds it when it runs although its inbox is gone, which nobody would see else.
   *
   * @return as it is now; empty when that is not so
   */
  Optional<Campaign> stopWithoutInbox(CampaignId id) {
    return find(id)
        .filter(each -> each.state().status() == Status.RUNNING && inbox(each).isEmpty())
        .flatMap(each -> stop(id, "Its inbox is gone. Set up another campaign"));
  }

  /**
   * Ends it when all have had their turn. A list that is switched on meanwhile changes the campaign
   * too, so that this looks again.
   *
   * @return as it is now; empty when it did not run any more, or somebody has come
   */
  Optional<Campaign> finish(CampaignId id) {
    return foundation.retrying(
        () ->
            findRunning(id)
                .filter(each -> !each.importing() && !each.lists().isEmpty())
                .filter(each -> recipients().nextDue(each.listIds()).isEmpty())
                .flatMap(
                    each ->
                        to(
                            each.campaign(),
                            Status.FINISHED,
                            null,
                            finished(id, recipients().counts(each.listIds())))));
  }

  private static AuditFact finished(CampaignId id, RecipientCounts counts) {
    return new AuditFact.CampaignFinished(
        id, counts.sent(), counts.failed(), counts.rejected(), counts.inDoubt());
  }

  private Optional<Campaign> to(
      Campaign campaign, Status status, @Nullable String reason, AuditFact fact) {
    foundation.commit(
        InboxChange.builder()
            .document(
                campaign.withState(
                    campaign.state().to(status, foundation.clock().instant(), reason))),
        Actor.DIALER,
        AuditSubject.of(campaign.inbox()),
        fact);
    return find(campaign.id());
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }
}
