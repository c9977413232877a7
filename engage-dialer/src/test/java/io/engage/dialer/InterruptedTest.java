package io.engage.dialer;

import static io.engage.dialer.Mailing.LIST;
import static io.engage.dialer.Mailing.SPRING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryMail.Step;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.Recipients;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node was killed while the mail to one of three customers was on its way. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class InterruptedTest {
  private static final CampaignPlan NEWS = CampaignPlan.of("News for ${name}");
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Mailing shop = new Mailing();

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @Tag("DL-12")
  @EnumSource(Doubt.class)
  void whoever_wants_no_more_mail_meanwhile_is_in_doubt_and_not_called_failed(Doubt doubt) {
    killedAtTheFirst(NEWS.withDoubt(doubt));
    unsubscribe(1);

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    assertThat(shop.state(1).outcome().why()).isEqualTo(Why.INTERRUPTED);
    assertThat(shop.sent()).hasSize(2).doesNotContain(Mailing.address(1).value());
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-12")
  void whoever_cannot_be_written_to_meanwhile_is_in_doubt_and_not_called_failed() {
    killedAtTheFirst(CampaignPlan.of("News for ${surname}").withDoubt(Doubt.NEVER_MISS));

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    assertThat(shop.state(2).status()).isEqualTo(RecipientStatus.FAILED);
    assertThat(shop.sent()).isEmpty();
  }

  @Test
  @Tag("DL-12")
  void whoever_is_held_back_does_not_wait_for_a_whole_lease() {
    killedAtTheFirst(NEWS.withDoubt(Doubt.NEVER_MISS));
    shop.mail.failNext(Step.CONNECT_TO_SEND, Reason.REFUSED, 1);
    Instant next = shop.dialer.workOff().orElseThrow();
    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(next).isBefore(shop.clock.instant().plus(LEASE.dividedBy(2)));
    shop.clock.set(next);

    shop.dialer.workOff();

    assertThat(shop.sent()).hasSize(3).contains(Mailing.address(1).value());
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  @Test
  @Tag("DL-12")
  void whoever_was_held_back_and_then_wants_no_more_is_in_doubt_still() {
    killedAtTheFirst(NEWS.withDoubt(Doubt.NEVER_MISS));
    shop.mail.failNext(Step.CONNECT_TO_SEND, Reason.REFUSED, 1);
    shop.clock.set(shop.dialer.workOff().orElseThrow());
    unsubscribe(1);

    shop.dialer.workOff();

    assertThat(shop.state(1).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    assertThat(shop.sent()).hasSize(2);
  }

  @Test
  @Tag("G-42")
  @Tag("DL-12")
  void whoever_is_given_back_before_the_turn_of_their_group_gets_no_second_mail() {
    killedAt(3, NEWS);
    Dialer single = Dialer.builder(shop.engage).markAtOnce(1).build();
    shop.mail.failNext(Step.CONNECT_TO_SEND, Reason.REFUSED, 1);
    Instant next = single.workOff().orElseThrow();
    assertThat(shop.state(3).status()).isEqualTo(RecipientStatus.IN_DOUBT);
    shop.clock.set(next);

    single.workOff();

    assertThat(shop.sent()).hasSize(2).doesNotContain(Mailing.address(3).value());
    assertThat(shop.status()).isEqualTo(Status.FINISHED);
  }

  private void killedAtTheFirst(CampaignPlan plan) {
    killedAt(1, plan);
  }

  private void killedAt(int row, CampaignPlan plan) {
    shop.running(plan, 3);
    Recipients recipients = shop.storage.recipients();
    Instant now = shop.clock.instant();
    List<RecipientClaim> claims = recipients.claim(List.of(LIST), 3, now, now.plus(LEASE));
    recipients.markAttempting(claims.subList(row - 1, row));
    shop.clock.advance(LEASE.plusMinutes(1));
  }

  private void unsubscribe(long row) {
    shop.engage
        .foundation()
        .commit(
            InboxChange.builder()
                .document(
                    shop.engage
                        .foundation()
                        .suppression(Mailing.address(row), "bulk", "asked", shop.clock.instant())),
            Actor.CUSTOMER,
            AuditSubject.of(Mailing.SHOP.id()),
            new AuditFact.Suppressed(SPRING, "asked"));
  }
}
