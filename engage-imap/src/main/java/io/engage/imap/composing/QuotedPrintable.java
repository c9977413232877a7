package io.engage.imap.composing;

import java.util.Arrays;

/**
 * Quoted-printable (RFC 2045 section 6.7) of a text whose lines end in CRLF, in one pass over its
 * bytes: most of what a mail costs to write is this. Dots are encoded too, because programs on the
 * way take those at the begin of a line for the end of the mail. Its lines break where those of
 * mime4j do, to which tests compare it.
 */
final class QuotedPrintable {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };
  private static final boolean[] STANDS = standing();

  /** Columns of a line before its soft break; one fewer after a line end of the text itself. */
  private static final int WIDTH = 75;

  private static final int ESCAPED = 3;

  private final byte[] text;
  private final byte[] out;
  private int size;
  private int room;

  private QuotedPrintable(byte[] text, int room) {
    this.text = text;
    this.room = room;
    this.out = new byte[Math.addExact(Math.multiplyExact(text.length, 3), text.length / 8 + 16)];
  }

  /** Ends in a line end, in a soft one when the text has none there. */
  static byte[] encoded(byte[] text) {
    return encoded(text, true, true);
  }

  /**
   * The same for some lines of a text, which are what they are whatever the others are.
   *
   * @param first whether the text begins with them
   * @param last whether it ends with them; all others end in a line end
   */
  static byte[] encoded(byte[] lines, boolean first, boolean last) {
    QuotedPrintable quoted = new QuotedPrintable(lines, first ? WIDTH : WIDTH - 1);
    quoted.encode();
    boolean ended = lines.length == 0 ? !first : lines[lines.length - 1] == '\n';
    if (last && !ended) {
      quoted.softBreak();
    }
    return Arrays.copyOf(quoted.out, quoted.size);
  }

  private void encode() {
    int at = 0;
    while (at < text.length) {
      at = next(at);
    }
  }

  private int next(int at) {
    if (isPlain(at)) {
      return plain(at);
    }
    if (isLineEnd(at)) {
      lineEnd();
      room = WIDTH - 1;
      return at + 2;
    }
    escaped(text[at]);
    return at + 1;
  }

  /** What stands for itself from here on, as far as this line goes; at least one. */
  private int plain(int from) {
    if (room == 0) {
      softBreak();
    }
    int limit = Math.min(text.length, from + room);
    int end = from + 1;
    while (end < limit && isPlain(end)) {
      end++;
    }
    int length = end - from;
    System.arraycopy(text, from, out, size, length);
    size += length;
    room -= length;
    return end;
  }

  /** Servers may cut blanks off the end of a line, so those are written in digits. */
  private boolean isPlain(int at) {
    byte b = text[at];
    return STANDS[b & 0xff] || ((b == ' ' || b == '\t') && !isLineEnd(at + 1));
  }

  private void escaped(byte b) {
    if (room < ESCAPED) {
      softBreak();
    }
    out[size++] = '=';
    out[size++] = HEX[(b & 0xff) >> 4];
    out[size++] = HEX[b & 0xf];
    room -= ESCAPED;
  }

  private void softBreak() {
    out[size++] = '=';
    lineEnd();
    room = WIDTH;
  }

  private void lineEnd() {
    out[size++] = '\r';
    out[size++] = '\n';
  }

  private boolean isLineEnd(int at) {
    return at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n';
  }

  private static boolean[] standing() {
    boolean[] stands = new boolean[256];
    Arrays.fill(stands, '!', '~' + 1, true);
    stands['='] = false;
    stands['.'] = false;
    return stands;
  }
}
