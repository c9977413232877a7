package io.engage.dialer.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.dialer.dialing.Dialing.Light;
import io.engage.dialer.dialing.Verdict.Sign;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientState.Traces;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SendOutcome.Stage;
import io.engage.model.outbox.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-9")
class DialingTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final EmailAddress ANA = EmailAddress.of("ana@customer.example");

  @ParameterizedTest
  @CsvSource({
    "550, 5.1.1, REJECTED, NEUTRAL, true",
    "550, 5.1.2, REJECTED, NEUTRAL, true",
    "553, 5.1.3, REJECTED, NEUTRAL, true",
    "550, 5.1.10, REJECTED, NEUTRAL, true",
    "550, 5.2.1, REJECTED, NEUTRAL, false",
    "550, , REJECTED, NEUTRAL, false",
    "554, , REJECTED, NEUTRAL, false",
    "552, 5.3.4, REJECTED, NEUTRAL, false",
    "550, 5.4.1, REJECTED, NEUTRAL, false",
    "552, 5.2.2, PENDING, NEUTRAL, false",
    "552, , PENDING, NEUTRAL, false",
    "450, 4.2.0, PENDING, NEUTRAL, false",
    "451, 4.3.0, PENDING, NEUTRAL, false",
    "451, , PENDING, TOO_FAST, false",
    "454, , PENDING, TOO_FAST, false",
    "452, 4.2.2, PENDING, NEUTRAL, false",
    "421, , PENDING, TOO_FAST, false",
    "421, 4.7.28, PENDING, TOO_FAST, false",
    "454, 4.7.0, PENDING, TOO_FAST, false",
    "550, 5.7.1, PENDING, REFUSED_US, false",
    "550, 5.7.515, PENDING, REFUSED_US, false",
    "550, 5.7.30, PENDING, REFUSED_US, false",
    "550, 5.1.8, PENDING, REFUSED_US, false",
    "530, , PENDING, REFUSED_US, false",
    "535, 5.7.8, PENDING, REFUSED_US, false",
    "538, , PENDING, REFUSED_US, false"
  })
  void a_reply_says_whose_matter_it_is(
      int code, @Nullable String enhanced, RecipientStatus status, Sign sign, boolean suppress) {
    SmtpReply reply = new SmtpReply(code, enhanced, "whatever 5.1.1 it says");

    Map<EmailAddress, SmtpReply> refused = suppress ? Map.of(ANA, reply) : Map.of();
    Verdict verdict = decide(claim(1, null), new SendOutcome.Refused(reply, refused));

    assertThat(verdict.settlement().status()).isEqualTo(status);
    assertThat(verdict.sign()).isEqualTo(sign);
    assertThat(verdict.suppress()).isEqualTo(suppress);
    assertThat(verdict.settlement().outcome().reply()).isEqualTo(reply);
    assertThat(verdict.settlement().outcome().words()).doesNotContain("5.1.1");
  }

  @ParameterizedTest
  @CsvSource({
    "550, 5.1.0, PENDING, REFUSED_US",
    "550, 5.1.1, PENDING, REFUSED_US",
    "553, , PENDING, REFUSED_US",
    "550, , PENDING, REFUSED_US",
    "552, 5.2.2, PENDING, REFUSED_US",
    "552, 5.3.4, REJECTED, NEUTRAL",
    "552, , REJECTED, NEUTRAL",
    "451, 4.1.8, PENDING, NEUTRAL"
  })
  void a_refusal_of_the_sender_is_about_no_recipient_unless_it_is_about_the_size(
      int code, @Nullable String enhanced, RecipientStatus status, Sign sign) {
    SmtpReply reply = new SmtpReply(code, enhanced, "No");

    Verdict verdict =
        decide(claim(3, Why.REFUSED_US), new SendOutcome.Refused(reply, Map.of(), Stage.SENDER));

    assertThat(verdict.settlement().status()).isEqualTo(status);
    assertThat(verdict.sign()).isEqualTo(sign);
    assertThat(verdict.suppress()).isFalse();
  }

  @ParameterizedTest
  @Tag("G-44")
  @CsvSource({
    "450, PUT_OFF",
    "451, PUT_OFF",
    "452, PUT_OFF",
    "454, TOO_FAST_FOR_THEM",
    "421, TOO_FAST"
  })
  void a_recipient_who_is_put_off_without_a_code_slows_nobody_unless_it_is_throttling(
      int code, Sign sign) {
    SmtpReply reply = new SmtpReply(code, null, "Come back later");

    Verdict verdict = decide(claim(1, null), new SendOutcome.Refused(reply, Map.of(ANA, reply)));

    assertThat(verdict.settlement().status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(verdict.sign()).isEqualTo(sign);
  }

  @Test
  void who_was_not_refused_by_name_is_not_taken_for_dead() {
    SmtpReply reply = new SmtpReply(550, "5.1.1", "No such user");

    Verdict verdict = decide(claim(1, null), new SendOutcome.Refused(reply, Map.of()));

    assertThat(verdict.settlement().status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(verdict.suppress()).isFalse();
  }

  @Test
  void a_refusal_of_us_at_a_recipient_weighs_less_than_one_of_the_mail() {
    SmtpReply reply = new SmtpReply(550, "5.7.1", "No");

    Verdict verdict = decide(claim(1, null), new SendOutcome.Refused(reply, Map.of(ANA, reply)));

    assertThat(verdict.sign()).isEqualTo(Sign.MINDS_US);
    assertThat(verdict.settlement().notBefore()).isAfter(NOON);
  }

  @Test
  void where_others_are_taken_a_recipient_for_whom_we_are_refused_again_and_again_is_rejected() {
    SendOutcome refusal = new SendOutcome.Refused(new SmtpReply(550, "5.7.1", "No"), Map.of());
    RecipientClaim third = claim(3, Why.REFUSED_US);

    assertThat(decide(third, refusal).settlement().status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(decide(third, refusal).suppress()).isFalse();
    assertThat(decide(third, refusal).sign()).isEqualTo(Sign.NEUTRAL);
    assertThat(decide(claim(3, Why.POSTPONED), refusal).settlement().status())
        .isEqualTo(RecipientStatus.PENDING);
    assertThat(
            Dialing.decide(third, refusal, new Light(Doubt.NEVER_TWICE, false, NOON))
                .settlement()
                .status())
        .isEqualTo(RecipientStatus.PENDING);
  }

  @Test
  void what_was_taken_is_sent() {
    Verdict verdict =
        decide(
            claim(1, null),
            new SendOutcome.Accepted(new SmtpReply(250, "2.0.0", "Queued"), Map.of()));

    assertThat(verdict.settlement().status()).isEqualTo(RecipientStatus.SENT);
    assertThat(verdict.sign()).isEqualTo(Sign.TAKEN);
  }

  @Test
  void pauses_grow_and_end() {
    SendOutcome busy = new SendOutcome.Refused(new SmtpReply(451, null, "Busy"), Map.of());
    Duration last = Duration.ZERO;
    for (int attempts = 1; attempts <= 10; attempts++) {
      Instant next = decide(claim(attempts, Why.POSTPONED), busy).settlement().notBefore();
      assertThat(Duration.between(NOON, next)).isGreaterThan(last);
      last = Duration.between(NOON, next);
    }

    Verdict given = decide(claim(11, Why.POSTPONED), busy);

    assertThat(given.settlement().status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(given.settlement().outcome().why()).isEqualTo(Why.GAVE_UP);
    assertThat(given.suppress()).isFalse();
  }

  @ParameterizedTest
  @Tag("DL-12")
  @CsvSource({"NEVER_TWICE, IN_DOUBT", "NEVER_MISS, PENDING"})
  void silence_is_a_doubt_that_the_plan_decides(Doubt doubt, RecipientStatus status) {
    Verdict verdict =
        Dialing.decide(
            claim(1, null), new SendOutcome.InDoubt("silence"), new Light(doubt, true, NOON));

    assertThat(verdict.settlement().status()).isEqualTo(status);
    assertThat(verdict.settlement().outcome().why()).isEqualTo(Why.NO_ANSWER);
  }

  @Test
  @Tag("G-40")
  void what_never_went_is_tried_again() {
    Verdict verdict = decide(claim(1, null), new SendOutcome.NothingSent("reset"));

    assertThat(verdict.settlement().status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(verdict.sign()).isEqualTo(Sign.NOT_REACHED);
  }

  private static Verdict decide(RecipientClaim claim, SendOutcome outcome) {
    return Dialing.decide(claim, outcome, new Light(Doubt.NEVER_TWICE, true, NOON));
  }

  private static RecipientClaim claim(int attempts, @Nullable Why before) {
    RecipientState state =
        new RecipientState(
            RecipientStatus.ATTEMPTING,
            attempts,
            Instant.EPOCH,
            null,
            before == null ? null : RecipientOutcome.of(before, ""),
            Traces.NONE);
    return new RecipientClaim(
        new Recipient(
            RecipientId.of(ListId.of("l1"), 1), ANA.value(), 1, Recipient.Row.EMPTY, state),
        1,
        false);
  }
}
