package io.engage.imap.composing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * How a text travels: as it is where that is safe, else in quoted-printable, in base64 where most
 * of it is not ASCII.
 *
 * @param name of the Content-Transfer-Encoding
 * @param parts encoded, one after the other, with a line end at the end
 */
record TextEncoding(String name, List<byte[]> parts) {
  private static final int LONGEST_LINE = 998;

  static TextEncoding of(String text) {
    return of(List.of(TextLines.of(text, true, true)));
  }

  /** Of all lines of a text. */
  static TextEncoding of(List<TextLines> text) {
    if (isSafe(text)) {
      return new TextEncoding("7bit", asTheyAre(text));
    }
    return isMostlyAscii(text)
        ? new TextEncoding("quoted-printable", quoted(text))
        : new TextEncoding("base64", List.of(base64(joined(text))));
  }

  static byte[] base64(byte[] bytes) {
    byte[] lines = Base64.getMimeEncoder().encode(bytes);
    byte[] ended = Arrays.copyOf(lines, lines.length + 2);
    ended[lines.length] = '\r';
    ended[lines.length + 1] = '\n';
    return ended;
  }

  /** Whether a mail can be sent within another one as it is. */
  static boolean isPlainMail(byte[] content, String boundary) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    int length = 0;
    for (int i = 0; i < content.length; i++) {
      byte b = content[i];
      boolean lineEnd = b == '\n';
      boolean carriageReturn = i > 0 && content[i - 1] == '\r';
      length = lineEnd ? 0 : length + 1;
      if (b <= 0 || lineEnd != carriageReturn || length > LONGEST_LINE) {
        return false;
      }
    }
    return text.endsWith("\r\n") && !text.contains(boundary);
  }

  int length() {
    return length(parts);
  }

  private static boolean isSafe(List<TextLines> text) {
    for (TextLines lines : text) {
      if (!lines.isSafe()) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> asTheyAre(List<TextLines> text) {
    List<byte[]> parts = new ArrayList<>(text.size());
    text.forEach(lines -> parts.add(lines.bytes()));
    return parts;
  }

  private static List<byte[]> quoted(List<TextLines> text) {
    List<byte[]> parts = new ArrayList<>(text.size());
    text.forEach(lines -> parts.add(lines.quoted()));
    return parts;
  }

  private static boolean isMostlyAscii(List<TextLines> text) {
    int others = 0;
    int length = 0;
    for (TextLines lines : text) {
      others += lines.others();
      length += lines.bytes().length;
    }
    return others <= length / 4;
  }

  private static byte[] joined(List<TextLines> text) {
    List<byte[]> parts = asTheyAre(text);
    byte[] all = new byte[length(parts)];
    int size = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, size, part.length);
      size += part.length;
    }
    return all;
  }

  private static int length(List<byte[]> parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, part.length);
    }
    return length;
  }
}
