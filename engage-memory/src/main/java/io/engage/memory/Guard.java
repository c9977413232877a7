package io.engage.memory;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Lets many read what is shared, or one change it. */
final class Guard {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  <T> T read(Supplier<T> question) {
    lock.readLock().lock();
    try {
      return question.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  <T> T write(Supplier<T> change) {
    lock.writeLock().lock();
    try {
      return change.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  void change(Runnable change) {
    write(
        () -> {
          change.run();
          return true;
        });
  }
}
