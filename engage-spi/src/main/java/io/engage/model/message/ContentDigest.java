package io.engage.model.message;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;

/** The SHA-256 of some bytes, as 64 lower-case hexadecimal digits: the identity of content. */
public record ContentDigest(String value) {
  private static final int DIGITS = 64;

  public ContentDigest {
    requireNonNull(value, "value");
    if (!isHex(value)) {
      throw new IllegalArgumentException(
          "A content digest is 64 lower-case hexadecimal digits, but this has "
              + value.length()
              + " characters");
    }
  }

  public static ContentDigest of(String hex) {
    return new ContentDigest(hex);
  }

  /** From the 32 bytes that SHA-256 gives. */
  public static ContentDigest of(byte[] sha256) {
    return new ContentDigest(HexFormat.of().formatHex(sha256));
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isHex(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return value.length() == DIGITS;
  }
}
