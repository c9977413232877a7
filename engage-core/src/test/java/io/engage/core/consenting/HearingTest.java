package io.engage.core.consenting;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.consenting.Hearing.Answer;
import io.engage.core.consenting.Hearing.Heard;
import io.engage.core.consenting.Hearing.Said;
import io.engage.model.address.PhoneNumber;
import io.engage.model.audit.AuditFact;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsConsent.State;
import io.engage.model.sms.SmsPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SM-2")
class HearingTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Instant RECEIVED = NOON.plusSeconds(3600);
  private static final SmsPolicy POLICY =
      SmsPolicy.usual().withWords(List.of("Arrêt", "HALT"), List.of("Ja"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STOP",
        "stop",
        " Stop. ",
        "STOP!!",
        "\"stop\"",
        "S\u200bTOP",
        "ＳＴＯＰ",
        "STOPALL",
        "Stop all",
        "Unsubscribe",
        "cancel",
        "END",
        "Quit",
        "revoke",
        "optout",
        "OPT OUT",
        "opt-out",
        "arrêt",
        "ARRÊT",
        "Halt!",
        "stop 🙏"
      })
  void a_word_that_stops_ends_consent_whatever_its_case_blanks_and_punctuation(String text) {
    Heard heard = hear(agreed(), text);

    assertThat(heard.consent().state()).isEqualTo(State.OPTED_OUT);
    assertThat(heard.answer()).isEqualTo(Answer.GOODBYE);
    assertThat(heard.isWork()).isFalse();
    assertThat(heard.facts()).containsExactly(new AuditFact.ConsentChanged("opted-out", "STOP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"START", "yes", "Yes!", "UNSTOP", "ja"})
  void a_word_that_starts_gives_consent_and_a_person_is_told(String text) {
    Heard heard = hear(asked(), text);

    assertThat(heard.consent().state()).isEqualTo(State.OPTED_IN);
    assertThat(heard.isWork()).isTrue();
    assertThat(heard.consent().evidence())
        .last()
        .satisfies(
            evidence -> {
              assertThat(evidence.by()).isEqualTo("START");
              assertThat(evidence.reference()).isEqualTo("message-1");
              assertThat(evidence.at()).isEqualTo(NOON);
            });
  }

  @Test
  void whoever_has_stopped_begins_again_with_start() {
    Heard heard = hear(hear(agreed(), "STOP").consent(), "UNSTOP");

    assertThat(heard.consent().state()).isEqualTo(State.OPTED_IN);
  }

  @Test
  void after_one_confirmation_there_is_silence() {
    SmsConsent stopped = hear(agreed(), "STOP").consent();

    Heard again = hear(stopped, "stop");

    assertThat(again.answer()).isEqualTo(Answer.NOTHING);
    assertThat(again.isChanged()).isFalse();
  }

  @Test
  void among_people_who_agreed_a_yes_is_an_ordinary_answer() {
    Heard heard = hear(agreed(), "Yes");

    assertThat(heard.isChanged()).isFalse();
    assertThat(heard.isWork()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void help_is_answered_in_every_state_and_changes_none(State state) {
    Heard heard = hear(consent(state), "Help?");

    assertThat(heard.answer()).isEqualTo(Answer.HELP);
    assertThat(heard.consent().state()).isEqualTo(state);
  }

  @Test
  @Tag("G-25")
  void a_machine_that_asks_for_help_for_ever_is_answered_three_times_a_day() {
    SmsConsent consent = agreed();
    int answers = 0;
    for (int i = 0; i < 50; i++) {
      Heard heard = hear(consent, "INFO");
      consent = heard.consent();
      answers += heard.answer() == Answer.HELP ? 1 : 0;
    }

    assertThat(answers).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Please stop texting me",
        "please STOP, I asked twice",
        "Don't text me again.",
        "don’t contact this number",
        "Wrong number, sorry",
        "Can you remove me from your list?",
        "no more texts thanks",
        "Bitte keine SMS mehr",
        "Basta messaggi!",
        "pls halt with these"
      })
  void a_refusal_in_own_words_holds_texts_and_goes_to_a_person(String text) {
    Heard heard = hear(agreed(), text);

    assertThat(heard.consent().held()).isTrue();
    assertThat(heard.consent().state()).isEqualTo(State.OPTED_IN);
    assertThat(heard.isWork()).isTrue();
    assertThat(heard.answer()).isEqualTo(Answer.NOTHING);
    assertThat(heard.facts()).hasOnlyElementsOfType(AuditFact.SmsHeld.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Can I stop by at five?",
        "I will please stop by tomorrow",
        "The bike does not stop when I brake",
        "Please cancel my appointment on Monday",
        "What is the end of the season sale?",
        "",
        "🙏"
      })
  void ordinary_sentences_hold_nothing(String text) {
    Heard heard = hear(agreed(), text);

    assertThat(heard.isChanged()).isFalse();
    assertThat(heard.isWork()).isTrue();
  }

  @Test
  void whoever_writes_without_having_been_asked_has_not_agreed() {
    Heard heard = hear(consent(State.NONE), "Is my bike ready?");

    assertThat(heard.consent().state()).isEqualTo(State.NONE);
  }

  @Test
  void texts_that_overtake_each_other_end_as_they_were_said() {
    SmsConsent stoppedLater = hear(asked(), "STOP", NOON.plusSeconds(60)).consent();

    Heard late = hear(stoppedLater, "START", NOON);

    assertThat(late.consent().state()).isEqualTo(State.OPTED_OUT);
  }

  @Test
  void a_start_lifts_what_was_held() {
    SmsConsent held = hear(agreed(), "please stop texting").consent();

    Heard heard = hear(held, "START", NOON.plusSeconds(9));

    assertThat(heard.consent().held()).isFalse();
    assertThat(heard.facts()).contains(new AuditFact.SmsReleased());
  }

  @ParameterizedTest
  @ValueSource(strings = {"clara", "gateway 21610", "before an erasure"})
  void a_start_that_comes_late_does_not_undo_what_anybody_ended_after_it(String by) {
    SmsConsent ended = with(asked(), NOON.plusSeconds(120), State.OPTED_OUT, by);

    Heard late = hear(ended, "YES", NOON);

    assertThat(late.consent().state()).isEqualTo(State.OPTED_OUT);
    assertThat(late.isChanged()).isFalse();
    assertThat(late.isWork()).isTrue();
  }

  @Test
  void a_start_counts_though_the_stopped_asked_for_help_after_it() {
    SmsConsent stopped = hear(agreed(), "STOP").consent();
    SmsConsent helped = hear(stopped, "HELP", NOON.plusSeconds(120)).consent();

    Heard late = hear(helped, "START", NOON.plusSeconds(60));

    assertThat(late.consent().state()).isEqualTo(State.OPTED_IN);
  }

  @Test
  void a_start_said_between_two_stops_changes_nothing() {
    SmsConsent stopped = hear(agreed(), "STOP").consent();
    Heard again = hear(stopped, "STOP", NOON.plusSeconds(120));

    Heard late = hear(again.consent(), "START", NOON.plusSeconds(60));

    assertThat(again.answer()).isEqualTo(Answer.NOTHING);
    assertThat(late.consent().state()).isEqualTo(State.OPTED_OUT);
  }

  @Test
  void whoever_stops_all_day_long_pushes_no_evidence_out() {
    SmsConsent consent = hear(agreed(), "STOP").consent();
    for (int second = 1; second < 500; second++) {
      consent = hear(consent, "STOP", NOON.plusSeconds(second)).consent();
    }

    assertThat(consent.evidence())
        .extracting(SmsConsent.Evidence::at)
        .containsExactly(NOON, NOON.plusSeconds(499));
  }

  @Test
  void a_start_that_comes_late_does_not_lift_what_was_held_after_it() {
    SmsConsent held = hear(agreed(), "please stop texting", NOON.plusSeconds(60)).consent();

    Heard late = hear(held, "YES", NOON);

    assertThat(late.consent().held()).isTrue();
  }

  @Test
  void a_start_from_the_future_is_as_old_as_its_arrival_and_switches_no_stop_off() {
    SmsConsent started = hear(asked(), "START", RECEIVED.plus(Duration.ofDays(999))).consent();

    Heard stopped =
        Hearing.decide(
            started,
            new Said("STOP", RECEIVED.plusSeconds(60), "message-2"),
            POLICY,
            RECEIVED.plusSeconds(61));

    assertThat(started.evidence()).last().extracting("at").isEqualTo(RECEIVED);
    assertThat(stopped.consent().state()).isEqualTo(State.OPTED_OUT);
  }

  @Test
  void a_yes_in_an_old_mailbox_was_said_to_somebody_else() {
    Heard heard = hear(consent(State.NONE), "Yes", RECEIVED.minus(Duration.ofDays(1000)));

    assertThat(heard.consent().state()).isEqualTo(State.NONE);
    assertThat(heard.isWork()).isTrue();
  }

  @Test
  void a_yes_to_our_own_request_counts_however_late_it_comes() {
    Instant lastWeek = RECEIVED.minus(Duration.ofDays(7));
    SmsConsent asked = with(consent(State.NONE), lastWeek, State.REQUESTED, "clara");

    Heard heard = hear(asked, "Yes", lastWeek.plusSeconds(300));

    assertThat(heard.consent().state()).isEqualTo(State.OPTED_IN);
  }

  @Test
  void a_stop_in_an_old_mailbox_counts() {
    Heard heard = hear(consent(State.NONE), "Stop", RECEIVED.minus(Duration.ofDays(1000)));

    assertThat(heard.consent().state()).isEqualTo(State.OPTED_OUT);
  }

  private static Heard hear(SmsConsent before, String text) {
    return hear(before, text, NOON);
  }

  private static Heard hear(SmsConsent before, String text, Instant at) {
    return Hearing.decide(before, new Said(text, at, "message-1"), POLICY, RECEIVED);
  }

  private static SmsConsent with(SmsConsent before, Instant at, State state, String by) {
    List<SmsConsent.Evidence> all = new ArrayList<>(before.evidence());
    all.add(new SmsConsent.Evidence(at, state, by, ""));
    return new SmsConsent(before.ours(), before.theirs(), state, before.held(), all, 1);
  }

  private static SmsConsent asked() {
    return consent(State.REQUESTED);
  }

  private static SmsConsent agreed() {
    return consent(State.OPTED_IN);
  }

  private static SmsConsent consent(State state) {
    return new SmsConsent(
        PhoneNumber.of("+14155550100"), PhoneNumber.of("+14155550101"), state, false, List.of(), 1);
  }
}
