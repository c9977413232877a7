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
  private static final int BLOCK = 8192;
  private static final int LONGEST_LINE = 200;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long EQUALS_SIGNS = 0x3d3d3d3d3d3d3d3dL;
  private static final long EXCLAMATION_MARKS = 0x2121212121212121L;
  private static final boolean[] IS_DIGIT = digits();
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final OutputStream to;
  private final byte[] digits = new byte[BLOCK];
  private final byte[] decoded = new byte[BLOCK / 4 * 3];
  private int count;
  private int newLines;
  private boolean padded;
  private boolean ended;
  private boolean broken;

  Base64Decoding(OutputStream to) {
    this.to = to;
  }

  /** Decodes the text of an encoded word. */
  static byte[] decode(String text) {
    ByteArrayOutputStream to = new ByteArrayOutputStream(text.length());
    Base64Decoding decoding = new Base64Decoding(to);
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
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

  /** Copies whole runs; whether they hold digits only is seen when a block is decoded. */
  private int takeDigits(byte[] bytes, int from, int end) throws IOException {
    int run = endOfRun(bytes, from, end);
    newLines = run > from ? 0 : newLines;
    int i = from;
    while (i < run) {
      int copied = Math.min(run - i, BLOCK - count);
      System.arraycopy(bytes, i, digits, count, copied);
      i += copied;
      count += copied;
      if (count == BLOCK) {
        decodeBlock();
      }
    }
    padded &= i == from;
    return i;
  }

  /** Up to the next byte that is white space, control, padding or not ASCII; eight at a time. */
  private static int endOfRun(byte[] bytes, int from, int end) {
    int i = from;
    while (i + Long.BYTES <= end && !hasOther((long) WORDS.get(bytes, i))) {
      i += Long.BYTES;
    }
    while (i < end && bytes[i] > ' ' && bytes[i] != '=') {
      i++;
    }
    return i;
  }

  private static boolean hasOther(long word) {
    long padding = word ^ EQUALS_SIGNS;
    long isPadding = padding - ONES & ~padding;
    long isControl = word - EXCLAMATION_MARKS & ~word;
    return ((isPadding | isControl | word) & HIGH_BITS) != 0;
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
