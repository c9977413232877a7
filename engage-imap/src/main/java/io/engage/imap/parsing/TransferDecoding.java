package io.engage.imap.parsing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * Takes the bytes of a part as they travelled and writes them decoded. Broken encodings are decoded
 * as far as they make sense. Memory is fixed.
 *
 * <p>mime4j's decoding streams are not used: its quoted-printable stream holds a run of blanks of
 * any length, its base64 stream drops what follows padding, and both work byte by byte.
 */
abstract class TransferDecoding {
  private static final Set<String> KNOWN =
      Set.of(
          "",
          "7bit",
          "8bit",
          "binary",
          "7-bit",
          "8-bit",
          "none",
          "base64",
          "base-64",
          "b64",
          "b",
          "quoted-printable",
          "quotedprintable",
          "qp",
          "q",
          "x-uuencode",
          "uuencode",
          "x-uue",
          "uue");

  /** Takes more of the encoded bytes. */
  abstract void write(byte[] bytes, int offset, int length) throws IOException;

  /** The encoded bytes are complete. */
  void finish() throws IOException {}

  /** Whether the encoding was broken somewhere. */
  boolean isBroken() {
    return false;
  }

  /** For the value of a Content-Transfer-Encoding field in lower case; empty for none. */
  static TransferDecoding of(String encoding, OutputStream to, Room room) {
    return switch (encoding) {
      case "base64", "base-64", "b64", "b" -> new Base64Decoding(to, room.digits(), room.decoded());
      case "quoted-printable", "quotedprintable", "qp", "q" ->
          new QuotedPrintableDecoding(to, room.decoded());
      case "x-uuencode", "uuencode", "x-uue", "uue" -> new UuDecoding(to);
      default -> new Identity(to);
    };
  }

  /** Whether {@code encoding} is one of those above, or says that nothing is encoded. */
  static boolean isKnown(String encoding) {
    return KNOWN.contains(encoding);
  }

  private static final class Identity extends TransferDecoding {
    private final OutputStream to;

    Identity(OutputStream to) {
      this.to = to;
    }

    @Override
    void write(byte[] bytes, int offset, int length) throws IOException {
      to.write(bytes, offset, length);
    }
  }
}
