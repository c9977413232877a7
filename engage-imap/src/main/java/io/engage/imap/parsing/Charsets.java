package io.engage.imap.parsing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text from bytes, whatever charset they claim to be in. It never fails: where the claim is unknown
 * or wrong, strict UTF-8 is tried, then Windows-1252.
 */
final class Charsets {
  private static final Charset WESTERN = CharsetNames.WESTERN;

  private Charsets() {}

  /**
   * @param odd what was wrong with the claim; null when it was right
   */
  record Decoded(String text, @Nullable String odd) {}

  /** Decodes by the charset that {@code label} names; null for none. */
  static Decoded decode(byte[] bytes, int length, @Nullable String label) {
    Decoded decoded = decodeMarked(bytes, length, label);
    boolean marked = !decoded.text.isEmpty() && decoded.text.charAt(0) == '\uFEFF';
    return marked ? new Decoded(decoded.text.substring(1), decoded.odd) : decoded;
  }

  private static Decoded decodeMarked(byte[] bytes, int length, @Nullable String label) {
    String name = label == null ? "" : CharsetNames.normal(label);
    if (CharsetNames.isUtf7(name)) {
      return new Decoded(Utf7.decode(bytes, length), null);
    }
    if (name.equals("hz-gb-2312") || name.equals("hz")) {
      return new Decoded(HzText.decode(bytes, length), null);
    }
    Charset charset = CharsetNames.find(name);
    if (charset == null) {
      Decoded guessed = guess(bytes, length);
      return CharsetNames.claimsNothing(name) && !CharsetNames.isAscii(name)
          ? guessed
          : new Decoded(guessed.text(), oddity(name, guessed));
    }
    if (charset.equals(StandardCharsets.UTF_8)) {
      return utf8(bytes, length);
    }
    if (charset.equals(StandardCharsets.UTF_16)) {
      return new Decoded(utf16(bytes, length), null);
    }
    return declared(bytes, length, charset);
  }

  /** Decodes bytes whose charset nobody named. */
  static Decoded guess(byte[] bytes, int length) {
    Charset japanese = looksJapanese(bytes, length) ? CharsetNames.known("ISO-2022-JP") : null;
    String jis = japanese == null ? null : strict(bytes, length, japanese);
    if (jis != null) {
      return new Decoded(jis, null);
    }
    Decoded marked = marked(bytes, length);
    if (marked != null) {
      return marked;
    }
    String text = strict(bytes, length, StandardCharsets.UTF_8);
    return text != null
        ? new Decoded(text, null)
        : new Decoded(likely(bytes, length), "the charset was guessed");
  }

  /**
   * Decodes bytes of a header, whose charset nobody can name there.
   *
   * @param hint the charset of the mail's body; null when there is none
   */
  static String guess(byte[] bytes, int length, @Nullable Charset hint) {
    Decoded guessed = guess(bytes, length);
    String hinted = hint == null || guessed.odd == null ? null : strict(bytes, length, hint);
    return hinted == null ? guessed.text : hinted;
  }

  private static String likely(byte[] bytes, int length) {
    return new String(bytes, 0, length, CharsetGuess.of(bytes, length));
  }

  /** Without a mark the order of the bytes is seen by the zeros, which most texts have. */
  private static String utf16(byte[] bytes, int length) {
    int zeros = 0;
    for (int i = 0; i < length; i++) {
      zeros += bytes[i] != 0 ? 0 : i % 2 == 0 ? -1 : 1;
    }
    boolean marked = marked(bytes, length) != null;
    Charset order = zeros > 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    return new String(bytes, 0, length, marked ? StandardCharsets.UTF_16 : order);
  }

  private static @Nullable String oddity(String name, Decoded guessed) {
    if (!CharsetNames.isAscii(name)) {
      return "its charset is unknown";
    }
    boolean ascii = guessed.text().chars().allMatch(c -> c < 128);
    return ascii ? null : "it has characters that its charset does not have";
  }

  private static Decoded declared(byte[] bytes, int length, Charset charset) {
    boolean western = charset.equals(WESTERN);
    if (western && isAscii(bytes, length)) {
      return new Decoded(new String(bytes, 0, length, StandardCharsets.ISO_8859_1), null);
    }
    if (western) {
      String utf8 = strict(bytes, length, StandardCharsets.UTF_8);
      if (utf8 != null) {
        return new Decoded(utf8, "it is in UTF-8, not in the charset it names");
      }
    }
    String text = strict(bytes, length, charset);
    if (text != null && hasControls(text)) {
      String windows = strict(bytes, length, CharsetNames.onWindows(charset));
      return new Decoded(windows == null ? text : windows, null);
    }
    return text != null ? new Decoded(text, null) : mended(bytes, length, charset);
  }

  /** C1 controls, which no text has, are where Windows puts its quotes and more letters. */
  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> c >= 0x80 && c <= 0x9f);
  }

  private static Decoded utf8(byte[] bytes, int length) {
    int from = hasMark(bytes, length) ? 3 : 0;
    String text = new String(bytes, from, length - from, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0 || strict(bytes, length, StandardCharsets.UTF_8) != null) {
      return new Decoded(text, null);
    }
    return mended(bytes, length, StandardCharsets.UTF_8);
  }

  /** A few broken characters are left as such; where most are broken the claim is not believed. */
  private static Decoded mended(byte[] bytes, int length, Charset claimed) {
    String text = new String(bytes, 0, length, claimed);
    long broken = text.chars().filter(c -> c == '\uFFFD').count();
    long whole = text.chars().filter(c -> c > 127 && c != '\uFFFD').count();
    if (whole > 2 * broken || claimed.equals(WESTERN)) {
      return new Decoded(text, "some of its characters are broken");
    }
    String utf8 = strict(bytes, length, StandardCharsets.UTF_8);
    String better = utf8 != null ? utf8 : likely(bytes, length);
    return new Decoded(better, "it is not in the charset it names");
  }

  private static @Nullable Decoded marked(byte[] bytes, int length) {
    if (length < 2) {
      return null;
    }
    int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    return mark == 0xfeff || mark == 0xfffe
        ? new Decoded(new String(bytes, 0, length, StandardCharsets.UTF_16), null)
        : null;
  }

  private static boolean hasMark(byte[] bytes, int length) {
    return length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private static boolean isAscii(byte[] bytes, int length) {
    int all = 0;
    for (int i = 0; i < length; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }

  /** Escapes of ISO-2022-JP ({@code ESC $} and {@code ESC (}) in bytes that are ASCII otherwise. */
  private static boolean looksJapanese(byte[] bytes, int length) {
    for (int i = 0; i + 1 < length; i++) {
      if (bytes[i] == 0x1b && bytes[i + 1] == '$') {
        return true;
      }
    }
    return false;
  }

  /** The text, or null when a byte of it is not in the charset. */
  private static @Nullable String strict(byte[] bytes, int length, Charset charset) {
    int from = charset.equals(StandardCharsets.UTF_8) && hasMark(bytes, length) ? 3 : 0;
    String text = new String(bytes, from, length - from, charset);
    if (text.indexOf('\uFFFD') < 0) {
      return text;
    }
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, length - from))
          .toString();
    } catch (CharacterCodingException notInIt) {
      return null;
    }
  }
}
