package io.engage.imap.parsing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts headers before the parser pays for them: while a header is being read, lines and the whole
 * are bounded; what is over is passed by. Bodies go through untouched.
 *
 * <p>mime4j's own limits end the parse with an exception, and the mail would be lost. The parser
 * reads a few kilobytes ahead, so the bounds are exact to that much.
 */
final class HeaderGuard extends FilterInputStream {
  private boolean inHeader;
  private boolean cut;
  private int longestLine;
  private int longestHeader;
  private long lineLength;
  private boolean lineHasContent;
  private long headerLength;
  private Passing passing = Passing.NOTHING;

  private enum Passing {
    NOTHING,
    LINE,
    HEADER
  }

  HeaderGuard(InputStream in) {
    super(in);
  }

  /** The next bytes are a header; the outermost one may be longer than those of parts. */
  void headerBegins(boolean outermost) {
    inHeader = true;
    longestLine = outermost ? Bounds.HEADER_LINE : Bounds.PART_HEADER_LINE;
    longestHeader = outermost ? Bounds.HEADER : Bounds.PART_HEADER;
    lineLength = 0;
    lineHasContent = false;
    headerLength = 0;
    passing = Passing.NOTHING;
  }

  void headerEnds() {
    inHeader = false;
  }

  /** Whether anything was passed by. */
  boolean hasCut() {
    return cut;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      int count = in.read(buffer, offset, length);
      if (count <= 0 || !inHeader) {
        return count;
      }
      int kept = isWithinBounds(count) ? all(buffer, offset, count) : kept(buffer, offset, count);
      if (kept > 0) {
        return kept;
      }
    }
  }

  private boolean isWithinBounds(int count) {
    return passing == Passing.NOTHING
        && lineLength + count <= longestLine
        && headerLength + count <= longestHeader;
  }

  private int all(byte[] buffer, int offset, int count) {
    int last = offset + count - 1;
    while (last >= offset && buffer[last] != '\n') {
      last--;
    }
    int rest = offset + count - 1 - last;
    boolean newLine = last >= offset;
    boolean hasContent = rest > 0 && (rest > 1 || buffer[last + 1] != '\r');
    headerLength += count;
    lineLength = newLine ? rest : lineLength + rest;
    lineHasContent = newLine ? hasContent : lineHasContent || hasContent;
    return count;
  }

  private int kept(byte[] buffer, int offset, int count) {
    int to = offset;
    for (int i = offset; i < offset + count; i++) {
      byte b = buffer[i];
      if (keeps(b)) {
        buffer[to++] = b;
      } else if (startsToPass()) {
        buffer[to++] = '\n';
      }
    }
    return to - offset;
  }

  private boolean keeps(byte b) {
    headerLength += passing == Passing.NOTHING ? 1 : 0;
    lineLength++;
    if (b == '\n') {
      return endsLine();
    }
    lineHasContent |= b != '\r';
    return passing == Passing.NOTHING && lineLength <= longestLine && headerLength <= longestHeader;
  }

  /** The end of a line always stays, unless the whole rest of the header is passed by. */
  private boolean endsLine() {
    boolean blank = !lineHasContent;
    lineLength = 0;
    lineHasContent = false;
    boolean stays = passing == Passing.NOTHING || blank;
    if (passing == Passing.LINE || blank) {
      passing = Passing.NOTHING;
      headerLength = blank ? 0 : headerLength;
    }
    return stays;
  }

  /**
   * Whether this byte is the first that is passed by and has to become the end of the line that it
   * would have stood in. At the start of a line an end would be a blank line, the end of the
   * header.
   */
  private boolean startsToPass() {
    if (passing != Passing.NOTHING || lineLength == 0) {
      return false;
    }
    passing = headerLength > longestHeader ? Passing.HEADER : Passing.LINE;
    cut = true;
    return lineLength > 1;
  }
}
