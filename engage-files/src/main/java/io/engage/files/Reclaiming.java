package io.engage.files;

import io.engage.files.RecordHeader.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Gets back the room of deleted blobs: copies what is still wanted to the end of another segment,
 * makes that durable, and only then removes the file. A crash in between leaves two copies of the
 * same, which is no harm.
 */
final class Reclaiming {
  private static final int PIECE = 1 << 18;

  private final Shelf shelf;
  private final Durability durability;

  Reclaiming(Shelf shelf, Durability durability) {
    this.shelf = shelf;
    this.durability = durability;
  }

  /**
   * @param everything whether a segment with any garbage is worth it, or only one that is mostly so
   */
  void run(boolean everything) {
    for (Segment segment : shelf.reclaimable(everything)) {
      if (shelf.seize(segment)) {
        reclaim(segment);
      }
    }
  }

  private void reclaim(Segment segment) {
    try (SegmentScan scan = new SegmentScan(segment)) {
      List<RecordHeader> tombstones = new ArrayList<>();
      scan.run(
          (header, offset) -> {
            if (header.kind() == Kind.TOMBSTONE) {
              tombstones.add(header);
            } else {
              copy(header, new Shelf.Place(segment, offset, header.size()));
            }
          });
      keep(tombstones, segment);
      durability.force();
      durability.retire(segment);
    } catch (IOException e) {
      throw shelf.failure("read a segment", e);
    }
  }

  private void copy(RecordHeader header, Shelf.Place from) throws IOException {
    if (!shelf.isAt(header.digest(), from.segment(), from.offset())) {
      return;
    }
    try (Appending copy = Appending.to(shelf);
        InputStream bytes = BlobStream.open(from, () -> {})) {
      byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, header.size()))];
      for (int got = bytes.read(piece); got >= 0; got = bytes.read(piece)) {
        copy.write(piece, 0, got);
      }
      copy.keepMoved(header, from);
    }
  }

  /** A tombstone has to stay as long as bytes that it ended may lie somewhere. */
  private void keep(List<RecordHeader> tombstones, Segment segment) {
    if (tombstones.isEmpty() || shelf.isCleanBut(segment)) {
      return;
    }
    try (Appending copy = Appending.to(shelf)) {
      copy.keep(tombstones);
    }
  }
}
