package io.engage.model.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.outbox.SmtpReply;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("G-40")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecipientStateTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(60);
  private static final RecipientId ANA = RecipientId.of(ListId.of("buyers"), 1);
  private static final RecipientOutcome BOUNCED =
      new RecipientOutcome(Why.BOUNCED, "Unknown", new SmtpReply(550, "5.1.1", "<ana@x> unknown"));
  private static final RecipientState ATTEMPTING = RecipientState.PENDING.claimed().attempting();

  @Test
  void an_attempt_is_counted_and_stays_an_attempt_when_somebody_else_takes_it() {
    assertThat(ATTEMPTING.attempts()).isEqualTo(1);
    assertThat(ATTEMPTING.claimed()).isEqualTo(ATTEMPTING);
  }

  @Test
  void what_was_settled_is_what_the_settlement_says() {
    RecipientState sent = ATTEMPTING.settled(settlement(RecipientStatus.SENT));

    assertThat(sent.status()).isEqualTo(RecipientStatus.SENT);
    assertThat(sent.at()).isEqualTo(LATER);
    assertThat(sent.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"REJECTED", "WANTED_AGAIN"},
      mode = EnumSource.Mode.EXCLUDE)
  @Tag("DL-12")
  void what_came_back_during_the_attempt_settles_the_doubt(RecipientNote.Kind kind) {
    RecipientState noted = ATTEMPTING.noted(note(kind, NOON));

    assertThat(noted.status()).isEqualTo(RecipientStatus.ATTEMPTING);
    assertThat(noted.settled(settlement(RecipientStatus.IN_DOUBT)).status())
        .isEqualTo(RecipientStatus.SENT);
    assertThat(noted.settled(settlement(RecipientStatus.PENDING)).status())
        .isEqualTo(RecipientStatus.SENT);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"REJECTED", "WANTED_AGAIN"},
      mode = EnumSource.Mode.EXCLUDE)
  @Tag("DL-12")
  void what_comes_back_later_settles_the_doubt(RecipientNote.Kind kind) {
    RecipientState doubted = ATTEMPTING.settled(settlement(RecipientStatus.IN_DOUBT));

    RecipientState noted = doubted.noted(note(kind, NOON));

    assertThat(noted.status()).isEqualTo(RecipientStatus.SENT);
    assertThat(noted.noted(note(kind, LATER))).isEqualTo(noted);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"REJECTED", "WANTED_AGAIN"},
      mode = EnumSource.Mode.EXCLUDE)
  void who_got_it_once_is_not_sent_to_again(RecipientNote.Kind kind) {
    RecipientState again = ATTEMPTING.settled(settlement(RecipientStatus.PENDING));

    assertThat(again.noted(note(kind, NOON)).status()).isEqualTo(RecipientStatus.SENT);
    assertThat(again.claimed().noted(note(kind, NOON)).status()).isEqualTo(RecipientStatus.SENT);
  }

  @Test
  void who_was_never_sent_to_cannot_have_got_it() {
    RecipientState noted = RecipientState.PENDING.noted(note(RecipientNote.Kind.SEEN, NOON));

    assertThat(noted.status()).isEqualTo(RecipientStatus.PENDING);
  }

  @Test
  @Tag("DL-11")
  void a_report_that_it_could_not_be_delivered_counts_before_and_after_the_answer() {
    RecipientState before =
        ATTEMPTING
            .noted(RecipientNote.rejected(ANA, BOUNCED, NOON))
            .settled(settlement(RecipientStatus.SENT));
    RecipientState after =
        ATTEMPTING
            .settled(settlement(RecipientStatus.SENT))
            .noted(RecipientNote.rejected(ANA, BOUNCED, LATER));

    assertThat(before.status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(after.status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(after.outcome()).isEqualTo(BOUNCED);
  }

  @Test
  @Tag("DL-11")
  void a_report_about_a_row_that_failed_changes_nothing_but_its_trace() {
    RecipientState failed =
        RecipientState.failed(RecipientOutcome.of(Why.DUPLICATE, "Twice"), NOON);

    RecipientState noted = failed.noted(RecipientNote.rejected(ANA, BOUNCED, LATER));

    assertThat(noted.status()).isEqualTo(RecipientStatus.FAILED);
    assertThat(noted.traces().rejected()).isEqualTo(LATER);
  }

  @Test
  @Tag("DL-12")
  void only_who_is_in_doubt_is_sent_to_again_because_an_agent_wants_it() {
    RecipientNote again = note(RecipientNote.Kind.WANTED_AGAIN, LATER);
    RecipientState doubted = ATTEMPTING.settled(settlement(RecipientStatus.IN_DOUBT));
    RecipientState sent = ATTEMPTING.settled(settlement(RecipientStatus.SENT));

    RecipientState pending = doubted.noted(again);

    assertThat(pending.status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(pending.attempts()).isEqualTo(1);
    assertThat(sent.noted(again)).isEqualTo(sent);
    assertThat(ATTEMPTING.noted(again)).isEqualTo(ATTEMPTING);
  }

  @Test
  @Tag("DL-7")
  void the_last_answer_to_an_invitation_counts() {
    RecipientState sent = ATTEMPTING.settled(settlement(RecipientStatus.SENT));

    RecipientState noted =
        sent.noted(RecipientNote.invitation(ANA, InvitationAnswer.ACCEPTED, NOON))
            .noted(RecipientNote.invitation(ANA, InvitationAnswer.DECLINED, LATER));

    assertThat(noted.traces().invitation()).isEqualTo(InvitationAnswer.DECLINED);
  }

  @Test
  @Tag("PO-6")
  void of_somebody_who_was_erased_the_codes_stay_and_the_words_of_the_server_go() {
    RecipientState rejected =
        ATTEMPTING
            .settled(settlement(RecipientStatus.SENT))
            .noted(RecipientNote.rejected(ANA, BOUNCED, LATER));

    RecipientState erased = rejected.erased(LATER);

    assertThat(erased.outcome())
        .isEqualTo(new RecipientOutcome(Why.BOUNCED, "Unknown", new SmtpReply(550, "5.1.1", "")));
    assertThat(ATTEMPTING.erased(LATER)).isEqualTo(ATTEMPTING);
    assertThat(RecipientState.PENDING.erased(LATER).status()).isEqualTo(RecipientStatus.FAILED);
  }

  @Test
  @Tag("DL-10")
  void everybody_is_in_one_place_and_the_percentage_says_100_only_when_all_are_done() {
    RecipientCounts done = RecipientCounts.of(ATTEMPTING.settled(settlement(RecipientStatus.SENT)));
    RecipientCounts counts = RecipientCounts.of(RecipientState.PENDING);
    for (int i = 0; i < 199; i++) {
      counts = counts.plus(done);
    }

    assertThat(counts.total()).isEqualTo(200);
    assertThat(counts.percent()).isEqualTo(99);
    assertThat(counts.minus(RecipientCounts.of(RecipientState.PENDING)).percent()).isEqualTo(100);
    assertThat(RecipientCounts.NONE.percent()).isZero();
  }

  @Test
  @Tag("DL-9")
  @Tag("DL-12")
  void what_was_not_begun_was_no_attempt_and_leaves_what_was_known() {
    RecipientClaim claim = new RecipientClaim(recipient(ATTEMPTING), 1, false);
    RecipientState greylisted =
        ATTEMPTING.settled(
            RecipientSettlement.again(
                claim, RecipientOutcome.of(Why.POSTPONED, "Later"), NOON, NOON));
    RecipientSettlement notBegun = RecipientSettlement.notBegun(claim, LATER, LATER);

    RecipientState first = ATTEMPTING.settled(notBegun);
    RecipientState second = greylisted.claimed().attempting().settled(notBegun);

    assertThat(first).isEqualTo(RecipientState.PENDING.released(LATER));
    assertThat(second).isEqualTo(greylisted.released(LATER));
    assertThat(greylisted.claimed().settled(notBegun)).isEqualTo(second);
  }

  @Test
  void what_was_not_begun_has_no_end() {
    RecipientOutcome notBegun = RecipientOutcome.of(Why.NOT_BEGUN, "");

    assertThatThrownBy(
            () ->
                new RecipientSettlement(
                    ANA, 1, RecipientStatus.SENT, notBegun, LATER, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'buyers/1'");
  }

  private static Recipient recipient(RecipientState state) {
    return new Recipient(ANA, "ana@customer.example", 1, Recipient.Row.EMPTY, state);
  }

  @Test
  void a_claim_is_settled_as_pending_or_as_something_final() {
    assertThatThrownBy(() -> settlement(RecipientStatus.CLAIMED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'buyers/1'");
  }

  @Test
  void variables_keep_the_order_of_the_row() {
    Map<String, String> variables = new LinkedHashMap<>();
    List.of("zeta", "alpha", "mu", "beta", "omega").forEach(name -> variables.put(name, name));

    assertThat(new Recipient.Row("", List.of(), variables).variables().keySet())
        .containsExactly("zeta", "alpha", "mu", "beta", "omega");
  }

  private static RecipientNote note(RecipientNote.Kind kind, Instant at) {
    return kind == RecipientNote.Kind.INVITATION
        ? RecipientNote.invitation(ANA, InvitationAnswer.ACCEPTED, at)
        : RecipientNote.of(ANA, kind, at);
  }

  private static RecipientSettlement settlement(RecipientStatus status) {
    return new RecipientSettlement(
        ANA, 1, status, RecipientOutcome.of(Why.ACCEPTED, "Some words"), LATER, Instant.EPOCH);
  }
}
