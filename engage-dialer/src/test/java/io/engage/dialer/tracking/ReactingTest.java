package io.engage.dialer.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.classifying.Answerable;
import io.engage.core.classifying.Bounce;
import io.engage.core.classifying.BounceCategory;
import io.engage.core.classifying.BouncedRecipient;
import io.engage.core.classifying.Classification;
import io.engage.core.classifying.Complaint;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientNote.Kind;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.message.MailHeaders;
import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.ReportPart;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("DL-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReactingTest {
  private static final RecipientId ANA = RecipientId.of(ListId.of("spring"), 7);
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "5.1.1, UNKNOWN_RECIPIENT, true, true",
    "5.1.2, UNKNOWN_HOST, true, true",
    "5.2.1, DISABLED_RECIPIENT, true, true",
    "5.2.2, MAILBOX_FULL, false, false",
    "5.7.1, POLICY, false, false",
    "4.4.1, TEMPORARY, false, false",
    "5.3.4, TOO_BIG, false, false",
    "5.0.0, OTHER, false, false"
  })
  void a_bounce_rejects_and_only_one_that_blames_the_address_suppresses_it(
      String status, BounceCategory category, boolean permanent, boolean suppressed) {
    BouncedRecipient failed =
        new BouncedRecipient(
            "ana@customer.example", "failed", status, 550, "no such user", category, permanent);

    Reaction reaction = decide(report(MessageKind.BOUNCE, new Bounce(null, List.of(failed))));

    assertThat(reaction.answer()).isFalse();
    assertThat(reaction.suppression() != null).isEqualTo(suppressed);
    assertThat(reaction.notes())
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.kind()).isEqualTo(Kind.REJECTED);
              RecipientOutcome outcome = note.outcome();
              assertThat(outcome).isNotNull();
              assertThat(outcome.why()).isEqualTo(RecipientOutcome.Why.BOUNCED);
              assertThat(outcome.words()).contains(category.code()).doesNotContain("ana@");
              assertThat(outcome.reply()).isNotNull();
              assertThat(outcome.reply().codes()).isEqualTo("550 " + status);
            });
  }

  @Test
  void a_bounce_that_names_nobody_still_rejects() {
    Reaction reaction = decide(report(MessageKind.BOUNCE, new Bounce(null, List.of())));

    assertThat(reaction.notes()).extracting(RecipientNote::kind).containsExactly(Kind.REJECTED);
    assertThat(reaction.suppression()).isNull();
  }

  @Test
  void a_complaint_is_spam_and_there_is_no_next_time() {
    Reaction reaction = decide(complaint("abuse"));

    assertThat(reaction.notes()).containsExactly(RecipientNote.of(ANA, Kind.SPAM, NOON));
    assertThat(reaction.suppression()).isEqualTo("complained");
    assertThat(reaction.answer()).isFalse();
  }

  @Test
  void whoever_says_that_it_is_no_spam_has_it_and_may_get_more() {
    Reaction reaction = decide(complaint("not-spam"));

    assertThat(reaction.notes()).containsExactly(RecipientNote.of(ANA, Kind.ARRIVED, NOON));
    assertThat(reaction.suppression()).isNull();
  }

  @Test
  void an_opt_out_through_a_provider_is_one() {
    Reaction reaction = decide(complaint("opt-out"));

    assertThat(reaction.notes()).containsExactly(RecipientNote.of(ANA, Kind.UNSUBSCRIBED, NOON));
    assertThat(reaction.suppression()).isEqualTo("opted out");
  }

  @Test
  void a_delay_changes_nothing() {
    Reaction reaction = decide(report(MessageKind.DELAY, new Bounce(null, List.of())));

    assertThat(reaction.notes()).isEmpty();
    assertThat(reaction.suppression()).isNull();
    assertThat(reaction.answer()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageKind.class,
      names = {"DELIVERED", "AUTO_REPLY", "OUT_OF_OFFICE"})
  void what_a_program_says_shows_that_it_arrived_and_waits_for_nobody(MessageKind kind) {
    Reaction reaction = decide(of(kind));

    assertThat(reaction.notes()).containsExactly(RecipientNote.of(ANA, Kind.ARRIVED, NOON));
    assertThat(reaction.answer()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'Disposition: manual-action/MDN-sent-manually; displayed', SEEN",
    "'disposition: automatic-action/MDN-sent-automatically; deleted', ARRIVED"
  })
  void a_disposition_notice_that_it_was_displayed_says_that_somebody_saw_it(
      String line, Kind expected) {
    ParsedMail mail =
        mail(new ReportPart("message/disposition-notification", "", "Reporting-UA: x\n" + line));

    Reaction reaction = Reacting.decide(ANA, mail, of(MessageKind.DISPOSITION), null, NOON);

    assertThat(reaction.notes()).containsExactly(RecipientNote.of(ANA, expected, NOON));
  }

  @Test
  @Tag("DL-7")
  void the_answer_to_an_invitation_is_noted() {
    Reaction reaction =
        Reacting.decide(
            ANA, mail(), of(MessageKind.CALENDAR_REPLY), InvitationAnswer.DECLINED, NOON);

    assertThat(reaction.notes())
        .containsExactly(RecipientNote.invitation(ANA, InvitationAnswer.DECLINED, NOON));
  }

  @Test
  @Tag("DL-13")
  void what_somebody_wrote_is_an_answer() {
    Reaction reaction = decide(of(MessageKind.PERSON));

    assertThat(reaction.notes()).containsExactly(RecipientNote.of(ANA, Kind.ANSWERED, NOON));
    assertThat(reaction.answer()).isTrue();
  }

  private static Reaction decide(Classification classification) {
    return Reacting.decide(ANA, mail(), classification, null, NOON);
  }

  private static Classification of(MessageKind kind) {
    return classification(kind, null, null);
  }

  private static Classification report(MessageKind kind, Bounce bounce) {
    return classification(kind, bounce, null);
  }

  private static Classification complaint(String type) {
    return classification(
        MessageKind.COMPLAINT, null, new Complaint(type, List.of("ana@customer.example"), null));
  }

  private static Classification classification(
      MessageKind kind, @Nullable Bounce bounce, @Nullable Complaint complaint) {
    return new Classification(
        kind, "by its form", new Answerable(false, "not asked here"), bounce, complaint, null);
  }

  private static ParsedMail mail(ReportPart... reports) {
    return new ParsedMail(
        MailHeaders.EMPTY,
        List.of(),
        "text/plain",
        "",
        null,
        List.of(),
        List.of(reports),
        List.of());
  }
}
