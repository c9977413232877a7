package io.engage.files;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps bytes in append-only segment files of one folder: a few large files however many mails
 * there are, and one fsync for a whole batch.
 *
 * <p><b>Callers.</b> Any thread, many at once, of one process: a second one is refused by a lock in
 * the folder. Writers do not wait for each other; a slow stream holds up nobody.
 *
 * <p><b>After a crash</b>, {@link #open(Path)} walks through the record headers, digests again what
 * no checkpoint vouches for (a few megabytes), and cuts off what was written by half. Everything
 * that was made durable is there.
 *
 * <p><b>Deleting</b> is durable when it returns. The room comes back when a segment is mostly
 * deleted: {@link #delete} then copies what is left of it to another segment; {@link #compact} does
 * so for every segment with anything deleted in it. Streams that are open read on.
 *
 * <p><b>Memory.</b> About 60 bytes a blob, and at most 1 MB for each blob that is just being put;
 * one such piece of room stays for the next one. While {@link #putBefore} walks, 8 bytes a blob
 * more.
 *
 * <p><b>It belongs to one Engage</b> and its storage: bytes that those do not need are swept away
 * after a day, or after a restart.
 */
public final class SegmentBlobStore implements BlobStore, BlobWalk, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentBlobStore.class);
  private static final int PIECE = 1 << 18;
  private static final byte[] NONE = {};

  private final FolderLock folderLock;
  private final Shelf shelf;
  private final Durability durability;
  private final Reclaiming reclaiming;
  private final Walking walking;
  private final ReentrantLock deleting = new ReentrantLock();

  /** What the last blob, or its beginning, lay in while it was put: 1 MB at most. */
  private final AtomicReference<byte[]> spare = new AtomicReference<>(NONE);

  /**
   * How a store works.
   *
   * @param segmentBytes a segment that has grown to so many bytes gets no further records
   */
  public record Options(long segmentBytes) {
    /** Segments of 256 MB. */
    public static final Options STANDARD = new Options(256L << 20);

    public Options {
      if (segmentBytes < 1) {
        throw new IllegalArgumentException("A segment holds at least 1 byte, not " + segmentBytes);
      }
    }
  }

  private SegmentBlobStore(FolderLock folderLock, Shelf shelf) {
    this.folderLock = folderLock;
    this.shelf = shelf;
    this.durability = new Durability(shelf);
    this.reclaiming = new Reclaiming(shelf, durability);
    this.walking = new Walking(shelf);
  }

  /**
   * Opens the store in {@code folder}, which is made when it is not there.
   *
   * @throws PortFailure when another process has it open, or it cannot be read
   */
  public static SegmentBlobStore open(Path folder) {
    return open(folder, Options.STANDARD);
  }

  /**
   * Opens the store in {@code folder}, which is made when it is not there.
   *
   * @throws PortFailure when another process has it open, or it cannot be read
   */
  public static SegmentBlobStore open(Path folder, Options options) {
    return open(folder, options, Clock.systemUTC());
  }

  /**
   * Opens the store in {@code folder}, which is made when it is not there.
   *
   * @param clock tells how long ago bytes were put
   * @throws PortFailure when another process has it open, or it cannot be read
   */
  public static SegmentBlobStore open(Path folder, Options options, Clock clock) {
    requireNonNull(folder, "folder");
    Shelf shelf = new Shelf(folder, options.segmentBytes, requireNonNull(clock, "clock"));
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        new Opening(shelf).run();
        return new SegmentBlobStore(lock, shelf);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw shelf.failure("be opened", e);
    }
  }

  @Override
  public Blob put(InputStream content) throws IOException {
    Incoming incoming = Incoming.begin(content, spare.getAndSet(NONE));
    Blob kept = incoming.isComplete() ? keepSmall(incoming) : keepLarge(incoming, content);
    spare.set(incoming.record());
    return kept;
  }

  @Override
  public void makeDurable() {
    durability.force();
  }

  @Override
  public InputStream open(ContentDigest digest) {
    Shelf.Place place = shelf.startReading(Digest.of(digest));
    if (place == null) {
      throw new NotFound("blob", digest.value());
    }
    try {
      return BlobStream.open(place, () -> shelf.endReading(place.segment()));
    } catch (IOException e) {
      shelf.endReading(place.segment());
      throw shelf.failure("read", e);
    }
  }

  @Override
  public Optional<Blob> find(ContentDigest digest) {
    return Optional.ofNullable(shelf.find(Digest.of(digest)))
        .map(place -> new Blob(digest, place.size()));
  }

  @Override
  public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
    List<Digest> asked = digests.stream().distinct().map(Digest::of).toList();
    deleting.lock();
    try {
      Map<Digest, BlobIndex.Entry> condemned = shelf.condemn(asked, unlessPutWithin);
      if (!condemned.isEmpty()) {
        bury(condemned);
        durability.force();
        reclaimRoom();
      }
    } finally {
      deleting.unlock();
    }
    Set<Digest> lately = shelf.putWithin(unlessPutWithin, asked);
    return digests.stream()
        .filter(each -> lately.contains(Digest.of(each)))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit) {
    return walking.putBefore(ago, after == null ? null : Digest.of(after), limit).stream()
        .map(Digest::toContentDigest)
        .toList();
  }

  /** Gets back the room of everything that was deleted. It takes as long as copying the rest. */
  public void compact() {
    deleting.lock();
    try {
      reclaiming.run(true);
    } finally {
      deleting.unlock();
    }
  }

  /** How many blobs are kept. */
  public int count() {
    return shelf.count();
  }

  /** Makes everything durable and lets go of the folder. Streams that are open read on. */
  @Override
  public void close() {
    if (shelf.isClosed()) {
      return;
    }
    try (folderLock) {
      durability.close();
    } catch (IOException e) {
      throw shelf.failure("be closed", e);
    }
  }

  private Blob keepSmall(Incoming incoming) {
    byte[] sha256 = incoming.sha256().digest();
    Digest digest = Digest.of(sha256);
    if (shelf.touch(digest) == null) {
      try (Appending appending = Appending.to(shelf)) {
        appending.keep(digest, incoming.record(), incoming.size());
      }
    }
    return new Blob(ContentDigest.of(sha256), incoming.size());
  }

  private Blob keepLarge(Incoming begun, InputStream rest) throws IOException {
    MessageDigest sha256 = begun.sha256();
    long size = begun.size();
    try (Appending appending = Appending.to(shelf)) {
      appending.write(begun.record(), RecordHeader.BYTES, begun.size());
      byte[] piece = new byte[PIECE];
      for (int got = rest.read(piece); got >= 0; got = rest.read(piece)) {
        sha256.update(piece, 0, got);
        appending.write(piece, 0, got);
        size += got;
      }
      byte[] whole = sha256.digest();
      appending.keep(Digest.of(whole));
      return new Blob(ContentDigest.of(whole), size);
    }
  }

  /** A tombstone ends every earlier record of its digest; whatever is put from now on is later. */
  private void bury(Map<Digest, BlobIndex.Entry> condemned) {
    long epoch = shelf.epoch();
    try (Appending appending = Appending.to(shelf)) {
      appending.keep(
          condemned.keySet().stream()
              .map(digest -> RecordHeader.tombstone(epoch, digest))
              .toList());
    } catch (PortFailure notWritten) {
      shelf.spare(condemned);
      throw notWritten;
    }
    shelf.bury(condemned.values());
  }

  /** The deletion is done; what fails here is made up for by a later one. */
  private void reclaimRoom() {
    try {
      reclaiming.run(false);
    } catch (PortFailure e) {
      LOG.warn("The room of deleted blobs could not be reclaimed now", e);
    }
  }
}
