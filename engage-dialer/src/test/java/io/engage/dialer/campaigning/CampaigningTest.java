package io.engage.dialer.campaigning;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.InboxId;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-1")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CampaigningTest {
  private static final InboxId SHOP = InboxId.of("shop");
  private static final Campaign SPRING =
      Campaign.of(CampaignId.of("spring"), SHOP, "Spring offer", CampaignPlan.of("Spring"));
  private static final Readiness READY = new Readiness(true, true, true, 1, 5, List.of());

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "PREPARED, START, RUNNING",
    "PREPARED, STOP, refused",
    "PREPARED, RESUME, refused",
    "PREPARED, CANCEL, CANCELLED",
    "RUNNING, START, already",
    "RUNNING, STOP, STOPPED",
    "RUNNING, RESUME, already",
    "RUNNING, CANCEL, CANCELLED",
    "STOPPED, START, RUNNING",
    "STOPPED, STOP, already",
    "STOPPED, RESUME, RUNNING",
    "STOPPED, CANCEL, CANCELLED",
    "CANCELLED, START, refused",
    "CANCELLED, STOP, refused",
    "CANCELLED, RESUME, refused",
    "CANCELLED, CANCEL, already",
    "FINISHED, START, RUNNING",
    "FINISHED, STOP, refused",
    "FINISHED, RESUME, refused",
    "FINISHED, CANCEL, CANCELLED",
  })
  void what_is_wanted_of_a_campaign_as_it_stands(Status status, Wish wish, String expected) {
    Campaign campaign = SPRING.withState(new Campaign.State(status, null, null, null));

    Step step = Campaigning.decide(campaign, wish);

    assertThat(nameOf(step)).isEqualTo(expected);
  }

  private static String nameOf(Step step) {
    if (step instanceof Step.To to) {
      return to.status().name();
    }
    return step instanceof Step.AlreadySo ? "already" : "refused";
  }

  @Test
  void what_is_ready_can_begin() {
    assertThat(Campaigning.obstacle(READY, Wish.START)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "false | true  | true  | 1 | 5 | switched off",
        "true  | false | true  | 1 | 5 | no mail account",
        "true  | true  | false | 1 | 5 | signingKeys(...)",
        "true  | true  | true  | 0 | 0 | No list is active",
        "true  | true  | true  | 1 | 0 | had their turn",
      })
  void what_is_not_ready_is_told_why(
      boolean inboxOn,
      boolean accountKnown,
      boolean keysLast,
      int lists,
      long unsent,
      String words) {
    Readiness readiness = new Readiness(inboxOn, accountKnown, keysLast, lists, unsent, List.of());

    assertThat(Campaigning.obstacle(readiness, Wish.START))
        .hasValueSatisfying(reason -> assertThat(reason).contains(words));
  }

  @Test
  @Tag("DL-6")
  void texts_that_cannot_be_filled_in_hold_it_up() {
    Readiness readiness = new Readiness(true, true, true, 1, 5, List.of("The subject is broken."));

    assertThat(Campaigning.obstacle(readiness, Wish.START)).contains("The subject is broken.");
  }

  @Test
  void two_campaigns_have_two_names() {
    Campaign other = Campaign.of(CampaignId.of("x"), SHOP, "SPRING OFFER ", SPRING.plan());

    assertThat(Setting.decide(other, known(SPRING)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("'SPRING OFFER '"));
    assertThat(Setting.decide(SPRING, known(SPRING))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "a\u0000b"})
  void a_name_fits_into_a_row(String name) {
    assertThat(Setting.decide(SPRING.withPlan(name, SPRING.plan()), known())).isPresent();
  }

  @Test
  @Tag("IN-13")
  void the_template_is_there_for_the_dialer_and_for_the_inbox() {
    Campaign wanted = SPRING.withPlan("Spring", SPRING.plan().withTemplate(TemplateId.of("offer")));
    Template offer = Template.of("offer", "Offer", Template.Purpose.DIALER, "", "Hello");
    Template reply = Template.of("offer", "Offer", Template.Purpose.REPLY, "", "Hello");
    Template elsewhere =
        new Template(offer.id(), "Offer", InboxId.of("x"), offer.purpose(), "", "Hello", null, 1);

    assertThat(Setting.decide(wanted, new Setting.Known(List.of(), offer))).isEmpty();
    assertThat(Setting.decide(wanted, new Setting.Known(List.of(), null))).isPresent();
    assertThat(Setting.decide(wanted, new Setting.Known(List.of(), reply))).isPresent();
    assertThat(Setting.decide(wanted, new Setting.Known(List.of(), elsewhere))).isPresent();
  }

  @Test
  @Tag("WK-10")
  void what_was_changed_is_named() {
    CampaignPlan slower = SPRING.plan().withPace(Pace.every(Duration.ofSeconds(9)));

    assertThat(Setting.differences(SPRING, SPRING.withPlan("Summer", slower.withSubject("Sun"))))
        .containsExactly("name", "subject", "pace");
    assertThat(Setting.differences(SPRING, SPRING)).isEmpty();
  }

  private static Setting.Known known(Campaign... campaigns) {
    return new Setting.Known(List.of(campaigns), null);
  }
}
