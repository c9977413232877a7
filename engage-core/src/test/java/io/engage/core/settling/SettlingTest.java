package io.engage.core.settling;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.BEN;
import static io.engage.core.Shop.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.settling.Settling.Settled;
import io.engage.model.audit.AuditFact;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Removal;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask.SendMail;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-30")
class SettlingTest {
  private static final SmtpReply TAKEN = new SmtpReply(250, "2.0.0", "queued");
  private static final SmtpReply LATER = new SmtpReply(451, "4.7.1", "greylisted");
  private static final SmtpReply NOBODY = new SmtpReply(550, "5.1.1", "no such user");
  private static final SendMail MAIL =
      new SendMail(
          MessageId.of("m1"),
          Shop.id("answer@shop.example"),
          Shop.workshop().sender().address(),
          List.of(ANA.address(), BEN.address()),
          Shop.blob("answer"));

  private final Settling settling = new Settling();

  @Test
  void what_the_server_took_is_sent_and_done() {
    Settled settled = decide(0, new SendOutcome.Accepted(TAKEN, Map.of()));

    assertThat(settled.delivery()).isEqualTo(Delivery.SENT);
    assertThat(settled.settlement().again()).isNull();
    assertThat(settled.facts()).containsExactly(new AuditFact.Sent("250 2.0.0", 2));
  }

  @Test
  void a_recipient_who_was_put_off_is_tried_again_alone() {
    Settled settled = decide(0, new SendOutcome.Accepted(TAKEN, Map.of(BEN.address(), LATER)));

    assertThat(settled.delivery()).isEqualTo(Delivery.SENT);
    assertThat(again(settled).task()).isEqualTo(MAIL.withRecipients(List.of(BEN.address())));
  }

  @Test
  void a_recipient_who_was_refused_for_good_is_not_tried_again() {
    Settled settled = decide(0, new SendOutcome.Accepted(TAKEN, Map.of(BEN.address(), NOBODY)));

    assertThat(settled.settlement().again()).isNull();
    assertThat(settled.facts())
        .containsExactly(
            new AuditFact.Sent("250 2.0.0", 1), new AuditFact.SendFailed("550 5.1.1", 1));
  }

  @Test
  @Tag("WK-9")
  @Tag("G-43")
  void whom_a_mail_does_not_reach_is_kept_with_it_until_somebody_sends_it_again() {
    Message.State queued =
        new Message.State(true, Removal.NONE, null, null, Delivery.QUEUED, List.of());

    Message.State some =
        decide(0, new SendOutcome.Accepted(TAKEN, Map.of(BEN.address(), NOBODY))).of(queued);
    Message.State all = decide(0, new SendOutcome.Refused(NOBODY, Map.of())).of(queued);
    Message.State nobodyYet = decide(0, new SendOutcome.Refused(LATER, Map.of())).of(queued);
    Message.State givenUp = decide(12, new SendOutcome.NothingSent("nobody listens")).of(some);

    assertThat(some.delivery()).isEqualTo(Delivery.SENT);
    assertThat(some.unreached()).containsExactly(BEN.address());
    assertThat(some.worst()).isEqualTo(Delivery.FAILED);
    assertThat(all.unreached()).containsExactly(ANA.address(), BEN.address());
    assertThat(nobodyYet.unreached()).isEmpty();
    assertThat(givenUp.delivery()).isEqualTo(Delivery.SENT);
    assertThat(givenUp.unreached()).containsExactly(BEN.address(), ANA.address());
  }

  @Test
  @Tag("WK-9")
  void a_mail_that_is_too_large_for_the_server_says_so_in_plain_words() {
    SmtpReply tooLarge = new SmtpReply(552, "5.3.4", "The mail has 9 bytes, the server takes 8");

    Settled settled = decide(0, new SendOutcome.Refused(tooLarge, Map.of()));

    assertThat(settled.facts())
        .containsExactly(
            new AuditFact.SendFailed("the mail is larger than the server takes (552 5.3.4)", 2));
  }

  @Test
  void a_mail_refused_for_good_has_failed() {
    Settled settled = decide(0, new SendOutcome.Refused(NOBODY, Map.of()));

    assertThat(settled.delivery()).isEqualTo(Delivery.FAILED);
    assertThat(settled.settlement().again()).isNull();
  }

  @Test
  void a_mail_put_off_is_tried_again_more_slowly_each_time() {
    Instant first = again(decide(0, new SendOutcome.Refused(LATER, Map.of()))).notBefore();
    Instant fifth = again(decide(4, new SendOutcome.Refused(LATER, Map.of()))).notBefore();

    assertThat(Duration.between(MORNING, first)).isEqualTo(Duration.ofMinutes(1));
    assertThat(Duration.between(MORNING, fifth)).isEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void of_recipients_refused_one_by_one_only_those_put_off_are_tried_again() {
    Settled settled =
        decide(
            0,
            new SendOutcome.Refused(NOBODY, Map.of(ANA.address(), LATER, BEN.address(), NOBODY)));

    assertThat(again(settled).task()).isEqualTo(MAIL.withRecipients(List.of(ANA.address())));
    assertThat(settled.facts()).first().isEqualTo(new AuditFact.SendFailed("550 5.1.1", 1));
  }

  @Test
  void when_nothing_went_everybody_is_tried_again() {
    Settled settled = decide(0, new SendOutcome.NothingSent("nothing listens there"));

    assertThat(again(settled).task()).isEqualTo(MAIL);
    assertThat(again(settled).attempts()).isEqualTo(1);
    assertThat(settled.delivery()).isEqualTo(Delivery.QUEUED);
  }

  @Test
  void after_days_it_is_given_up_and_says_why() {
    Settled settled = decide(12, new SendOutcome.NothingSent("nothing listens there"));

    assertThat(settled.delivery()).isEqualTo(Delivery.FAILED);
    assertThat(settled.settlement().again()).isNull();
    assertThat(settled.facts())
        .containsExactly(
            new AuditFact.SendFailed(
                "given up after 13 attempts, the last: nothing listens there", 2));
  }

  @Test
  void what_is_in_doubt_is_never_sent_again_by_itself() {
    assertThat(decide(0, new SendOutcome.InDoubt("no answer")).settlement().again()).isNull();
    assertThat(settling.interrupted(claim(0), Delivery.QUEUED).delivery())
        .isEqualTo(Delivery.IN_DOUBT);
    assertThat(settling.interrupted(claim(0), Delivery.QUEUED).settlement().again()).isNull();
  }

  private Settled decide(int attempts, SendOutcome outcome) {
    return settling.decide(claim(attempts), MAIL, outcome, MORNING);
  }

  private static OutboxClaim claim(int attempts) {
    return new OutboxClaim(
        new OutboxEntry(OutboxId.of("o1"), Shop.ACCOUNT, MAIL, MORNING, attempts), 1, false);
  }

  private static OutboxEntry again(Settled settled) {
    OutboxEntry again = settled.settlement().again();
    assertThat(again).isNotNull();
    return again;
  }
}
