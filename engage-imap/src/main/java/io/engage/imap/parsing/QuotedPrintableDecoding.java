package io.engage.imap.parsing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Quoted-printable (RFC 2045 section 6.7). Blanks at the ends of lines are transport padding and
 * dropped; an equals sign that means nothing stays as it is.
 */
final class QuotedPrintableDecoding extends TransferDecoding {
  private static final int MOST_BLANKS = 1_000;
  private static final int FEW_BLANKS = 16;

  private final OutputStream to;
  private final byte[] decoded;
  private byte[] blanks = new byte[FEW_BLANKS];
  private int count;
  private int blankCount;
  private int firstDigit;
  private State state = State.PLAIN;
  private boolean broken;

  private enum State {
    PLAIN,
    EQUALS,
    ONE_DIGIT,
    SOFT_BREAK
  }

  /**
   * @param decoded room for what is decoded and not written yet
   */
  QuotedPrintableDecoding(OutputStream to, byte[] decoded) {
    this.to = to;
    this.decoded = decoded;
  }

  @Override
  void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int run = state == State.PLAIN && blankCount == 0 ? endOfRun(bytes, i, end) : i;
      if (run > i) {
        put(bytes, i, run - i);
        i = run;
      } else {
        take(bytes[i++]);
      }
    }
  }

  /** Up to the next byte that means something, and before the blanks that may end a line. */
  private static int endOfRun(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '=' && bytes[i] != '\r' && bytes[i] != '\n') {
      i++;
    }
    while (i > from && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
      i--;
    }
    return i;
  }

  @Override
  void finish() throws IOException {
    if (state == State.ONE_DIGIT) {
      literalEquals();
      put((byte) firstDigit);
    }
    blankCount = 0;
    to.write(decoded, 0, count);
    count = 0;
  }

  @Override
  boolean isBroken() {
    return broken;
  }

  private void take(byte b) throws IOException {
    switch (state) {
      case PLAIN -> plain(b);
      case EQUALS -> afterEquals(b);
      case ONE_DIGIT -> afterDigit(b);
      case SOFT_BREAK -> afterSoftBreak(b);
    }
  }

  private void plain(byte b) throws IOException {
    if (b == ' ' || b == '\t') {
      hold(b);
    } else if (b == '=') {
      putBlanks();
      state = State.EQUALS;
    } else {
      if (b == '\n' || b == '\r') {
        blankCount = 0;
      }
      putBlanks();
      put(b);
    }
  }

  private void afterEquals(byte b) throws IOException {
    if (Hex.digit(b) >= 0) {
      firstDigit = b;
      state = State.ONE_DIGIT;
    } else if (b == '\n') {
      state = State.PLAIN;
    } else if (b == '\r' || b == ' ' || b == '\t') {
      state = State.SOFT_BREAK;
      if (b != '\r') {
        hold(b);
      }
    } else {
      literalEquals();
      state = State.PLAIN;
      plain(b);
    }
  }

  private void afterDigit(byte b) throws IOException {
    state = State.PLAIN;
    if (Hex.digit(b) >= 0) {
      put((byte) (Hex.digit(firstDigit) << 4 | Hex.digit(b)));
    } else {
      literalEquals();
      put((byte) firstDigit);
      plain(b);
    }
  }

  /**
   * Blanks may follow the equals sign of a soft line break, and its line end may be a bare CR.
   * Where more follows in the line, the sign and the blanks are what somebody wrote.
   */
  private void afterSoftBreak(byte b) throws IOException {
    if (b == '\n') {
      blankCount = 0;
      state = State.PLAIN;
    } else if (b == ' ' || b == '\t') {
      if (blankCount < MOST_BLANKS) {
        hold(b);
      }
    } else if (b == '\r') {
      blankCount = 0;
    } else {
      state = State.PLAIN;
      if (blankCount > 0) {
        literalEquals();
        putBlanks();
      }
      plain(b);
    }
  }

  private void literalEquals() throws IOException {
    broken = true;
    put((byte) '=');
  }

  private void hold(byte blank) throws IOException {
    if (blankCount == MOST_BLANKS) {
      putBlanks();
    }
    if (blankCount == blanks.length) {
      blanks = Arrays.copyOf(blanks, MOST_BLANKS);
    }
    blanks[blankCount++] = blank;
  }

  private void putBlanks() throws IOException {
    int held = blankCount;
    blankCount = 0;
    put(blanks, 0, held);
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    if (length > decoded.length - count) {
      to.write(decoded, 0, count);
      count = 0;
    }
    if (length > decoded.length) {
      to.write(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, decoded, count, length);
      count += length;
    }
  }

  private void put(byte b) throws IOException {
    if (count == decoded.length) {
      to.write(decoded, 0, count);
      count = 0;
    }
    decoded[count++] = b;
  }
}
