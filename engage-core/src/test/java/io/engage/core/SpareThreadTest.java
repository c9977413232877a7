package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PO-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SpareThreadTest {
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  @Test
  void while_work_begins_no_thread_is_missed() {
    SpareThread spare = new SpareThread(Runnable::run);

    assertThat(missed(spare, 100)).isZero();
  }

  @Test
  void that_no_work_begins_is_said_once_after_a_while() {
    SpareThread spare = new SpareThread(waiting::add);

    assertThat(missed(spare, 15)).isZero();
    assertThat(missed(spare, 1)).isOne();
    assertThat(missed(spare, 100)).isZero();
    assertThat(waiting).hasSize(1);
  }

  @Test
  void it_is_said_again_when_work_has_begun_meanwhile() {
    SpareThread spare = new SpareThread(waiting::add);
    missed(spare, 16);

    waiting.remove().run();

    assertThat(missed(spare, 16)).isOne();
  }

  private static long missed(SpareThread spare, int looks) {
    return IntStream.range(0, looks).filter(each -> spare.isMissed()).count();
  }
}
