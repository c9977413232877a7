package io.engage.files;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The beginning of a stream, in memory. Most blobs end within it: then no segment is held while
 * somebody slow is still sending.
 */
final class Incoming {
  /** What is longer goes to a segment as it comes. */
  static final int MOST = 1 << 20;

  /** For a stream that does not say how much it has. */
  private static final int FIRST = 32 << 10;

  private final MessageDigest sha256 = Digest.sha256();
  private byte[] bytes;
  private int size;
  private boolean complete;

  private Incoming(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @param spare what an earlier one has left; taken if it is large enough
   */
  static Incoming begin(InputStream content, byte[] spare) throws IOException {
    int announced = content.available();
    int first = announced > 0 ? Math.min(announced, MOST - 1) + 1 : FIRST;
    int needed = RecordHeader.BYTES + first;
    Incoming incoming = new Incoming(spare.length < needed ? new byte[needed] : spare);
    incoming.fill(content);
    return incoming;
  }

  boolean isComplete() {
    return complete;
  }

  int size() {
    return size;
  }

  /** The bytes, behind room for a header. */
  byte[] record() {
    return bytes;
  }

  MessageDigest sha256() {
    return sha256;
  }

  private void fill(InputStream content) throws IOException {
    while (!complete && size < MOST) {
      int start = RecordHeader.BYTES + size;
      int wanted = bytes.length - start;
      int got = content.read(bytes, start, wanted);
      complete = got < 0;
      size += Math.max(got, 0);
      sha256.update(bytes, start, Math.max(got, 0));
      if (got == wanted && size < MOST) {
        bytes = Arrays.copyOf(bytes, RecordHeader.BYTES + (int) Math.min(MOST, size * 4L));
      }
    }
  }
}
