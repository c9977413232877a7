package io.engage.core.queueing;

import static io.engage.core.queueing.Workshop.REPAIRS;
import static io.engage.core.queueing.Workshop.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("DI-2")
class EligibilityTest {

  /** Each row is what the contact centre says of one strategy. */
  @ParameterizedTest(
      name = "{0}: free {1}, on the phone {2}, has one {3}, has two {4}, elsewhere {5}")
  @CsvSource({
    "IN_CALL,           yes, no,  no,  no,  no",
    "NO_CALL,           yes, yes, yes, no,  yes",
    "INTERACTION,       yes, yes, no,  no,  no",
    "RING_ALL,          yes, yes, no,  no,  no",
    "RING_ALL_MULTIPLE, yes, yes, yes, yes, yes",
    "OMNI,              yes, no,  yes, no,  yes",
    "NO_PAUSE,          yes, no,  yes, no,  yes",
  })
  void a_strategy_says_who_may_be_asked(
      Eligibility eligibility,
      String free,
      String onThePhone,
      String hasOne,
      String hasTwo,
      String hasOneElsewhere) {
    assertThat(isAsked(eligibility, each -> each)).isEqualTo(free.equals("yes"));
    assertThat(isAsked(eligibility, each -> each.onThePhone("ana")))
        .isEqualTo(onThePhone.equals("yes"));
    assertThat(isAsked(eligibility, each -> each.has("ana", REPAIRS, 1, 0)))
        .isEqualTo(hasOne.equals("yes"));
    assertThat(isAsked(eligibility, each -> each.has("ana", REPAIRS, 1, 1)))
        .isEqualTo(hasTwo.equals("yes"));
    assertThat(isAsked(eligibility, each -> each.has("ana", SHOP, 1, 0)))
        .isEqualTo(hasOneElsewhere.equals("yes"));
  }

  @ParameterizedTest
  @EnumSource(Eligibility.class)
  void nobody_is_asked_who_is_away_or_may_not(Eligibility eligibility) {
    assertThat(isAsked(eligibility, each -> each.offline("ana"))).isFalse();
    assertThat(isAsked(eligibility, each -> each.onBreak("ana"))).isFalse();
    assertThat(isAsked(eligibility, each -> each.notPermitted("ana"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Eligibility.class)
  void who_handles_something_of_an_incall_inbox_is_on_break_for_every_other(
      Eligibility eligibility) {
    assertThat(isAsked(eligibility, each -> each.inCallInbox(SHOP).has("ana", SHOP, 1, 0)))
        .isFalse();
    assertThat(isAsked(eligibility, each -> each.inCallInbox(SHOP).has("ana", SHOP, 0, 1)))
        .isFalse();
  }

  @Test
  @Tag("IN-8")
  void offers_that_wait_for_a_word_count_as_load() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR)
            .members("ana")
            .has("ana", REPAIRS, 0, 1)
            .waiting("watch", "clock", "ring");

    assertThat(workshop.offers()).containsExactly("watch to ana");
  }

  @Test
  @Tag("IN-8")
  void the_limit_of_an_inbox_counts_what_is_in_that_inbox() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR)
            .members("ana")
            .has("ana", SHOP, 4, 0)
            .waiting("watch", "clock", "ring");

    assertThat(workshop.offers()).containsExactly("watch to ana", "clock to ana");
  }

  @Test
  @Tag("IN-8")
  void who_took_more_by_hand_than_the_limit_gets_no_more() {
    Workshop workshop =
        Workshop.with(Eligibility.NO_CALL, Distribution.LINEAR)
            .members("ana", "luis")
            .has("ana", REPAIRS, 7, 0)
            .waiting("watch", "clock", "ring");

    assertThat(workshop.offers()).containsExactly("watch to luis", "clock to luis");
    assertThat(Queueing.room(workshop.situation())).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = Eligibility.class,
      names = {"IN_CALL", "INTERACTION"})
  void one_at_a_time_is_one_at_a_time_within_a_plan_too(Eligibility eligibility) {
    Workshop workshop =
        Workshop.with(eligibility, Distribution.LINEAR)
            .limit(5)
            .members("ana", "luis")
            .waiting("watch", "clock", "ring");

    assertThat(workshop.offers()).containsExactly("watch to ana", "clock to luis");
  }

  @Test
  void omni_asks_those_who_work_on_nothing_before_those_who_do() {
    Workshop workshop =
        Workshop.with(Eligibility.OMNI, Distribution.LINEAR)
            .members("ana", "luis", "mia")
            .has("ana", REPAIRS, 1, 0)
            .has("luis", SHOP, 1, 0)
            .waiting("watch", "clock", "ring", "chain", "bell", "strap");

    assertThat(workshop.offers())
        .containsExactly(
            "watch to mia", "clock to ana", "ring to luis", "chain to luis", "bell to mia");
  }

  @ParameterizedTest
  @EnumSource(
      value = Eligibility.class,
      names = {"RING_ALL", "RING_ALL_MULTIPLE"})
  void where_members_pick_nothing_is_offered_to_one_of_them(Eligibility eligibility) {
    Workshop workshop =
        Workshop.with(eligibility, Distribution.LINEAR).members("ana").waiting("watch");

    assertThat(workshop.plan()).isEqualTo(QueuePlan.NOTHING);
    assertThat(Queueing.room(workshop.situation())).isZero();
  }

  private static boolean isAsked(Eligibility eligibility, UnaryOperator<Workshop> change) {
    Workshop workshop =
        change.apply(Workshop.with(eligibility, Distribution.LINEAR).members("ana"));
    boolean asked = workshop.waiting("watch").askable().contains("ana");
    if (!eligibility.isPicked()) {
      assertThat(workshop.offers().isEmpty()).isNotEqualTo(asked);
    }
    return asked;
  }
}
