package io.engage.files;

import io.engage.spi.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known in memory: where each blob lies, and which segment is whose. Every method is short
 * and under one monitor; bytes are written outside of it, by whoever has borrowed a segment.
 */
final class Shelf {
  private static final int BEFORE_START = 0;

  /** Eight years; whatever is put later was put at that moment, and stays. */
  private static final int LATEST = (1 << 28) - 1;

  private final Path folder;
  private final Clock clock;
  private final Instant start;
  private final long segmentBytes;
  private final BlobIndex index = new BlobIndex();

  /** Those too that are retired and still read. */
  private final Map<Integer, Segment> segments = new HashMap<>();

  private final Deque<Segment> idle = new ArrayDeque<>();
  private final Set<Segment> borrowed = new HashSet<>();
  private final Set<Segment> full = new HashSet<>();
  private final Set<Segment> dirty = new HashSet<>();
  private int lastNumber;
  private long epoch;
  private long written;
  private boolean closed;
  private @Nullable IOException broken;

  /** What became of the wish to keep a record. */
  enum Outcome {
    KEPT,
    /** The same bytes were there before. */
    KNOWN,
    /** Something was deleted since the header was written: write it again with a new epoch. */
    OUTDATED
  }

  /** A blob and the segment that it lies in. */
  record Place(Segment segment, long offset, long size) {}

  /** What has to be forced, and how much is durable after that. */
  record Unforced(Set<Segment> segments, Set<Segment> full, long written) {}

  Shelf(Path folder, long segmentBytes, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    this.start = clock.instant();
    this.segmentBytes = segmentBytes;
  }

  Path folder() {
    return folder;
  }

  /** A segment for one writer alone, until it is given back. */
  synchronized Segment borrow() throws IOException {
    requireUsable();
    Segment segment = idle.pollFirst();
    if (segment == null) {
      segment = Segment.create(folder, ++lastNumber);
      segments.put(segment.number(), segment);
    }
    borrowed.add(segment);
    return segment;
  }

  synchronized void giveBack(Segment segment, boolean sound) {
    borrowed.remove(segment);
    if (!sound || closed) {
      return;
    }
    if (segment.end() < segmentBytes) {
      idle.addFirst(segment);
    } else {
      full.add(segment);
      dirty.add(segment);
    }
  }

  synchronized long epoch() {
    return epoch;
  }

  synchronized @Nullable Place find(Digest digest) {
    requireUsable();
    return place(digest);
  }

  /** Takes in a blob that was written at the end of a borrowed segment. */
  synchronized Outcome keep(Segment segment, RecordHeader header) {
    requireUsable();
    if (touch(header.digest()) != null) {
      return Outcome.KNOWN;
    }
    if (header.epoch() != epoch) {
      return Outcome.OUTDATED;
    }
    index.put(
        header.digest(),
        new BlobIndex.Entry(segment.number(), segment.end(), header.size(), now()));
    extend(segment, header.recordSize());
    return Outcome.KEPT;
  }

  /** Takes in a copy of a blob in place of where it lay, unless it was deleted meanwhile. */
  synchronized boolean move(Segment to, RecordHeader header, Place from) {
    requireUsable();
    if (!isAt(header.digest(), from.segment, from.offset)) {
      return false;
    }
    index.put(
        header.digest(),
        new BlobIndex.Entry(to.number(), to.end(), header.size(), putAt(header.digest())));
    extend(to, header.recordSize());
    from.segment.addGarbage(header.recordSize());
    return true;
  }

  /** Takes in records without bytes. */
  synchronized void extend(Segment segment, long bytes) {
    segment.extend(bytes);
    dirty.add(segment);
    written++;
  }

  synchronized boolean isAt(Digest digest, Segment segment, long offset) {
    BlobIndex.Entry entry = index.find(digest);
    return entry != null && entry.segment() == segment.number() && entry.offset() == offset;
  }

  /** A blob that is put once more: it counts as put now. */
  synchronized @Nullable Place touch(Digest digest) {
    requireUsable();
    BlobIndex.Entry entry = index.find(digest);
    if (entry != null) {
      index.put(digest, new BlobIndex.Entry(entry.segment(), entry.offset(), entry.size(), now()));
    }
    return place(digest);
  }

  /** Those that are here and were put within this time. */
  synchronized Set<Digest> putWithin(Duration time, Collection<Digest> digests) {
    requireUsable();
    return digests.stream().filter(digest -> isPutWithin(time, digest)).collect(Collectors.toSet());
  }

  /** Part of what a walk begins with; see {@link BlobIndex#firstsIn}. */
  synchronized long[] firstsIn(int stretch) {
    requireUsable();
    return index.firstsIn(stretch);
  }

  /** What begins with this word, lies behind {@code after} and was not put within this time. */
  synchronized List<Digest> putBefore(Duration time, long first, @Nullable Digest after) {
    requireUsable();
    return index.startingWith(first).stream()
        .filter(digest -> after == null || digest.compareTo(after) > 0)
        .filter(digest -> !isPutWithin(time, digest))
        .sorted()
        .toList();
  }

  /**
   * Lets go of what is here and was not put within this time. Whoever puts it from now on writes a
   * new record, of the new epoch.
   */
  synchronized Map<Digest, BlobIndex.Entry> condemn(Collection<Digest> digests, Duration time) {
    requireUsable();
    Map<Digest, BlobIndex.Entry> condemned = new LinkedHashMap<>();
    for (Digest digest : digests) {
      BlobIndex.Entry entry = index.find(digest);
      if (entry != null && !isPutWithin(time, digest)) {
        condemned.put(digest, entry);
        index.remove(digest);
      }
    }
    if (!condemned.isEmpty()) {
      epoch++;
    }
    return condemned;
  }

