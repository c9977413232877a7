package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engage.model.message.ContentDigest;
import io.engage.spi.PortFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bytes in memory whose database takes none, or takes its time. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-3")
@Tag("G-8")
class WaitingBlobsTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int KEPT = 4;

  private final Map<ContentDigest, byte[]> table = new HashMap<>();
  private final List<Integer> portions = new ArrayList<>();
  private final CountDownLatch slow = new CountDownLatch(1);
  private boolean diskIsFull;
  private boolean tableIsSlow;
  private final WaitingBlobs waiting = new WaitingBlobs(this::keep);

  private void keep(Map<ContentDigest, byte[]> some) {
    if (diskIsFull) {
      throw new PortFailure("The disk is full", true);
    } else if (tableIsSlow) {
      awaitTable();
    }
    portions.add(some.size());
    table.putAll(some);
  }

  private void awaitTable() {
    try {
      slow.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void what_cannot_be_stored_is_refused_and_takes_no_memory() {
    diskIsFull = true;
    put(0, KEPT);

    for (int i = KEPT; i < 20; i++) {
      int next = i;
      assertThatThrownBy(() -> put(next, next + 1)).isInstanceOf(PortFailure.class);
    }

    assertThat(IntStream.range(0, 20).filter(i -> waiting.find(digest(i)) != null))
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void what_was_kept_before_is_stored_when_there_is_room_again() {
    diskIsFull = true;
    put(0, KEPT);
    assertThatThrownBy(() -> put(KEPT, KEPT + 1)).isInstanceOf(PortFailure.class);

    diskIsFull = false;
    put(KEPT, KEPT + 1);
    put(KEPT + 1, KEPT + 1 + KEPT);

    assertThat(table).hasSize(KEPT + 1);
    assertThat(IntStream.range(0, KEPT + 1 + KEPT).filter(i -> waiting.find(digest(i)) != null))
        .containsExactly(5, 6, 7, 8);
  }

  @Test
  void the_same_bytes_of_somebody_else_stay_when_they_are_refused() {
    diskIsFull = true;
    put(0, KEPT);
    waiting.add(digest(99), new byte[0]);

    assertThatThrownBy(() -> waiting.add(digest(99), new byte[1])).isInstanceOf(PortFailure.class);

    assertThat(waiting.find(digest(99))).isEmpty();
  }

  @Test
  void many_who_put_at_one_moment_are_stored_in_portions() {
    tableIsSlow = true;
    ExecutorService uploads = Executors.newFixedThreadPool(20);
    List<CompletableFuture<Void>> puts =
        IntStream.range(0, 20)
            .mapToObj(i -> CompletableFuture.runAsync(() -> put(i, i + 1), uploads))
            .toList();
    await().until(() -> IntStream.range(0, 20).allMatch(i -> waiting.find(digest(i)) != null));

    slow.countDown();
    puts.forEach(CompletableFuture::join);
    uploads.shutdown();
    waiting.store();

    assertThat(table).hasSize(20);
    assertThat(portions).allMatch(size -> size <= 2 * KEPT);
  }

  private void put(int first, int end) {
    IntStream.range(first, end).forEach(i -> waiting.add(digest(i), new byte[MEGABYTE]));
  }

  private static ContentDigest digest(int number) {
    return ContentDigest.of(ByteBuffer.allocate(32).putInt(number).array());
  }
}
