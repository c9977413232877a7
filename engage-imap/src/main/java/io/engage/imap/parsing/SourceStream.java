package io.engage.imap.parsing;

import io.engage.model.message.MailContent;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.james.mime4j.io.EOLConvertingInputStream;

/**
 * The bytes of a mail in a form that the parser knows: no byte order mark, lines that end in LF.
 */
final class SourceStream extends FilterInputStream {
  private static final int LOOK_AHEAD = 8192;

  private final HeaderCharset charset;

  private SourceStream(InputStream in, HeaderCharset charset) {
    super(in);
    this.charset = charset;
  }

  static SourceStream open(MailContent content, Warnings warnings) throws IOException {
    InputStream source = buffered(content.open());
    byte[] start = new byte[(int) Math.max(1, Math.min(LOOK_AHEAD, content.size()))];
    int length = source.readNBytes(start, 0, start.length);
    int from = afterMark(start, length);
    warnings.addIf(length == 0, "The mail is empty");
    InputStream all = new Joined(start, from, length, source);
    if (hasOnlyCarriageReturns(start, length)) {
      warnings.add("Its lines end in CR only");
      all = new EOLConvertingInputStream(all, EOLConvertingInputStream.CONVERT_CR);
    }
    return new SourceStream(all, HeaderCharset.in(start));
  }

  /** What its first bytes say of the charset. */
  HeaderCharset charset() {
    return charset;
  }

  /** The parser reads little at once; that costs nothing in memory only. */
  private static InputStream buffered(InputStream source) {
    return source instanceof ByteArrayInputStream
        ? source
        : new BufferedInputStream(source, LOOK_AHEAD);
  }

  /** Also past blank lines, which would end the header before it begins. */
  private static int afterMark(byte[] start, int length) {
    boolean marked =
        length >= 3
            && start[0] == (byte) 0xef
            && start[1] == (byte) 0xbb
            && start[2] == (byte) 0xbf;
    int from = marked ? 3 : 0;
    while (from < length && (start[from] == '\r' || start[from] == '\n')) {
      from++;
    }
    return from;
  }

  private static boolean hasOnlyCarriageReturns(byte[] start, int length) {
    boolean found = false;
    for (int i = 0; i < length; i++) {
      if (start[i] == '\n') {
        return false;
      }
      found |= start[i] == '\r' && i + 1 < length;
    }
    return found;
  }

  /** The start, which was looked at, and what follows it. */
  private static final class Joined extends FilterInputStream {
    private final byte[] start;
    private final int length;
    private int position;

    Joined(byte[] start, int from, int length, InputStream rest) {
      super(rest);
      this.start = start;
      this.position = from;
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      return position < length ? start[position++] & 0xff : in.read();
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      if (position == length) {
        return in.read(into, offset, most);
      }
      int count = Math.min(most, length - position);
      System.arraycopy(start, position, into, offset, count);
      position += count;
      return count;
    }
  }
}
