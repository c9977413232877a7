package io.engage.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells a {@link Job} at work that it is to come to an end. Thread-safe. */
public final class Stop {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean hasCome;

  /** From now on it is time to end. */
  public void come() {
    List<Runnable> now;
    lock.lock();
    try {
      if (hasCome) {
        return;
      }
      hasCome = true;
      now = List.copyOf(waiting);
      waiting.clear();
      came.signalAll();
    } finally {
      lock.unlock();
    }
    now.forEach(Runnable::run);
  }

  public boolean hasCome() {
    lock.lock();
    try {
      return hasCome;
    } finally {
      lock.unlock();
    }
  }

  /** Has something done at that moment, or now if it is past. */
  public void whenItComes(Runnable wake) {
    lock.lock();
    try {
      if (!hasCome) {
        waiting.add(wake);
        return;
      }
    } finally {
      lock.unlock();
    }
    wake.run();
  }

  /**
   * Waits for it, at most so long.
   *
   * @return whether it has come
   */
  public boolean comesWithin(long time, TimeUnit unit) {
    lock.lock();
    try {
      long left = unit.toNanos(time);
      while (!hasCome && left > 0) {
        left = came.awaitNanos(left);
      }
      return hasCome;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
