package io.engage.files;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was put by this process and is not durable yet. It changes hands under the lock of its
 * bucket only.
 */
final class WaitingFiles {
  private final BlobFolder folder;
  private final BucketLocks locks;
  private final Map<ContentDigest, Waiting> files = new ConcurrentHashMap<>();

  /** Files whose names may not be on the disk yet. */
  private final Set<Path> unforced = ConcurrentHashMap.newKeySet();

  private final ReentrantLock keeping = new ReentrantLock();

  /**
   * A file under a name that only this process knows.
   *
   * @param suspect the disk has failed while it was forced, and may say next time that all is well
   */
  record Waiting(Path file, long size, boolean suspect) {}

  WaitingFiles(BlobFolder folder, BucketLocks locks) {
    this.folder = folder;
    this.locks = locks;
  }

  @Nullable Waiting find(ContentDigest digest) {
    return files.get(digest);
  }

  /** Takes in a file, unless its bytes are kept already: those count as put now. */
  void add(Blob blob, Path file) throws IOException {
    ContentDigest digest = blob.digest();
    locks.alone(
        Digest.of(digest),
        () -> {
          if (!files.containsKey(digest) && renew(folder.fileOf(digest), file)) {
            folder.discard(file);
            return false;
          }
          Waiting earlier = files.put(digest, new Waiting(file, blob.size(), false));
          if (earlier != null) {
            folder.discard(earlier.file);
          }
          return true;
        });
  }

  /** Brings everything to the disk and to where other nodes find it. */
  void keepAll() throws IOException {
    keeping.lock();
    try {
      for (ContentDigest digest : List.copyOf(files.keySet())) {
        keep(digest);
      }
      forceNames();
    } finally {
      keeping.unlock();
    }
  }

  /**
   * Deletes it here and where all nodes find it.
   *
   * @param youngest what was put later stays
   * @return false when it stays
   */
  boolean delete(ContentDigest digest, FileTime youngest) throws IOException {
    return locks.alone(Digest.of(digest), () -> deleteAlone(digest, youngest));
  }

  /** Makes the names of what came and went durable; what fails is done with the next ones. */
  void forceNames() throws IOException {
    List<Path> some = List.copyOf(unforced);
    some.forEach(unforced::remove);
    try {
      folder.forceNames(some);
    } catch (IOException e) {
      unforced.addAll(some);
      throw e;
    }
  }

  private boolean deleteAlone(ContentDigest digest, FileTime youngest) throws IOException {
    Path kept = folder.fileOf(digest);
    Waiting here = files.get(digest);
    if (isAfter(kept, youngest) || (here != null && isAfter(here.file, youngest))) {
      return false;
    }
    if (here != null) {
      files.remove(digest);
      Files.deleteIfExists(here.file);
    }
    if (Files.deleteIfExists(kept)) {
      unforced.add(kept);
    }
    return true;
  }

  private static boolean isAfter(Path file, FileTime moment) throws IOException {
    FileTime putAt = BlobFolder.putAt(file);
    return putAt != null && putAt.compareTo(moment) > 0;
  }

  /** Until it is done: somebody may put the same bytes once more meanwhile. */
  private void keep(ContentDigest digest) throws IOException {
    for (Waiting next = files.get(digest); next != null; next = files.get(digest)) {
      Waiting waiting = next;
      if (waiting.suspect) {
        rewrite(digest, waiting);
      } else if (forced(digest, waiting)) {
        locks.alone(Digest.of(digest), () -> move(digest, waiting));
      }
    }
  }

  /** False when it was replaced or deleted meanwhile. */
  private boolean forced(ContentDigest digest, Waiting waiting) throws IOException {
    try {
      BlobFolder.force(waiting.file);
      return true;
    } catch (NoSuchFileException gone) {
      if (files.remove(digest, waiting)) {
        throw gone;
      }
      return false;
    } catch (IOException e) {
      files.replace(digest, waiting, new Waiting(waiting.file, waiting.size, true));
      throw e;
    }
  }

  private boolean move(ContentDigest digest, Waiting waiting) throws IOException {
    if (!waiting.equals(files.get(digest))) {
      return false;
    }
    Path kept = folder.fileOf(digest);
    if (renew(kept, waiting.file)) {
      folder.discard(waiting.file);
    } else {
      BlobFolder.keep(waiting.file, kept);
      unforced.add(kept);
    }
    return files.remove(digest, waiting);
  }

  /** What is kept counts as put when this file was; false when there is nothing. */
  private boolean renew(Path kept, Path file) throws IOException {
    FileTime before = BlobFolder.putAt(kept);
    if (before == null) {
      return false;
    }
    FileTime now = Files.getLastModifiedTime(file);
    try {
      if (now.compareTo(before) > 0) {
        Files.setLastModifiedTime(kept, now);
      }
    } catch (NoSuchFileException goneAfterAll) {
      return false;
    }
    // Whoever put it first may not have come to that.
    unforced.add(kept);
    return true;
  }

  /** Bytes that can still be read as they were put are written once more, to another file. */
  private void rewrite(ContentDigest digest, Waiting suspect) throws IOException {
    Path copy = folder.newFile();
    try (InputStream bytes = new FileInputStream(suspect.file.toFile())) {
      if (!Writing.write(bytes, copy, folder).digest().equals(digest)) {
        throw new IOException(
            "Bytes were lost on their way to the disk; they have to be put again");
      }
      if (files.replace(digest, suspect, new Waiting(copy, suspect.size, false))) {
        folder.discard(suspect.file);
      }
    } finally {
      discardUnlessWaiting(digest, copy);
    }
  }

  private void discardUnlessWaiting(ContentDigest digest, Path copy) {
    Waiting now = files.get(digest);
    if (now == null || !now.file.equals(copy)) {
      folder.discard(copy);
    }
  }
}
