package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import io.engage.spi.Documents;
import io.engage.spi.Recipients;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads campaigns, and holds or ends them when that is due. */
final class Campaigns {
  private final Foundation foundation;

  Campaigns(Foundation foundation) {
    this.foundation = foundation;
  }

  /** All that run. */
  List<Campaign> running() {
    return Standing.all(documents(), DocumentKey.Kind.CAMPAIGN, "", Campaign.class).stream()
        .filter(each -> each.state().status() == Status.RUNNING)
        .toList();
  }

  Optional<Campaign> find(CampaignId id) {
    return documents().find(List.of(Campaign.keyOf(id))).stream()
        .findFirst()
        .map(Campaign.class::cast);
  }

  /** Empty when it does not run, or its inbox is gone. */
  Optional<Standing> findRunning(CampaignId id) {
    return find(id)
        .filter(campaign -> campaign.state().status() == Status.RUNNING)
        .flatMap(campaign -> inbox(campaign).map(inbox -> standing(campaign, inbox)));
  }

  /** As it is for one that may not run yet. */
  Standing standing(Campaign campaign, Inbox inbox) {
    List<CampaignList> lists =
        Standing.all(
            documents(), DocumentKey.Kind.CAMPAIGN_LIST, campaign.id().value(), CampaignList.class);
    return new Standing(
        campaign,
        lists.stream().filter(each -> each.status() == CampaignList.Status.ACTIVE).toList(),
        lists.stream().anyMatch(each -> each.status() == CampaignList.Status.IMPORTING),
        inbox,
        template(campaign).orElse(null));
  }

  private Optional<Inbox> inbox(Campaign campaign) {
    return foundation.storage().inboxes().inboxes().stream()
        .filter(each -> each.id().equals(campaign.inbox()))
        .findFirst();
  }

  private Optional<Template> template(Campaign campaign) {
    TemplateId id = campaign.plan().template();
    return id == null
        ? Optional.empty()
        : documents().find(List.of(Template.keyOf(id))).stream()
            .findFirst()
            .map(Template.class::cast);
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

  private Documents documents() {
    return foundation.storage().documents();
  }
}
