package io.engage.files;

import io.engage.files.RecordHeader.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a folder holds, and mends what a crash has left. */
final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final Shelf shelf;

  /** The newest deletion of each digest that was ever deleted and has a tombstone. */
  private final Map<Digest, Long> tombstones = new HashMap<>();

  Opening(Shelf shelf) {
    this.shelf = shelf;
  }

  void run() throws IOException {
    for (Path file : segmentFiles(shelf.folder())) {
      Optional<Segment> segment = Segment.existing(file);
      if (segment.isPresent()) {
        take(segment.get());
      } else {
        putAside(file);
      }
    }
    bury();
    Durability.forceNames(shelf.folder());
  }

  private void take(Segment segment) throws IOException {
    try (SegmentScan scan = new SegmentScan(segment)) {
      shelf.announce(segment);
      scan.run((header, offset) -> take(segment, header, offset));
      if (scan.unreadable() > 0) {
        LOG.warn(
            "Segment {} has {} bytes that cannot be read; what they held is lost, unless it was"
                + " never made durable",
            segment.number(),
            scan.unreadable());
        segment.addGarbage(scan.unreadable());
      }
      segment.resume(scan.end(), scan.checkpoint());
      shelf.adopt(segment);
    }
  }

  private void take(Segment segment, RecordHeader header, long offset) throws IOException {
    shelf.reach(header.epoch());
    if (header.kind() == Kind.TOMBSTONE) {
      tombstones.merge(header.digest(), header.epoch(), Math::max);
      return;
    }
    Shelf.Place other = shelf.find(header.digest());
    if (other != null && epochAt(other) >= header.epoch()) {
      segment.addGarbage(header.recordSize());
      return;
    }
    if (other != null) {
      other.segment().addGarbage(header.recordSize());
    }
    shelf.adopt(header.digest(), segment, offset, header.size());
  }

  private void bury() throws IOException {
    for (Map.Entry<Digest, Long> tombstone : tombstones.entrySet()) {
      Shelf.Place place = shelf.find(tombstone.getKey());
      if (place != null && epochAt(place) < tombstone.getValue()) {
        shelf.forget(List.of(tombstone.getKey()));
      }
    }
  }

  private static long epochAt(Shelf.Place place) throws IOException {
    try (SegmentScan scan = new SegmentScan(place.segment())) {
      return scan.headerAt(place.offset()).map(RecordHeader::epoch).orElse(-1L);
    }
  }

  private static List<Path> segmentFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }

  /** A crash can leave a file whose first bytes never reached the disk: nothing in it did. */
  private static void putAside(Path file) throws IOException {
    if (Files.size(file) <= Segment.HEAD) {
      Files.delete(file);
      return;
    }
    LOG.warn("Segment file {} has no readable head; it was renamed", file.getFileName());
    Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
  }
}
