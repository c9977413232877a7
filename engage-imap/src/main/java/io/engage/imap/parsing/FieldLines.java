package io.engage.imap.parsing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.stream.FieldBuilder;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.apache.james.mime4j.util.RecycledByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes header fields of the lines that the parser reads. A field that is too long keeps its
 * beginning and its end; a line that is no field is set aside, because it may be text whose header
 * is missing (RFC 7103 section 7.1).
 */
final class FieldLines implements FieldBuilder {
  private static final int LONGEST = Bounds.FIELD_BEGINNING + 2 * Bounds.FIELD_END;
  private static final int LONGEST_WORD = 2_000;

  private final Warnings warnings;
  private final HeaderCharset charset;
  private final ByteArrayOutputStream strays = new ByteArrayOutputStream(0);
  private byte[] lines = new byte[1024];
  private int length;
  private int endOfBeginning;
  private boolean fieldSeen;

  /**
   * @param charset of what stands there unencoded and is not UTF-8
   */
  FieldLines(Warnings warnings, HeaderCharset charset) {
    this.warnings = warnings;
    this.charset = charset;
  }

  /** A new header begins. */
  void headerBegins() {
    strays.reset();
    fieldSeen = false;
  }

  /** The lines that were no fields, where the header ended with them or held nothing else. */
  byte[] strays() {
    return strays.toByteArray();
  }

  @Override
  public void reset() {
    length = 0;
    endOfBeginning = 0;
  }

  @Override
  public void append(@Nullable ByteArrayBuffer line) {
    int end = line == null ? 0 : line.length();
    for (int i = 0; line != null && i < end; i += Bounds.FIELD_END) {
      append(line.buffer(), i, Math.min(Bounds.FIELD_END, end - i));
    }
  }

  @Override
  public @Nullable RawField build() {
    int end = withoutLineEnd();
    if (end == 0) {
      return null;
    }
    int colon = endOfName(end);
    if (colon < 0) {
      setAside(end);
      return null;
    }
    accept();
    String name = new String(lines, 0, withoutBlanks(colon), StandardCharsets.US_ASCII);
    return new RawField(name, HeaderText.of(lines, colon + 1, end, charset));
  }

  /** Nothing is ever given back to the parser to be read again. */
  @Override
  public @Nullable RecycledByteArrayBuffer getRaw() {
    return null;
  }

  @Override
  public void release() {}

  private void append(byte[] bytes, int offset, int count) {
    if (length + count > LONGEST) {
      dropMiddle();
    }
    makeRoom(count);
    System.arraycopy(bytes, offset, lines, length, count);
    length += count;
  }

  /** Cuts between words, so that no word of what stays is half a word. */
  private void dropMiddle() {
    warnings.add("A header field is too long; its middle was left out");
    if (endOfBeginning == 0) {
      endOfBeginning = startOfWord(Bounds.FIELD_BEGINNING, length);
    }
    int tail = startOfWord(Math.max(endOfBeginning, length - Bounds.FIELD_END), length);
    System.arraycopy(lines, tail, lines, endOfBeginning, length - tail);
    length = endOfBeginning + length - tail;
  }

  /**
   * Where the first word begins at or behind {@code from}; {@code from} itself in endless words.
   */
  private int startOfWord(int from, int end) {
    int last = Math.min(end, from + LONGEST_WORD);
    for (int i = from; i < last; i++) {
      if (i > 0 && lines[i - 1] <= ' ' && lines[i - 1] >= 0) {
        return i;
      }
    }
    return from;
  }

  private void makeRoom(int more) {
    if (length + more > lines.length) {
      byte[] larger = new byte[Math.max(2 * lines.length, length + more)];
      System.arraycopy(lines, 0, larger, 0, length);
      lines = larger;
    }
  }

  private int withoutLineEnd() {
    int end = length;
    while (end > 0 && (lines[end - 1] == '\n' || lines[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  /** Where the colon stands; -1 when what is before it is no name of a field. */
  private int endOfName(int end) {
    boolean blank = false;
    for (int i = 0; i < end; i++) {
      byte b = lines[i];
      if (b == ':') {
        return i == 0 ? -1 : i;
      }
      boolean isBlank = b == ' ' || b == '\t';
      if ((blank && !isBlank) || (isBlank && i == 0) || (!isBlank && (b <= ' ' || b == 127))) {
        return -1;
      }
      blank = isBlank;
    }
    return -1;
  }

  /** A name begins with a letter; blanks may stand behind it. */
  private int withoutBlanks(int colon) {
    int end = colon;
    while (end > 0 && (lines[end - 1] == ' ' || lines[end - 1] == '\t')) {
      end--;
    }
    return end;
  }

  /** Lines between fields are debris of broken folding; lines at either end may be text. */
  private void accept() {
    if (fieldSeen && strays.size() > 0) {
      strays.reset();
    }
    fieldSeen = true;
  }

  private void setAside(int end) {
    if (isMboxLine(end)) {
      warnings.add("A line of an mbox file stands in the header");
      return;
    }
    warnings.add("A line in a header is no header field");
    if (strays.size() + end <= Bounds.PART_HEADER) {
      strays.write(lines, 0, end);
      strays.write('\n');
    }
  }

  private boolean isMboxLine(int end) {
    String start = new String(lines, 0, Math.min(end, 6), StandardCharsets.ISO_8859_1);
    return start.startsWith("From ") || start.startsWith(">From ");
  }
}
