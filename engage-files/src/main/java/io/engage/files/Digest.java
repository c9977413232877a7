package io.engage.files;

import io.engage.model.message.ContentDigest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 as four numbers, which take a quarter of the room of its digits. */
record Digest(long first, long second, long third, long fourth) implements Comparable<Digest> {
  static final int BYTES = 32;
  static final Digest NONE = new Digest(0, 0, 0, 0);

  static Digest of(byte[] sha256) {
    return read(ByteBuffer.wrap(sha256));
  }

  static Digest of(ContentDigest digest) {
    String hex = digest.value();
    return new Digest(word(hex, 0), word(hex, 16), word(hex, 32), word(hex, 48));
  }

  static Digest read(ByteBuffer from) {
    return new Digest(from.getLong(), from.getLong(), from.getLong(), from.getLong());
  }

  void write(ByteBuffer to) {
    to.putLong(first).putLong(second).putLong(third).putLong(fourth);
  }

  /** The order of their digits. */
  @Override
  public int compareTo(Digest other) {
    int firsts = Long.compareUnsigned(first, other.first);
    int seconds = firsts == 0 ? Long.compareUnsigned(second, other.second) : firsts;
    int thirds = seconds == 0 ? Long.compareUnsigned(third, other.third) : seconds;
    return thirds == 0 ? Long.compareUnsigned(fourth, other.fourth) : thirds;
  }

  ContentDigest toContentDigest() {
    byte[] sha256 = new byte[BYTES];
    write(ByteBuffer.wrap(sha256));
    return ContentDigest.of(sha256);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException("This Java has no SHA-256", everyPlatformHasIt);
    }
  }

  private static long word(String hex, int start) {
    return Long.parseUnsignedLong(hex, start, start + 16, 16);
  }
}
