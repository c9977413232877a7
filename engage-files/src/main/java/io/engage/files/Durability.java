package io.engage.files;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forces what was written to the disk, once for all who wait for it. */
final class Durability {
  private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

  private final Shelf shelf;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private long durable;

  Durability(Shelf shelf) {
    this.shelf = shelf;
  }

  void force() {
    long wanted = shelf.written();
    oneAtATime.lock();
    try {
      if (durable < wanted) {
        forceAll();
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Lets go of a segment whose bytes were all copied elsewhere and forced there. */
  void retire(Segment segment) {
    oneAtATime.lock();
    try {
      segment.close();
      shelf.retire(segment);
      forceNames(shelf.folder());
    } catch (IOException e) {
      throw shelf.failure("remove a segment", e);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Forces everything and shuts every segment. */
  void close() {
    oneAtATime.lock();
    try {
      forceAll();
    } finally {
      shutAll();
      oneAtATime.unlock();
    }
  }

  private void shutAll() {
    for (Segment segment : shelf.close()) {
      try (segment) {
        segment.rest(shelf.epoch());
      } catch (IOException nothingIsLost) {
        LOG.warn("Segment {} could not be closed in order", segment.number(), nothingIsLost);
      }
    }
  }

  private void forceAll() {
    long wanted = shelf.written();
    Shelf.Unforced unforced = shelf.takeUnforced();
    try {
      boolean named = false;
      for (Segment segment : unforced.segments()) {
        segment.force();
        named |= segment.takeFresh();
      }
      if (named) {
        forceNames(shelf.folder());
      }
      for (Segment segment : unforced.full()) {
        segment.rest(shelf.epoch());
      }
    } catch (IOException e) {
      // A second fsync may well report success for pages that the first one lost.
      shelf.breakDown(e);
      throw shelf.failure("make bytes durable", e);
    }
    durable = Math.max(wanted, unforced.written());
  }

  /** Makes the names in a folder durable; not every system can, and those do it by themselves. */
  static void forceNames(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    while (!forcedNames(folder)) {
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A channel gives up when its thread is interrupted; a promise of durability must not. */
  private static boolean forcedNames(Path folder) throws IOException {
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}
