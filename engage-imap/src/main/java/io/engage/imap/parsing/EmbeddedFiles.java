package io.engage.imap.parsing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files that stand within plain text, as they did before MIME: uuencoded ({@code begin 644 name})
 * or in yEnc ({@code =ybegin}). Words that only look like the beginning of one stay text.
 */
final class EmbeddedFiles {
  private static final Pattern UU_BEGIN = Pattern.compile("begin [0-7]{3,4} (\\S.{0,250})");
  private static final Pattern YENC_BEGIN =
      Pattern.compile("=ybegin .{0,80}\\bsize=[0-9]{1,12} name=(\\S.{0,250})");
  private static final int LONGEST_BEGIN = 400;

  /** A block of text that is a file; the bounds take in its first and last line. */
  record Found(int from, int to, String name, boolean yEnc) {}

  private final byte[] text;
  private final int most;
  private final List<Found> found = new ArrayList<>();
  private int yEncEnd;

  private EmbeddedFiles(byte[] text, int most) {
    this.text = text;
    this.most = most;
  }

  /** The files in {@code text}, in order, the first {@code most} of them. */
  static List<Found> find(byte[] text, int most) {
    EmbeddedFiles files = new EmbeddedFiles(text, most);
    files.read();
    return files.found;
  }

  /** What is left when the files are taken out. */
  static byte[] without(List<Found> files, byte[] text) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream(text.length);
    int position = 0;
    for (Found each : files) {
      rest.write(text, position, each.from - position);
      position = each.to;
    }
    rest.write(text, position, text.length - position);
    return rest.toByteArray();
  }

  static byte[] decode(Found file, byte[] text) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(file.to - file.from);
    if (file.yEnc) {
      decodeYEnc(file, text, decoded);
      return decoded.toByteArray();
    }
    UuDecoding decoding = new UuDecoding(decoded);
    try {
      decoding.write(text, file.from, file.to - file.from);
      decoding.finish();
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return decoded.toByteArray();
  }

  private void read() {
    int line = 0;
    while (line < text.length && found.size() < most) {
      Found file = text[line] == 'b' || text[line] == '=' ? fileAt(line) : null;
      if (file == null) {
        line = nextLine(line);
      } else {
        found.add(file);
        line = file.to;
      }
    }
  }

  private @Nullable Found fileAt(int line) {
    int end = endOfLine(line);
    if (end - line > LONGEST_BEGIN) {
      return null;
    }
    String begin = new String(text, line, end - line, StandardCharsets.ISO_8859_1).strip();
    Matcher uu = UU_BEGIN.matcher(begin);
    if (uu.matches()) {
      int to = endOfUu(nextLine(line));
      return to < 0 ? null : new Found(line, to, name(uu.group(1)), false);
    }
    Matcher yEnc = YENC_BEGIN.matcher(begin);
    int to = yEnc.matches() ? endOfYEnc(nextLine(line)) : -1;
    return to < 0 ? null : new Found(line, to, name(yEnc.group(1)), true);
  }

  private static String name(String written) {
    byte[] bytes = written.getBytes(StandardCharsets.ISO_8859_1);
    return EncodedWords.decode(Charsets.guess(bytes, bytes.length, null));
  }

  /** Behind the {@code end} line; -1 when a line on the way there is not of the encoding. */
  private int endOfUu(int from) {
    int line = from;
    while (line < text.length) {
      int length = endOfLine(line) - line;
      int next = nextLine(line);
      if (isEnd(line, length)) {
        return line == from ? -1 : next;
      }
      if (length > 0 && !isUuLine(line, length, line == from)) {
        return -1;
      }
      line = next;
    }
    return -1;
  }

  private boolean isEnd(int line, int length) {
    return length == 3 && text[line] == 'e' && text[line + 1] == 'n' && text[line + 2] == 'd';
  }

  /** The first line has to be exact, later ones may have lost the blanks at their end. */
  private boolean isUuLine(int line, int length, boolean exact) {
    int encoded = ((text[line] - ' ' & 0x3f) + 2) / 3 * 4;
    for (int i = line; i < line + length; i++) {
      if (text[i] < ' ' || text[i] > '`') {
        return false;
      }
    }
    return length - 1 <= encoded + 2 && (!exact || length - 1 >= encoded - 2);
  }

  /** Each search that fails spares the next ones. */
  private int endOfYEnc(int from) {
    if (yEncEnd < 0) {
      return -1;
    }
    for (int line = from; line < text.length; line = nextLine(line)) {
      if (startsWith(line, "=yend ")) {
        return nextLine(line);
      }
    }
    yEncEnd = -1;
    return -1;
  }

  private boolean startsWith(int at, String start) {
    for (int i = 0; i < start.length(); i++) {
      if (at + i >= text.length || text[at + i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int endOfLine(int from) {
    int end = nextLine(from);
    while (end > from && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
      end--;
    }
    return end;
  }

  private int nextLine(int from) {
    int i = from;
    while (i < text.length && text[i] != '\n') {
      i++;
    }
    return Math.min(i + 1, text.length);
  }

  /** Each byte has 42 added to it, and 64 more behind an equals sign. */
  private static void decodeYEnc(Found file, byte[] text, ByteArrayOutputStream to) {
    boolean lineStarts = true;
    boolean control = false;
    for (int i = file.from; i < file.to; i++) {
      byte b = text[i];
      if (b == '\n' || b == '\r') {
        control &= b != '\n';
        lineStarts = true;
        continue;
      }
      control |= lineStarts && b == '=' && i + 1 < file.to && text[i + 1] == 'y';
      lineStarts = false;
      if (!control) {
        boolean escaped = b == '=' && i + 1 < file.to;
        to.write(escaped ? text[++i] - 64 - 42 : b - 42);
      }
    }
  }
}
