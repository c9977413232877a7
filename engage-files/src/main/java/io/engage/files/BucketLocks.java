package io.engage.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps apart those who change the same blob: threads by a lock in memory, processes by a lock on a
 * file, of which there is one for each 64th of all digests. The system gives back what a dead
 * process held.
 *
 * <p>There is one object for a folder in the whole process and its files stay open, since a process
 * loses its lock on a file as soon as it closes any of its handles on it.
 */
final class BucketLocks {
  private static final int BUCKETS = 64;
  private static final Map<Path, BucketLocks> OF_FOLDERS = new ConcurrentHashMap<>();

  private final Bucket[] buckets = new Bucket[BUCKETS];

  /** What is done alone. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  private BucketLocks(Path folder) {
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new Bucket(folder.resolve("%02x".formatted(i)));
    }
  }

  static BucketLocks in(Path folder) throws IOException {
    Files.createDirectories(folder);
    return OF_FOLDERS.computeIfAbsent(folder.toRealPath(), BucketLocks::new);
  }

  <T> T alone(Digest digest, Work<T> work) throws IOException {
    return buckets[(int) (digest.first() >>> (Long.SIZE - 6))].alone(work);
  }

  /** One file and what waits for it. */
  private static final class Bucket {
    private final Path file;
    private final ReentrantLock here = new ReentrantLock();
    private @Nullable FileChannel channel;

    private Bucket(Path file) {
      this.file = file;
    }

    private <T> T alone(Work<T> work) throws IOException {
      here.lock();
      try (FileLock everywhere = taken()) {
        return work.run();
      } finally {
        here.unlock();
      }
    }

    /** Whoever is interrupted waits all the same and stays interrupted; the file is opened anew. */
    private FileLock taken() throws IOException {
      boolean interrupted = Thread.interrupted();
      try {
        while (true) {
          try {
            return opened().lock();
          } catch (ClosedByInterruptException | FileLockInterruptionException again) {
            interrupted |= Thread.interrupted();
          } catch (OverlappingFileLockException anotherClassLoader) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private FileChannel opened() throws IOException {
      FileChannel open = channel;
      if (open == null || !open.isOpen()) {
        open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel = open;
      }
      return open;
    }
  }
}
