package io.engage.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Walks through the records of a segment as it lies on the disk, after whatever happened to it.
 * Records that a checkpoint vouches for are believed by their headers; the bytes of all others are
 * digested again.
 */
final class SegmentScan implements AutoCloseable {
  private static final int PIECE = 1 << 18;

  private final RandomAccessFile file;
  private final long mark;
  private final long length;
  private final Deque<Found> unproved = new ArrayDeque<>();
  private long checkpoint = Segment.HEAD;
  private long end;
  private long unreadable;

  /** Is told of each record, in the order in which they lie. */
  @FunctionalInterface
  interface Visitor {
    void visit(RecordHeader header, long offset) throws IOException;
  }

  private record Found(RecordHeader header, long offset) {}

  SegmentScan(Segment segment) throws IOException {
    file = new RandomAccessFile(segment.file().toFile(), "r");
    mark = segment.mark();
    length = file.length();
  }

  void run(Visitor visitor) throws IOException {
    long at = Segment.HEAD;
    while (at < length) {
      Optional<RecordHeader> header = headerAt(at);
      if (header.isPresent()) {
        take(new Found(header.get(), at), visitor);
        at += header.get().recordSize();
      } else {
        long next = nextHeader(at + 1);
        if (next == length) {
          break;
        }
        unreadable += next - at;
        at = next;
      }
    }
    end = at;
    for (Found found : unproved) {
      visitWhenWhole(found, visitor);
    }
  }

  /** Where the next record may be written: what stands behind is no record. */
  long end() {
    return end;
  }

  /** How much of the segment a checkpoint vouches for. */
  long checkpoint() {
    return checkpoint;
  }

  /** How many bytes within it are of no use. */
  long unreadable() {
    return unreadable;
  }

  /** The header at this place, when there is one and its bytes are within the file. */
  Optional<RecordHeader> headerAt(long offset) throws IOException {
    if (length - offset < RecordHeader.BYTES) {
      return Optional.empty();
    }
    byte[] bytes = new byte[RecordHeader.BYTES];
    file.seek(offset);
    file.readFully(bytes);
    return RecordHeader.parse(mark, bytes, 0)
        .filter(header -> header.bodySize() <= length - offset - RecordHeader.BYTES);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void take(Found found, Visitor visitor) throws IOException {
    if (found.header.kind() != RecordHeader.Kind.CHECKPOINT) {
      unproved.add(found);
      return;
    }
    checkpoint = Math.max(checkpoint, found.header.size());
    while (!unproved.isEmpty() && unproved.getFirst().offset < checkpoint) {
      Found proved = unproved.removeFirst();
      visitor.visit(proved.header, proved.offset);
    }
  }

  private void visitWhenWhole(Found found, Visitor visitor) throws IOException {
    if (found.header.kind() != RecordHeader.Kind.BLOB || isWhole(found)) {
      visitor.visit(found.header, found.offset);
    } else {
      unreadable += found.header.recordSize();
    }
  }

  private boolean isWhole(Found found) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    byte[] piece = new byte[(int) Math.min(PIECE, found.header.size())];
    file.seek(found.offset + RecordHeader.BYTES);
    for (long left = found.header.size(); left > 0; ) {
      int next = (int) Math.min(piece.length, left);
      file.readFully(piece, 0, next);
      sha256.update(piece, 0, next);
      left -= next;
    }
    return Digest.of(sha256.digest()).equals(found.header.digest());
  }

  /** Finds the next header behind damage, or the end of the file. */
  private long nextHeader(long from) throws IOException {
    byte[] piece = new byte[PIECE];
    for (long at = from; length - at >= RecordHeader.BYTES; ) {
      int size = (int) Math.min(PIECE, length - at);
      file.seek(at);
      file.readFully(piece, 0, size);
      ByteBuffer longs = ByteBuffer.wrap(piece);
      int places = size - RecordHeader.BYTES + 1;
      for (int i = 0; i < places; i++) {
        if (longs.getLong(i) == mark
            && RecordHeader.parse(mark, piece, i).isPresent()
            && headerAt(at + i).isPresent()) {
          return at + i;
        }
      }
      at += places;
    }
    return length;
  }
}
