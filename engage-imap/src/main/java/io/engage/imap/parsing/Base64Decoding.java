package io.engage.imap.parsing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64 (RFC 2045 section 6.8): characters outside its alphabet are passed over, padding may stand
 * in the middle, the last quantum may be cut. The decoding itself is the JDK's, in blocks.
 */
final class Base64Decoding extends TransferDecoding {
  private static final int LARGEST_BLOCK = 8192;
  private static final int LONGEST_LINE = 200;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long EQUALS_SIGNS = 0x3d3d3d3d3d3d3d3dL;
  private static final long EXCLAMATION_MARKS = 0x2121212121212121L;
  private static final boolean[] IS_DIGIT = digits();
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final OutputStream to;
  private final byte[] digits;
  private final byte[] decoded;
  private int count;
  private int newLines;
  private boolean padded;
  private boolean ended;
  private boolean broken;

  /**
   * @param digits room for as many as are decoded at once, which fill whole quanta
   * @param decoded room for what they become
   */
  Base64Decoding(OutputStream to, byte[] digits, byte[] decoded) {
    this.to = to;
    this.digits = digits;
    this.decoded = decoded;
  }

  /** Decodes the text of an encoded word. */
  static byte[] decode(String text) {
    ByteArrayOutputStream to = new ByteArrayOutputStream(text.length());
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int block = (Math.min(bytes.length, LARGEST_BLOCK) + 3) / 4 * 4 + 4;
    Base64Decoding decoding = new Base64Decoding(to, new byte[block], new byte[block]);
    try {
      decoding.write(bytes, 0, bytes.length);
      decoding.finish();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return to.toByteArray();
  }

  @Override
  void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int i = offset;
    while (i < end && !ended) {
      if (newLines > 1 && bytes[i] > ' ' && isProse(bytes, i, end)) {
        // Lists and scanners add their footer behind what is encoded.
        ended = true;
        broken = true;
        return;
      }
      i = padded && !isDigit(bytes[i]) ? i : takeDigits(bytes, i, end);
      if (i < end) {
        takeOther(bytes[i++]);
      }
    }
  }

  @Override
  void finish() throws IOException {
    endQuantum();
  }

  /** Whether what says that it is encoded begins with words instead. */
  static boolean isPlain(byte[] start, int length) {
    int from = 0;
    while (from < length && start[from] >= 0 && start[from] <= ' ') {
      from++;
    }
    int blanks = 0;
    for (int i = from; i + 1 < length && start[i] != '\n'; i++) {
      blanks += start[i] == ' ' && start[i + 1] > ' ' ? 1 : 0;
    }
    return blanks > 1;
  }

  /** Whether the line is none of digits: it has words, or begins with what is no digit. */
  private static boolean isProse(byte[] bytes, int from, int end) {
    return !isDigit(bytes[from]) && bytes[from] != '='
        || isPlain(
            Arrays.copyOfRange(bytes, from, Math.min(end, from + LONGEST_LINE)),
            Math.min(end - from, LONGEST_LINE));
  }

  @Override
  boolean isBroken() {
    return broken;
  }

  /** Copies whole lines; whether they hold digits only is seen when a block is decoded. */
  private int takeDigits(byte[] bytes, int from, int end) throws IOException {
    int i = from;
    for (int next = copyRun(bytes, i, end); next > i; next = copyRun(bytes, i, end)) {
      i = next;
      if (count == digits.length) {
        decodeBlock();
      } else {
        i = nextLine(bytes, i, end);
      }
    }
    if (i > from) {
      newLines = 0;
      padded = false;
    }
    return i;
  }

  /**
   * Copies up to the next byte that is white space, control, padding or not ASCII, or as much as
   * there is room for; eight bytes at a time.
   */
  private int copyRun(byte[] bytes, int from, int end) {
    int i = from;
    int to = count;
    while (i + Long.BYTES <= end && to + Long.BYTES <= digits.length) {
      long word = (long) WORDS.get(bytes, i);
      WORDS.set(digits, to, word);
      long others = others(word);
      int copied = others == 0 ? Long.BYTES : Long.numberOfTrailingZeros(others) / Byte.SIZE;
      i += copied;
      to += copied;
      if (others != 0) {
        count = to;
        return i;
      }
    }
    while (i < end && to < digits.length && isInRun(bytes[i])) {
      digits[to++] = bytes[i++];
    }
    count = to;
    return i;
  }

  /** Behind a single line end, where more of the same follows; else where it was. */
  private static int nextLine(byte[] bytes, int at, int end) {
    int feed = at < end && bytes[at] == '\r' ? at + 1 : at;
    boolean more = feed + 1 < end && bytes[feed] == '\n' && isInRun(bytes[feed + 1]);
    return more ? feed + 1 : at;
  }

  private static boolean isInRun(byte b) {
    return b > ' ' && b != '=';
  }

  /** The high bit of the first byte that is in no run, and of some behind it; 0 for none. */
  private static long others(long word) {
    long padding = word ^ EQUALS_SIGNS;
    long isPadding = padding - ONES & ~padding;
    long isControl = word - EXCLAMATION_MARKS & ~word;
    return (isPadding | isControl | word) & HIGH_BITS;
  }

  private void decodeBlock() throws IOException {
    try {
      to.write(decoded, 0, Base64.getDecoder().decode(digits, decoded));
      count = 0;
    } catch (IllegalArgumentException hasOthers) {
      dropOthers();
    }
  }

  private void dropOthers() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (isDigit(digits[i])) {
        digits[kept++] = digits[i];
      }
    }
    broken |= kept < count;
    count = kept;
  }

  private void takeOther(byte b) throws IOException {
    newLines += b == '\n' ? 1 : 0;
    if (b == '=') {
      endQuantum();
      padded = true;
    } else if (b != '\r' && b != '\n' && b != ' ' && b != '\t') {
      broken = true;
      ended = padded;
    } else if (padded && b == ' ') {
      ended = true;
    }
  }

  /** Decodes what is held though it fills no quantum; a single digit left over says nothing. */
  private void endQuantum() throws IOException {
    dropOthers();
    if (count % 4 == 1) {
      broken = true;
      count--;
    }
    if (count > 0) {
      to.write(Base64.getDecoder().decode(Arrays.copyOf(digits, count)));
    }
    count = 0;
  }

  private static boolean isDigit(byte b) {
    return b >= 0 && IS_DIGIT[b];
  }

  private static boolean[] digits() {
    boolean[] digits = new boolean[128];
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        .chars()
        .forEach(c -> digits[c] = true);
    return digits;
  }
}
