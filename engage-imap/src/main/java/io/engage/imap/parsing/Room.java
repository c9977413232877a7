package io.engage.imap.parsing;

/**
 * Room in which the leaves of one mail are decoded, one after the other. Most leaves are smaller
 * than the arrays that it takes, so these are made once for a mail, when the first leaf wants them.
 */
final class Room {
  static final int BYTES = 8192;
  private static final byte[] NOT_MADE = {};

  private byte[] encoded = NOT_MADE;
  private byte[] digits = NOT_MADE;
  private byte[] decoded = NOT_MADE;

  /** For bytes as they travelled. */
  byte[] encoded() {
    encoded = made(encoded);
    return encoded;
  }

  /** For the digits of base64. */
  byte[] digits() {
    digits = made(digits);
    return digits;
  }

  /** For what was decoded. */
  byte[] decoded() {
    decoded = made(decoded);
    return decoded;
  }

  private static byte[] made(byte[] array) {
    return array.length == 0 ? new byte[BYTES] : array;
  }
}
