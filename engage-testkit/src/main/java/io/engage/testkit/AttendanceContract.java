package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.spi.Attendance;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Attendance} must do: agents see each other, for a while. Extend it and return
 * an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-13")
public abstract class AttendanceContract {
  private static final ConversationId STRAP = ConversationId.of("watch-strap");
  private static final ConversationId BIKE = ConversationId.of("bike");
  private static final Instant NOW = Sample.MONDAY;
  private static final Instant SOON = NOW.plusSeconds(30);

  private Attendance attendance;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    attendance = emptyStorage().attendance();
  }

  @Test
  void nobody_is_where_nobody_came() {
    assertThat(attendance.attending(STRAP, NOW)).isEmpty();
  }

  @Test
  void agents_are_there_as_they_said_in_order_of_their_ids() {
    Attendee dario = new Attendee(Sample.dario(), true, SOON);
    Attendee clara = new Attendee(Sample.clara(), false, SOON.plusSeconds(5));

    attendance.attend(STRAP, dario);
    attendance.attend(STRAP, clara);

    assertThat(attendance.attending(STRAP, NOW)).containsExactly(clara, dario);
  }

  @Test
  void each_conversation_has_its_own() {
    Attendee reading = new Attendee(Sample.clara(), false, SOON);
    Attendee writing = new Attendee(Sample.clara(), true, SOON);

    attendance.attend(STRAP, reading);
    attendance.attend(BIKE, writing);

    assertThat(attendance.attending(STRAP, NOW)).containsExactly(reading);
    assertThat(attendance.attending(BIKE, NOW)).containsExactly(writing);
  }

  @Test
  void what_an_agent_says_last_counts() {
    Attendee later = new Attendee(Agent.of("clara", "Clara C."), true, SOON.plusSeconds(30));
    attendance.attend(STRAP, new Attendee(Sample.clara(), false, SOON));

    attendance.attend(STRAP, later);

    assertThat(attendance.attending(STRAP, NOW)).containsExactly(later);
  }

  @Test
  void an_agent_may_say_that_it_is_over_sooner() {
    attendance.attend(STRAP, new Attendee(Sample.clara(), true, SOON.plusSeconds(30)));

    attendance.attend(STRAP, new Attendee(Sample.clara(), false, SOON));

    assertThat(attendance.attending(STRAP, SOON)).isEmpty();
  }

  @Test
  void whoever_says_nothing_is_gone_when_the_time_is_over() {
    Attendee clara = new Attendee(Sample.clara(), false, SOON);
    Attendee dario = new Attendee(Sample.dario(), false, SOON.plusSeconds(1));
    attendance.attend(STRAP, clara);
    attendance.attend(STRAP, dario);

    assertThat(attendance.attending(STRAP, SOON.minusSeconds(1))).containsExactly(clara, dario);
    assertThat(attendance.attending(STRAP, SOON)).containsExactly(dario);
    assertThat(attendance.attending(STRAP, SOON.plusSeconds(1))).isEmpty();
  }

  @Test
  void whoever_was_gone_may_come_back() {
    attendance.attend(STRAP, new Attendee(Sample.clara(), false, SOON));
    assertThat(attendance.attending(STRAP, SOON)).isEmpty();
    Attendee back = new Attendee(Sample.clara(), true, SOON.plusSeconds(30));

    attendance.attend(STRAP, back);

    assertThat(attendance.attending(STRAP, SOON)).containsExactly(back);
  }

  @Test
  void whoever_leaves_is_gone_at_once_and_alone() {
    Attendee dario = new Attendee(Sample.dario(), false, SOON);
    attendance.attend(STRAP, new Attendee(Sample.clara(), true, SOON));
    attendance.attend(BIKE, new Attendee(Sample.clara(), true, SOON));
    attendance.attend(STRAP, dario);

    attendance.leave(STRAP, Sample.clara().id());

    assertThat(attendance.attending(STRAP, NOW)).containsExactly(dario);
    assertThat(attendance.attending(BIKE, NOW)).hasSize(1);
  }

  @Test
  void leaving_where_one_is_not_changes_nothing() {
    Attendee dario = new Attendee(Sample.dario(), false, SOON);
    attendance.attend(STRAP, dario);

    attendance.leave(STRAP, Sample.clara().id());
    attendance.leave(BIKE, Sample.clara().id());

    assertThat(attendance.attending(STRAP, NOW)).containsExactly(dario);
  }

  @RepeatedTest(3)
  void of_many_who_come_at_once_everybody_is_seen() {
    AtomicInteger next = new AtomicInteger();

    Race.run(
        8,
        () -> {
          int first = 100 + 25 * next.getAndIncrement();
          for (int i = first; i < first + 25; i++) {
            attendance.attend(STRAP, new Attendee(Agent.of("a" + i, "Agent " + i), false, SOON));
            attendance.attending(STRAP, NOW);
          }
          return true;
        });

    assertThat(attendance.attending(STRAP, NOW))
        .extracting(attendee -> attendee.agent().id().value())
        .hasSize(200)
        .doesNotHaveDuplicates()
        .isSorted();
  }
}
