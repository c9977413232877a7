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
  List<CampaignId> running() {
    return Standing.all(documents(), DocumentKey.Kind.CAMPAIGN, "", Campaign.class).stream()
        .filter(each -> each.state().status() == Status.RUNNING)
        .map(Campaign::id)
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
    return end(id, Status.STOPPED, reason, new AuditFact.CampaignStopped(id, reason));
  }

  Optional<Campaign> finish(CampaignId id, RecipientCounts counts) {
    return end(
        id,
        Status.FINISHED,
        null,
        new AuditFact.CampaignFinished(
            id, counts.sent(), counts.failed(), counts.rejected(), counts.inDoubt()));
  }

  private Optional<Campaign> end(
      CampaignId id, Status status, @Nullable String reason, AuditFact fact) {
    return foundation.retrying(
        () -> {
          Optional<Campaign> running =
              find(id).filter(each -> each.state().status() == Status.RUNNING);
          running.ifPresent(
              each ->
                  foundation.commit(
                      InboxChange.builder()
                          .document(
                              each.withState(
                                  each.state().to(status, foundation.clock().instant(), reason))),
                      Actor.DIALER,
                      AuditSubject.of(each.inbox()),
                      fact));
          return running.isEmpty() ? running : find(id);
        });
  }

  private Documents documents() {
    return foundation.storage().documents();
  }
}
