package io.engage.dialer.listing;

import org.jspecify.annotations.Nullable;

/** Parts characters into lines; of one that is too long nothing is kept. */
final class Lines {
  /** The longest row, in characters. */
  static final int LONGEST = 1_000_000;

  private final Decoding decoding;
  private final char[] chunk = new char[32 * 1024];
  private int at;
  private int end;
  private long count;

  Lines(Decoding decoding) {
    this.decoding = decoding;
  }

  /** The next line; null at the end. */
  @Nullable Line next() {
    if (!hasCharacters()) {
      return null;
    }
    count++;
    int stop = lineEnd();
    return stop < end ? line(taken(stop), false) : longLine();
  }

  /** Goes on beyond the chunk. */
  private Line longLine() {
    StringBuilder text = new StringBuilder();
    boolean tooLong = false;
    do {
      int stop = lineEnd();
      tooLong |= text.length() + (stop - at) > LONGEST;
      if (tooLong) {
        text.setLength(0);
        text.trimToSize();
      } else {
        text.append(chunk, at, stop - at);
      }
      at = stop;
    } while (at == end && hasCharacters());
    return line(text.toString(), tooLong);
  }

  private Line line(String text, boolean tooLong) {
    return new Line(count, text, ending(), tooLong);
  }

  private String taken(int stop) {
    String text = new String(chunk, at, stop - at);
    at = stop;
    return text;
  }

  /** Stands at a line break or at the end of the file. */
  private String ending() {
    if (at == end) {
      return "";
    }
    if (chunk[at++] == '\n') {
      return "\n";
    }
    if (hasCharacters() && chunk[at] == '\n') {
      at++;
      return "\r\n";
    }
    return "\r";
  }

  private int lineEnd() {
    for (int i = at; i < end; i++) {
      if (chunk[i] == '\n' || chunk[i] == '\r') {
        return i;
      }
    }
    return end;
  }

  private boolean hasCharacters() {
    if (at == end) {
      at = 0;
      end = Math.max(0, decoding.read(chunk));
    }
    return at < end;
  }
}
