package io.engage.files;

import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.testkit.Sample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Folders of blob stores, and what is in them. */
final class Folders {
  private Folders() {}

  /** What a crash of the process leaves: everything that was written, nothing tidied up. */
  static Path copied(Path folder, Path to) {
    try {
      Files.createDirectories(to);
      for (Path file : segments(folder)) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }

  static long bytesIn(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : segments(folder)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  static byte[] mail(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static Blob put(SegmentBlobStore store, byte[] bytes) throws IOException {
    return store.put(new ByteArrayInputStream(bytes));
  }

  static byte[] read(SegmentBlobStore store, ContentDigest digest) throws IOException {
    try (InputStream open = store.open(digest)) {
      return open.readAllBytes();
    }
  }

  /** Whether what lies under this digest is what it says. */
  static boolean isWhole(SegmentBlobStore store, ContentDigest digest) throws IOException {
    return Sample.digest(read(store, digest)).equals(digest);
  }
}
