package io.engage.imap.parsing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Uuencode (POSIX {@code uuencode}), between its {@code begin} and {@code end} lines. */
final class UuDecoding extends TransferDecoding {
  private static final int LONGEST_LINE = 90;

  private final OutputStream to;
  private final byte[] line = new byte[LONGEST_LINE];
  private int length;
  private boolean begun;
  private boolean ended;
  private boolean broken;

  UuDecoding(OutputStream to) {
    this.to = to;
  }

  @Override
  void write(byte[] bytes, int offset, int count) throws IOException {
    for (int i = offset; i < offset + count; i++) {
      if (bytes[i] == '\n') {
        endLine();
      } else if (length < LONGEST_LINE) {
        line[length++] = bytes[i];
      }
    }
  }

  @Override
  void finish() throws IOException {
    endLine();
    broken |= !ended;
  }

  @Override
  boolean isBroken() {
    return broken;
  }

  private void endLine() throws IOException {
    String start = new String(line, 0, Math.min(length, 6), StandardCharsets.ISO_8859_1);
    if (!begun) {
      begun = start.equals("begin ");
    } else if (start.strip().equals("end")) {
      ended = true;
    } else if (!ended && length > 0) {
      decodeLine();
    }
    length = 0;
  }

  private void decodeLine() throws IOException {
    int wanted = sextet(0);
    byte[] decoded = new byte[wanted + 2];
    int count = 0;
    for (int i = 1; count < wanted; i += 4) {
      int bits = sextet(i) << 18 | sextet(i + 1) << 12 | sextet(i + 2) << 6 | sextet(i + 3);
      decoded[count++] = (byte) (bits >> 16);
      decoded[count++] = (byte) (bits >> 8);
      if (count < decoded.length) {
        decoded[count++] = (byte) bits;
      }
    }
    to.write(decoded, 0, wanted);
  }

  /** Blanks at the end of a line are lost on the way sometimes; they stand for zero. */
  private int sextet(int index) {
    boolean missing = index >= length || line[index] == '\r';
    return missing ? 0 : line[index] - ' ' & 0x3f;
  }
}
