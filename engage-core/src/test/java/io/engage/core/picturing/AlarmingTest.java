package io.engage.core.picturing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.model.audit.AuditFact;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.queue.Colour;
import io.engage.model.queue.InboxAlarms;
import io.engage.model.queue.QueueStanding;
import io.engage.model.queue.Threshold;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AlarmingTest {
  private static final Instant NOW = Shop.MORNING;
  private static final Duration WAIT = Duration.ofMinutes(10);
  private static final Duration ABANDONED = Duration.ofMinutes(60);
  private static final Duration HANDLING = Duration.ofMinutes(30);
  private static final ServiceLevel LEVEL =
      new ServiceLevel(Duration.ofMinutes(5), WAIT, ABANDONED, HANDLING, 10);
  private static final InboxAlarms NONE = InboxAlarms.none(Shop.workshop().id());

  @Test
  void a_customer_who_waits_for_longer_than_is_right_is_told_of() {
    Alarming.Change change = decide(NONE, waits(WAIT.plusSeconds(1)));

    assertThat(change.facts())
        .containsExactly(new AuditFact.ThresholdCrossed("longest-wait", 601, 600));
    assertThat(change.alarms().crossed()).isEqualTo(Map.of(Threshold.LONGEST_WAIT, NOW));
  }

  @Test
  void to_the_second_is_still_right() {
    Alarming.Change change = decide(NONE, waits(WAIT));

    assertThat(change.facts()).isEmpty();
  }

  @Test
  void while_it_lasts_it_is_told_once() {
    InboxAlarms told = decide(NONE, waits(WAIT.plusSeconds(1))).alarms();

    Alarming.Change change = decide(told, waits(WAIT.plusSeconds(300)));

    assertThat(change.facts()).isEmpty();
    assertThat(change.alarms()).isEqualTo(told);
  }

  @Test
  void a_figure_on_the_edge_does_not_ring_again_and_again() {
    InboxAlarms told = decide(NONE, waiting(11)).alarms();

    InboxAlarms below = decide(told, waiting(9)).alarms();
    Alarming.Change again = decide(below, waiting(11));

    assertThat(below).isEqualTo(told);
    assertThat(again.facts()).isEmpty();
  }

  @Test
  void what_is_a_fifth_below_is_over_and_rings_when_it_comes_again() {
    InboxAlarms told = decide(NONE, waiting(11)).alarms();

    Alarming.Change over = decide(told, waiting(8));
    Alarming.Change again = decide(over.alarms(), waiting(11));

    assertThat(over.facts()).containsExactly(new AuditFact.ThresholdCleared("most-waiting", 8, 10));
    assertThat(over.alarms().crossed()).isEmpty();
    assertThat(again.facts())
        .containsExactly(new AuditFact.ThresholdCrossed("most-waiting", 11, 10));
  }

  @Test
  void one_who_comes_and_one_who_goes_do_not_ring_each_time_at_a_low_threshold_either() {
    InboxAlarms told = Alarming.decide(NONE, waiting(4), atMost(3), NOW).alarms();

    Alarming.Change kept = Alarming.decide(told, waiting(3), atMost(3), NOW);
    Alarming.Change again = Alarming.decide(kept.alarms(), waiting(4), atMost(3), NOW);
    Alarming.Change over = Alarming.decide(again.alarms(), waiting(2), atMost(3), NOW);

    assertThat(kept.facts()).isEmpty();
    assertThat(again.facts()).isEmpty();
    assertThat(over.facts()).containsExactly(new AuditFact.ThresholdCleared("most-waiting", 2, 3));
  }

  @Test
  void the_lowest_threshold_is_over_when_nobody_waits() {
    InboxAlarms told = Alarming.decide(NONE, waiting(2), atMost(1), NOW).alarms();

    Alarming.Change kept = Alarming.decide(told, waiting(1), atMost(1), NOW);
    Alarming.Change over = Alarming.decide(kept.alarms(), waiting(0), atMost(1), NOW);

    assertThat(kept.facts()).isEmpty();
    assertThat(over.facts()).containsExactly(new AuditFact.ThresholdCleared("most-waiting", 0, 1));
  }

  private static ServiceLevel atMost(int waiting) {
    return new ServiceLevel(WAIT, WAIT, ABANDONED, HANDLING, waiting);
  }

  @Test
  void who_was_offered_to_somebody_still_waits() {
    Alarming.Change change = decide(NONE, new QueueStanding(6, 5, 0, NOW, null));

    assertThat(change.facts())
        .containsExactly(new AuditFact.ThresholdCrossed("most-waiting", 11, 10));
  }

  @Test
  void each_threshold_is_told_by_its_own_name() {
    QueueStanding all =
        new QueueStanding(
            11, 0, 1, NOW.minus(Duration.ofDays(1)), NOW.minus(HANDLING).minusSeconds(1));

    Alarming.Change change = decide(NONE, all);

    assertThat(change.facts())
        .containsExactly(
            new AuditFact.ThresholdCrossed("longest-wait", 86_400, 600),
            new AuditFact.ThresholdCrossed("abandoned", 86_400, 3600),
            new AuditFact.ThresholdCrossed("longest-handling", 1801, 1800),
            new AuditFact.ThresholdCrossed("most-waiting", 11, 10));
  }

  @Test
  void when_nobody_waits_or_works_everything_is_over() {
    InboxAlarms told =
        decide(NONE, new QueueStanding(11, 0, 1, Instant.EPOCH, Instant.EPOCH)).alarms();

    Alarming.Change change = decide(told, QueueStanding.EMPTY);

    assertThat(change.facts())
        .hasSize(4)
        .allMatch(each -> each instanceof AuditFact.ThresholdCleared);
    assertThat(change.alarms().crossed()).isEmpty();
  }

  @Test
  void the_clock_of_another_node_may_be_ahead() {
    Alarming.Change change = decide(NONE, standing(1, NOW.plusSeconds(5)));

    assertThat(change.facts()).isEmpty();
  }

  @Test
  void colours_say_how_near_it_is() {
    assertThat(colour(waiting(8))).isEqualTo(Colour.GREEN);
    assertThat(colour(waiting(9))).isEqualTo(Colour.YELLOW);
    assertThat(colour(waiting(10))).isEqualTo(Colour.YELLOW);
    assertThat(colour(waiting(11))).isEqualTo(Colour.RED);
    assertThat(Alarming.colours(waiting(3), atMost(3), NOW))
        .containsEntry(Threshold.MOST_WAITING, Colour.YELLOW);
  }

  private static Colour colour(QueueStanding standing) {
    return Alarming.colours(standing, LEVEL, NOW).get(Threshold.MOST_WAITING);
  }

  private static Alarming.Change decide(InboxAlarms before, QueueStanding standing) {
    return Alarming.decide(before, standing, LEVEL, NOW);
  }

  private static QueueStanding waits(Duration time) {
    return standing(1, NOW.minus(time));
  }

  private static QueueStanding waiting(int number) {
    return standing(number, NOW);
  }

  private static QueueStanding standing(int queued, @Nullable Instant longest) {
    return new QueueStanding(queued, 0, 0, longest, null);
  }
}
