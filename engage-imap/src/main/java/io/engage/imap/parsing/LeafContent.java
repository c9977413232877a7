package io.engage.imap.parsing;

import io.engage.model.message.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The decoded bytes of one leaf as they pass: counted, digested, and kept up to a bound. What is
 * kept whole needs no digest until somebody asks for it.
 */
final class LeafContent extends OutputStream {
  private final int most;
  private final boolean digestsAlways;
  private byte[] kept = {};
  private int keptCount;
  private final MessageDigest sha256 = sha256();
  private long size;
  private boolean digesting;
  private boolean broken;

  /**
   * @param most how many bytes are kept
   * @param digestsAlways whether the digest will be asked for, whatever the size
   */
  private LeafContent(int most, boolean digestsAlways) {
    this.most = most;
    this.digestsAlways = digestsAlways;
    this.digesting = digestsAlways;
  }

  /** Reads one leaf to its end. */
  static LeafContent read(
      InputStream encoded, String encoding, int most, boolean digested, Room room)
      throws IOException {
    LeafContent content = new LeafContent(most, digested);
    content.broken = decode(encoded, encoding, content, room);
    return content;
  }

  /**
   * @return whether the encoding was broken
   */
  static boolean decode(InputStream encoded, String encoding, OutputStream to, Room room)
      throws IOException {
    byte[] buffer = room.encoded();
    int count = encoded.readNBytes(buffer, 0, buffer.length);
    boolean mislabelled = encoding.equals("base64") && Base64Decoding.isPlain(buffer, count);
    TransferDecoding decoding = TransferDecoding.of(mislabelled ? "" : encoding, to, room);
    while (count > 0) {
      decoding.write(buffer, 0, count);
      count = encoded.read(buffer);
    }
    decoding.finish();
    return mislabelled || decoding.isBroken();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int keptNow = Math.max(0, Math.min(length, most - keptCount));
    keep(bytes, offset, keptNow);
    if (!digesting && keptNow < length) {
      startDigest(bytes, offset, keptNow, length);
    } else if (digesting) {
      sha256.update(bytes, offset, length);
    }
    size += length;
  }

  /** All of it that is kept; not to be changed. */
  byte[] bytes() {
    if (kept.length > keptCount) {
      kept = Arrays.copyOf(kept, keptCount);
    }
    return kept;
  }

  /** What comes at once, as most leaves do, is copied once. */
  private void keep(byte[] bytes, int offset, int length) {
    if (kept.length - keptCount < length) {
      kept =
          Arrays.copyOf(
              kept, keptCount == 0 ? length : Math.max(2 * keptCount, keptCount + length));
    }
    System.arraycopy(bytes, offset, kept, keptCount, length);
    keptCount += length;
  }

  long size() {
    return size;
  }

  boolean isWhole() {
    return size == keptCount;
  }

  boolean isBroken() {
    return broken;
  }

  /** May be asked once. */
  ContentDigest digest() {
    return ContentDigest.of(digesting || digestsAlways ? sha256.digest() : sha256.digest(bytes()));
  }

  private void startDigest(byte[] bytes, int offset, int keptNow, int length) {
    digesting = true;
    sha256.update(bytes());
    sha256.update(bytes, offset + keptNow, length - keptNow);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyJdkHasIt);
    }
  }
}
