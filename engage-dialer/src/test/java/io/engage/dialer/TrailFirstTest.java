package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.core.Engage;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.PortFailure;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing leaves the house, and nothing is decided, that the trail could not be told of. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("WK-10")
class TrailFirstTest {
  private final CampaignScene scene = new CampaignScene();
  private final Engage silenced =
      scene.engageOn(new FailingStorage("commit"::equals).over(scene.storage));
  private final CampaignDesk desk = Dialer.over(silenced).deskOf(CampaignScene.CLARA);
  private Campaign spring = scene.spring();
  private CampaignList list = scene.active(spring.id());

  @BeforeEach
  void lookAgain() {
    spring = scene.now(spring.id());
    list = scene.list(list.id());
  }

  @AfterEach
  void close() {
    silenced.close();
    scene.close();
  }

  @Test
  @Tag("DL-10")
  void what_cannot_be_recorded_is_not_exported() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();

    assertThatThrownBy(() -> desk.export(list.id(), file)).isInstanceOf(PortFailure.class);

    assertThat(file.size()).isZero();
  }

  @Test
  @Tag("DL-12")
  void what_cannot_be_recorded_is_not_decided() {
    Instant now = scene.clock.instant();
    RecipientClaim claim =
        scene.storage.recipients().claim(List.of(list.id()), 1, now, now.plusSeconds(60)).get(0);
    scene
        .storage
        .recipients()
        .settle(
            List.of(
                RecipientSettlement.end(
                    claim,
                    RecipientStatus.IN_DOUBT,
                    RecipientOutcome.of(Why.NO_ANSWER, "No answer"),
                    now)));
    RecipientId ana = claim.recipient().id();

    assertThatThrownBy(() -> desk.resolve(spring.id(), List.of(ana), Resolution.ARRIVED))
        .isInstanceOf(PortFailure.class);

    assertThat(scene.storage.recipients().find(List.of(ana)).get(0).state().status())
        .isEqualTo(RecipientStatus.IN_DOUBT);
  }

  @Test
  @Tag("DL-10")
  void counting_anew_is_recorded() {
    assertThatThrownBy(() -> desk.recount(spring.id())).isInstanceOf(PortFailure.class);

    scene.desk.recount(spring.id());

    assertThat(scene.facts()).endsWith(new AuditFact.RecipientsRecounted(spring.id()));
  }
}
