package io.engage.core.consenting;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.consenting.Asking.Verdict;
import io.engage.model.address.PhoneNumber;
import io.engage.model.customer.Suppression;
import io.engage.model.outbox.OutboxTask.SendSms.Purpose;
import io.engage.model.sms.SmsConsent;
import io.engage.model.sms.SmsConsent.Evidence;
import io.engage.model.sms.SmsConsent.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("SM-2")
class AskingTest {
  private static final Instant FRIDAY = Instant.parse("2026-03-06T17:00:00Z");
  private static final Suppression REFUSED =
      new Suppression("p-1", "sms", "opted out before the erasure", FRIDAY, 1);

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void a_text_of_friday_does_not_go_on_monday_whatever_it_is_for(Purpose purpose) {
    Instant monday = FRIDAY.plus(Duration.ofDays(3));

    Verdict verdict = Asking.decide(purpose, consent(State.OPTED_IN), FRIDAY, monday);

    assertThat(verdict).isInstanceOf(Verdict.Refuse.class);
  }

  @ParameterizedTest
  @EnumSource(Purpose.class)
  void a_text_of_the_same_evening_goes(Purpose purpose) {
    Instant evening = FRIDAY.plus(Duration.ofHours(3));

    Verdict verdict = Asking.decide(purpose, consent(State.OPTED_IN), FRIDAY, evening);

    assertThat(verdict).isEqualTo(new Verdict.Go());
  }

  @Test
  @Tag("PO-6")
  void whoever_refused_before_they_were_erased_is_not_even_asked() {
    SmsConsent standing = Standing.decide(consent(State.NONE), List.of(REFUSED));

    assertThat(standing.state()).isEqualTo(State.OPTED_OUT);
    assertThat(Asking.decide(standing)).isInstanceOf(Verdict.Refuse.class);
  }

  @Test
  @Tag("PO-6")
  void a_start_after_the_erasure_counts_for_more_than_what_was_refused_before() {
    SmsConsent begun =
        consent(State.OPTED_IN, new Evidence(FRIDAY.plusSeconds(1), State.OPTED_IN, "START", "1"));

    assertThat(Standing.decide(begun, List.of(REFUSED))).isEqualTo(begun);
  }

  @Test
  void where_nobody_refused_everything_stays_as_it_is() {
    assertThat(Standing.decide(consent(State.NONE), List.of())).isEqualTo(consent(State.NONE));
  }

  private static SmsConsent consent(State state, Evidence... evidence) {
    return new SmsConsent(
        PhoneNumber.of("+14155550100"),
        PhoneNumber.of("+14155550101"),
        state,
        false,
        List.of(evidence),
        1);
  }
}
