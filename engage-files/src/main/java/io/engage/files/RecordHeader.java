package io.engage.files;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands before the bytes of each record in a segment.
 *
 * <pre>
 * offset 0   mark of the segment, 8 bytes: random, so that no mail can pretend to be a record
 *        8   kind, 1 byte, then 3 of zero
 *        12  CRC-32C of all other 60 bytes
 *        16  epoch, 8 bytes
 *        24  size, 8 bytes: of the blob; of a checkpoint, how much of the segment is durable
 *        32  SHA-256, 32 bytes
 * </pre>
 *
 * @param epoch how many deletions came before: a tombstone ends the blobs of earlier epochs
 */
record RecordHeader(Kind kind, long epoch, long size, Digest digest) {
  static final int BYTES = 64;
  private static final int KIND_AT = 8;
  private static final int CHECK_AT = 12;
  private static final int REST_AT = 16;

  /** What a record is. The codes stand in files. */
  enum Kind {
    BLOB(1),
    TOMBSTONE(2),
    CHECKPOINT(3);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }
  }

  static RecordHeader blob(long epoch, long size, Digest digest) {
    return new RecordHeader(Kind.BLOB, epoch, size, digest);
  }

  static RecordHeader tombstone(long epoch, Digest digest) {
    return new RecordHeader(Kind.TOMBSTONE, epoch, 0, digest);
  }

  static RecordHeader checkpoint(long epoch, long durable) {
    return new RecordHeader(Kind.CHECKPOINT, epoch, durable, Digest.NONE);
  }

  /** How many bytes follow the header. */
  long bodySize() {
    return kind == Kind.BLOB ? size : 0;
  }

  long recordSize() {
    return BYTES + bodySize();
  }

  void write(long mark, byte[] to, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(to, at, BYTES).slice();
    buffer.putLong(mark).put(kind.code).put(new byte[REST_AT - KIND_AT - 1]);
    buffer.putLong(epoch).putLong(size);
    digest.write(buffer);
    buffer.putInt(CHECK_AT, checksum(to, at));
  }

  byte[] toBytes(long mark) {
    byte[] bytes = new byte[BYTES];
    write(mark, bytes, 0);
    return bytes;
  }

  /** The header that these bytes are, or empty when they are none of this segment. */
  static Optional<RecordHeader> parse(long mark, byte[] from, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(from, at, BYTES).slice();
    if (buffer.getLong(0) != mark || buffer.getInt(CHECK_AT) != checksum(from, at)) {
      return Optional.empty();
    }
    byte code = buffer.get(KIND_AT);
    buffer.position(REST_AT);
    long epoch = buffer.getLong();
    long size = buffer.getLong();
    Digest digest = Digest.read(buffer);
    for (Kind kind : Kind.values()) {
      if (kind.code == code && size >= 0) {
        return Optional.of(new RecordHeader(kind, epoch, size, digest));
      }
    }
    return Optional.empty();
  }

  private static int checksum(byte[] bytes, int at) {
    CRC32C check = new CRC32C();
    check.update(bytes, at, CHECK_AT);
    check.update(bytes, at + REST_AT, BYTES - REST_AT);
    return (int) check.getValue();
  }
}
