package io.engage.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One append-only file. Whoever has borrowed it from the {@link Shelf} may write at its end;
 * readers open the file for themselves, so that a reader that is interrupted disturbs nobody.
 *
 * <p>The file begins with 32 bytes: a name of the format, the mark that its records carry, its
 * number, and a checksum of these.
 */
final class Segment implements Closeable {
  static final int HEAD = 32;
  static final String SUFFIX = ".blobs";

  /** So much may lie behind a checkpoint before the next: it is read again after a crash. */
  private static final long CHECKPOINT_DISTANCE = 8L << 20;

  private static final byte[] FORMAT = "EngBlob1".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKED = 24;

  private final Path file;
  private final int number;
  private final long mark;
  private @Nullable RandomAccessFile handle;
  private boolean shut;
  private long end;
  private long durable;
  private long checkpoint;

  // Guarded by the shelf.
  private long garbage;
  private int readers;
  private boolean retired;
  private boolean fresh;

  private Segment(Path file, int number, long mark, long end) {
    this.file = file;
    this.number = number;
    this.mark = mark;
    this.end = end;
    this.durable = HEAD;
    this.checkpoint = HEAD;
  }

  static Segment create(Path folder, int number) throws IOException {
    long mark = new SecureRandom().nextLong();
    Segment segment = new Segment(fileOf(folder, number), number, mark, HEAD);
    segment.fresh = true;
    try {
      segment.write(0, head(mark, number), 0, HEAD);
      return segment;
    } catch (IOException e) {
      segment.close();
      throw e;
    }
  }

  /** The segment that a file is, as it lies there; empty when it does not begin like one. */
  static Optional<Segment> existing(Path file) throws IOException {
    byte[] head = new byte[HEAD];
    try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
      if (reading.length() < HEAD) {
        return Optional.empty();
      }
      reading.readFully(head);
      ByteBuffer buffer = ByteBuffer.wrap(head).position(FORMAT.length);
      long mark = buffer.getLong();
      int number = (int) buffer.getLong();
      return Arrays.equals(head, head(mark, number)) && file.endsWith(nameOf(number))
          ? Optional.of(new Segment(file, number, mark, reading.length()))
          : Optional.empty();
    }
  }

  static Path fileOf(Path folder, int number) {
    return folder.resolve(nameOf(number));
  }

  Path file() {
    return file;
  }

  int number() {
    return number;
  }

  long mark() {
    return mark;
  }

  synchronized long end() {
    return end;
  }

  /** Cuts off what a crash left behind the last whole record, and makes the rest durable. */
  synchronized void resume(long length, long lastCheckpoint) throws IOException {
    end = length;
    durable = length;
    checkpoint = lastCheckpoint;
    if (length < Files.size(file)) {
      handle().setLength(length);
    }
    handle().getFD().sync();
    letGo();
  }

  /** Writes at any place behind the end; it becomes part of the segment by {@link #extend}. */
  synchronized void write(long offset, byte[] bytes, int from, int length) throws IOException {
    RandomAccessFile writing = handle();
    writing.seek(offset);
    writing.write(bytes, from, length);
  }

  synchronized void extend(long length) {
    end += length;
  }

  /** Takes back what was written behind the end. */
  synchronized void undo() throws IOException {
    handle().setLength(end);
  }

  /** Makes what was extended before durable. */
  void force() throws IOException {
    RandomAccessFile writing;
    long upTo;
    synchronized (this) {
      if (handle == null) {
        return;
      }
      writing = handle;
      upTo = end;
    }
    writing.getFD().sync();
    synchronized (this) {
      durable = Math.max(durable, upTo);
    }
  }

  /** Writes down how much is durable when that has become much more. */
  synchronized void checkpointWhenFar(long epoch) throws IOException {
    if (durable - checkpoint >= CHECKPOINT_DISTANCE) {
      writeCheckpoint(epoch);
    }
  }

  /** Writes down how much is durable, and lets go of the file until somebody borrows it again. */
  synchronized void rest(long epoch) throws IOException {
    if (handle != null && durable > checkpoint) {
      writeCheckpoint(epoch);
    }
    letGo();
  }

  /** Nobody can write any more. */
  @Override
  public synchronized void close() throws IOException {
    shut = true;
    letGo();
  }

  private void writeCheckpoint(long epoch) throws IOException {
    byte[] bytes = RecordHeader.checkpoint(epoch, durable).toBytes(mark);
    write(end, bytes, 0, bytes.length);
    checkpoint = durable;
    extend(bytes.length);
  }

  private void letGo() throws IOException {
    RandomAccessFile open = handle;
    handle = null;
    if (open != null) {
      open.close();
    }
  }

  private RandomAccessFile handle() throws IOException {
    if (shut) {
      throw new IOException("Segment " + number + " was closed");
    }
    RandomAccessFile open = handle;
    if (open == null) {
      open = new RandomAccessFile(file.toFile(), "rw");
      handle = open;
    }
    return open;
  }

  long garbage() {
    return garbage;
  }

  void addGarbage(long bytes) {
    garbage += bytes;
  }

  boolean isMostlyGarbage() {
    return garbage * 2 > end();
  }

  void addReader() {
    readers++;
  }

  void removeReader() {
    readers--;
  }

  void retire() {
    retired = true;
  }

  boolean isRetired() {
    return retired;
  }

  boolean isRemovable() {
    return retired && readers == 0;
  }

  /** Whether its name still has to be made durable in the folder; asked once. */
  boolean takeFresh() {
    boolean was = fresh;
    fresh = false;
    return was;
  }

  private static String nameOf(int number) {
    return "%08d%s".formatted(number, SUFFIX);
  }

  private static byte[] head(long mark, int number) {
    byte[] bytes = new byte[HEAD];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).put(FORMAT).putLong(mark).putLong(number);
    CRC32C check = new CRC32C();
    check.update(bytes, 0, CHECKED);
    buffer.putInt((int) check.getValue());
    return bytes;
  }
}