  /** What could not be deleted after all is here as before, unless it was put anew. */
  synchronized void spare(Map<Digest, BlobIndex.Entry> condemned) {
    condemned.forEach(
        (digest, entry) -> {
          if (index.find(digest) == null) {
            index.put(digest, entry);
          }
        });
  }

  synchronized void bury(Collection<BlobIndex.Entry> condemned) {
    for (BlobIndex.Entry entry : condemned) {
      Segment segment = segments.get(entry.segment());
      if (segment != null) {
        segment.addGarbage(RecordHeader.BYTES + entry.size());
      }
    }
  }

  private boolean isPutWithin(Duration time, Digest digest) {
    BlobIndex.Entry entry = index.find(digest);
    return entry != null
        && !time.isZero()
        && entry.putAt() != BEFORE_START
        && now() - entry.putAt() <= time.toSeconds();
  }

  private int putAt(Digest digest) {
    BlobIndex.Entry entry = index.find(digest);
    return entry == null ? now() : entry.putAt();
  }

  /** In seconds since this was opened, from one on. */
  private int now() {
    long seconds = Duration.between(start, clock.instant()).toSeconds();
    return (int) Math.min(LATEST, 1 + Math.max(0, seconds));
  }

  synchronized void forget(Collection<Digest> digests) {
    for (Digest digest : digests) {
      Place place = place(digest);
      if (place != null) {
        place.segment.addGarbage(RecordHeader.BYTES + place.size);
        index.remove(digest);
      }
    }
  }

  synchronized @Nullable Place startReading(Digest digest) {
    Place place = find(digest);
    if (place != null) {
      place.segment.addReader();
    }
    return place;
  }

  synchronized void endReading(Segment segment) {
    segment.removeReader();
    removeWhenUnused(segment);
  }

  synchronized long written() {
    requireUsable();
    return written;
  }

  synchronized Unforced takeUnforced() {
    Unforced unforced = new Unforced(Set.copyOf(dirty), Set.copyOf(full), written);
    dirty.clear();
    full.clear();
    return unforced;
  }

  /** What has not been forced cannot be told from what has, after this. */
  synchronized void breakDown(IOException why) {
    broken = why;
  }

  /** Those that nobody writes to and that are worth the work. */
  synchronized List<Segment> reclaimable(boolean everything) {
    return segments.values().stream()
        .filter(each -> !borrowed.contains(each) && !each.isRetired())
        .filter(each -> everything ? each.garbage() > 0 : each.isMostlyGarbage())
        .toList();
  }

  /** Takes a segment away from all writers, for ever; false when one has it now. */
  synchronized boolean seize(Segment segment) {
    requireUsable();
    if (borrowed.contains(segment)) {
      return false;
    }
    idle.remove(segment);
    return true;
  }

  /** Whether no deleted bytes lie anywhere else, so that their tombstones are of no use. */
  synchronized boolean isCleanBut(Segment segment) {
    return segments.values().stream().allMatch(each -> each == segment || each.garbage() == 0);
  }

  synchronized void retire(Segment segment) {
    segment.retire();
    idle.remove(segment);
    full.remove(segment);
    dirty.remove(segment);
    removeWhenUnused(segment);
  }

  /** Makes a segment known before its blobs are. */
  synchronized void announce(Segment segment) {
    segments.put(segment.number(), segment);
    lastNumber = Math.max(lastNumber, segment.number());
  }

  synchronized void adopt(Segment segment) {
    if (segment.end() < segmentBytes) {
      idle.addLast(segment);
    }
  }

  synchronized void adopt(Digest digest, Segment segment, long offset, long size) {
    index.put(digest, new BlobIndex.Entry(segment.number(), offset, size, BEFORE_START));
  }

  synchronized void reach(long seenEpoch) {
    epoch = Math.max(epoch, seenEpoch);
  }

  synchronized int count() {
    return index.count();
  }

  /** From now on nothing can be done here; gives all segments, to be shut. */
  synchronized List<Segment> close() {
    closed = true;
    return List.copyOf(segments.values());
  }

  synchronized boolean isClosed() {
    return closed;
  }

  PortFailure failure(String what, IOException why) {
    return new PortFailure(
        "Blob store '%s' could not %s. Look at the disk (room, rights, errors), then try again."
            .formatted(folder, what),
        true,
        why);
  }

  private @Nullable Place place(Digest digest) {
    BlobIndex.Entry entry = index.find(digest);
    Segment segment = entry == null ? null : segments.get(entry.segment());
    return entry == null || segment == null
        ? null
        : new Place(segment, entry.offset(), entry.size());
  }

  private void removeWhenUnused(Segment segment) {
    // Another process may have the folder by now, and need this very file.
    if (closed || !segment.isRemovable()) {
      return;
    }
    try {
      Files.deleteIfExists(segment.file());
      segments.remove(segment.number());
    } catch (IOException stillThere) {
      // All of it is garbage, which the next opening finds out and reclaims.
      segment.addGarbage(1);
    }
  }

  private void requireUsable() {
    if (closed) {
      throw new PortFailure("Blob store '%s' was closed. Open it again.".formatted(folder), false);
    }
    if (broken != null) {
      throw new PortFailure(
          ("Blob store '%s' could not make bytes durable and does not know what the disk holds."
                  + " Look at the disk, then open the store again.")
              .formatted(folder),
          false,
          broken);
    }
  }
}
