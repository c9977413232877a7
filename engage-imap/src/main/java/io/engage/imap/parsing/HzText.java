package io.engage.imap.parsing;

import java.nio.charset.Charset;

/** HZ (RFC 1843): Chinese in seven bits, between {@code ~{} and {@code ~}}. */
final class HzText {
  private static final Charset CHINESE = Charset.forName("GB18030");

  private HzText() {}

  static String decode(byte[] bytes, int length) {
    byte[] eightBit = new byte[length];
    int count = 0;
    boolean chinese = false;
    for (int i = 0; i < length; i++) {
      int next = bytes[i] == '~' && i + 1 < length ? bytes[i + 1] : -1;
      if (next == '{' || next == '}') {
        chinese = next == '{';
        i++;
      } else if (!chinese && next == '~') {
        eightBit[count++] = bytes[i++];
      } else if (!chinese && next == '\n') {
        i++;
      } else {
        chinese &= bytes[i] != '\n';
        eightBit[count++] = (byte) (chinese && bytes[i] > ' ' ? bytes[i] | 0x80 : bytes[i]);
      }
    }
    return new String(eightBit, 0, count, CHINESE);
  }
}
