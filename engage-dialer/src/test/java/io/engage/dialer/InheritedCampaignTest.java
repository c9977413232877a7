package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.InboxId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A campaign whose inbox is deleted. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InheritedCampaignTest {
  private static final InboxId SALES = InboxId.of("sales");

  private final SpringOffer offer = new SpringOffer(1);

  @AfterEach
  void close() {
    offer.close();
  }

  @Test
  @Tag("DL-1")
  @Tag("IN-14")
  void a_campaign_goes_to_the_heir_of_its_inbox_and_waits_there_for_an_agent() {
    starts();

    offer.engage.setupOf(SpringOffer.CLARA).deleteInbox(SpringOffer.SPRING.inbox(), SALES);

    Campaign campaign = stored();
    assertThat(campaign.inbox()).isEqualTo(SALES);
    assertThat(campaign.state().status()).isEqualTo(Campaign.Status.STOPPED);
    assertThat(campaign.state().reason()).contains("inbox was deleted", "'sales'");
    assertThat(offer.facts()).filteredOn(AuditFact.CampaignStopped.class::isInstance).hasSize(1);
  }

  @Test
  @Tag("DL-13")
  void answers_to_a_campaign_of_a_deleted_inbox_arrive_at_its_heir() {
    offer.engage.setupOf(SpringOffer.CLARA).deleteInbox(SpringOffer.SPRING.inbox(), SALES);

    offer.arrives(
        """
        Delivered-To: shop@shop.example
        From: rider1@customer.example
        To: shop@shop.example
        Subject: Re: Spring is here
        Message-ID: <late@customer.example>
        In-Reply-To: %s
        Date: Mon, 2 Mar 2026 10:00:00 +0000

        Do you have it in blue?
        """
            .formatted(offer.messageId(1)));

    assertThat(offer.conversations())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.inbox()).isEqualTo(SALES);
              assertThat(each.findCampaign()).contains(SpringOffer.SPRING.id());
            });
  }

  private void starts() {
    offer
        .engage
        .foundation()
        .commit(
            InboxChange.builder()
                .document(
                    stored()
                        .withState(
                            stored()
                                .state()
                                .to(Campaign.Status.RUNNING, offer.clock.instant(), null))),
            Actor.CONFIGURATION,
            AuditSubject.NONE,
            new AuditFact.CampaignStarted(SpringOffer.SPRING.id(), 1));
  }

  private Campaign stored() {
    return (Campaign) offer.storage.documents().find(List.of(SpringOffer.SPRING.key())).get(0);
  }
}
