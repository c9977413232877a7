package io.engage.files;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one record at the end of a segment that nobody else writes to meanwhile. What was not kept
 * when this is closed was never there.
 */
final class Appending implements AutoCloseable {
  private final Shelf shelf;
  private final Segment segment;
  private final long start;
  private long bodySize;
  private boolean kept;
  private boolean sound = true;

  private Appending(Shelf shelf, Segment segment) {
    this.shelf = shelf;
    this.segment = segment;
    this.start = segment.end();
  }

  static Appending to(Shelf shelf) {
    @Nullable Segment segment = null;
    try {
      segment = shelf.borrow();
      segment.checkpointWhenFar(shelf.epoch());
      return new Appending(shelf, segment);
    } catch (IOException e) {
      if (segment != null) {
        shelf.giveBack(segment, false);
      }
      throw shelf.failure("begin to write", e);
    }
  }

  /** Adds to the bytes of the record, before its header is known. */
  void write(byte[] bytes, int from, int length) {
    writeAt(start + RecordHeader.BYTES + bodySize, bytes, from, length);
    bodySize += length;
  }

  /** Keeps what was written. */
  void keep(Digest digest) {
    Shelf.Outcome outcome = Shelf.Outcome.OUTDATED;
    while (outcome == Shelf.Outcome.OUTDATED) {
      RecordHeader header = RecordHeader.blob(shelf.epoch(), bodySize, digest);
      writeAt(start, header.toBytes(segment.mark()), 0, RecordHeader.BYTES);
      outcome = shelf.keep(segment, header);
    }
    kept = outcome == Shelf.Outcome.KEPT;
  }

  /**
   * Keeps a small blob with one write.
   *
   * @param record with room for the header at its start
   */
  void keep(Digest digest, byte[] record, int size) {
    Shelf.Outcome outcome = Shelf.Outcome.OUTDATED;
    while (outcome == Shelf.Outcome.OUTDATED) {
      RecordHeader header = RecordHeader.blob(shelf.epoch(), size, digest);
      header.write(segment.mark(), record, 0);
      writeAt(start, record, 0, RecordHeader.BYTES + size);
      outcome = shelf.keep(segment, header);
    }
    kept = outcome == Shelf.Outcome.KEPT;
  }

  /** Keeps what was written as a copy of a blob, in place of where it lay. */
  void keepMoved(RecordHeader header, Shelf.Place from) {
    writeAt(start, header.toBytes(segment.mark()), 0, RecordHeader.BYTES);
    kept = shelf.move(segment, header, from);
  }

  /** Keeps records that have no bytes. */
  void keep(Iterable<RecordHeader> headers) {
    long size = 0;
    for (RecordHeader header : headers) {
      writeAt(start + size, header.toBytes(segment.mark()), 0, RecordHeader.BYTES);
      size += RecordHeader.BYTES;
    }
    shelf.extend(segment, size);
    kept = true;
  }

  /** A segment that cannot be cleaned up is not written to any more. */
  @Override
  public void close() {
    try {
      if (!kept) {
        segment.undo();
      }
    } catch (IOException e) {
      sound = false;
    } finally {
      shelf.giveBack(segment, sound);
    }
  }

  private void writeAt(long offset, byte[] bytes, int from, int length) {
    try {
      segment.write(offset, bytes, from, length);
    } catch (IOException e) {
      throw shelf.failure("write", e);
    }
  }
}
