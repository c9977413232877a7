package io.engage.dialer.inviting;

/**
 * Folds lines at 75 octets (RFC 5545 section 3.1). The calendar library counts characters, which
 * makes lines of most languages too long, and cuts those outside the basic plane in two.
 */
final class OctetFolding {
  private static final int LONGEST = 75;

  private OctetFolding() {}

  /**
   * @param lines with CRLF line ends
   */
  static String fold(String lines) {
    StringBuilder folded = new StringBuilder(lines.length() + lines.length() / 32);
    int octets = 0;
    for (int i = 0; i < lines.length(); i = lines.offsetByCodePoints(i, 1)) {
      int c = lines.codePointAt(i);
      boolean lineEnd = c == '\r' || c == '\n';
      if (!lineEnd && octets + octets(c) > LONGEST) {
        folded.append("\r\n ");
        octets = 1;
      }
      octets = lineEnd ? 0 : octets + octets(c);
      folded.appendCodePoint(c);
    }
    return folded.toString();
  }

  private static int octets(int c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
}
