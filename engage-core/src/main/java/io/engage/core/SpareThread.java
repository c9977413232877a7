package io.engage.core;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Tells whether an executor has a thread beside those that are never given back: what is handed to
 * it has to begin some time.
 */
final class SpareThread {
  private static final int PATIENCE = 15;

  private final Executor executor;
  private volatile boolean begun = true;
  private int looks;

  SpareThread(Executor executor) {
    this.executor = executor;
  }

  /**
   * Asked again and again by one thread.
   *
   * @return whether nothing has begun for {@value #PATIENCE} looks; said once, until something does
   */
  boolean isMissed() {
    if (begun) {
      looks = 0;
      begun = false;
      handOver();
      return false;
    }
    looks = Math.min(looks + 1, PATIENCE + 1);
    return looks == PATIENCE;
  }

  private void handOver() {
    try {
      executor.execute(() -> begun = true);
    } catch (RejectedExecutionException noThread) {
      begun = true;
    }
  }
}
