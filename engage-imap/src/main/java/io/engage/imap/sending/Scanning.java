package io.engage.imap.sending;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks through the bytes of a mail, eight at a time where none of them is special: each mail that
 * goes out is looked through twice.
 */
final class Scanning {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long LINE_FEEDS = LOW_BITS * '\n';
  private static final long CARRIAGE_RETURNS = LOW_BITS * '\r';

  private Scanning() {}

  /** Whether one of the first {@code count} bytes is no ASCII. */
  static boolean isEightBit(byte[] bytes, int count) {
    int at = 0;
    for (; at + Long.BYTES <= count; at += Long.BYTES) {
      if (((long) EIGHT.get(bytes, at) & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < count; at++) {
      if (bytes[at] < 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether whole lines, none of them with a dot in front, are all there is. */
  static boolean isAsItTravels(byte[] content) {
    int at = 0;
    boolean begins = true;
    while (at < content.length) {
      if (begins && content[at] == '.') {
        return false;
      }
      at = withoutLineEnds(content, at);
      int end = Math.min(content.length, at + Long.BYTES);
      begins = false;
      while (at < end && !begins) {
        byte each = content[at++];
        if (each == '\n' || (each == '\r' && (at == content.length || content[at] != '\n'))) {
          return false;
        }
        begins = each == '\r';
      }
      at += begins ? 1 : 0;
    }
    return begins;
  }

  /** The first of eight bytes of which one may be CR or LF, or where no eight are left. */
  private static int withoutLineEnds(byte[] content, int from) {
    int at = from;
    while (at + Long.BYTES <= content.length) {
      long eight = (long) EIGHT.get(content, at);
      if (hasZero(eight ^ LINE_FEEDS) || hasZero(eight ^ CARRIAGE_RETURNS)) {
        return at;
      }
      at += Long.BYTES;
    }
    return at;
  }

  private static boolean hasZero(long eight) {
    return ((eight - LOW_BITS) & ~eight & HIGH_BITS) != 0;
  }
}
