package io.engage.imap.parsing;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decodes encoded words (RFC 2047), also the wrong ones: adjacent words whose characters are split
 * between them, blanks within a word, unknown charsets, broken base64.
 *
 * <p>mime4j's decoder is not used: it takes quadratic time for words that never end, and leaves
 * words in charsets that it does not know.
 */
final class EncodedWords {
  private static final int LONGEST_CHARSET = 60;
  private static final int LONGEST_UNENDED = 1_000;

  private final String text;
  private final StringBuilder decoded;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final StringBuilder pending = new StringBuilder();
  private String charset = "";
  private boolean wordBefore;
  private int noEndFrom = Integer.MAX_VALUE;

  private EncodedWords(String text) {
    this.text = text;
    this.decoded = new StringBuilder(text.length());
  }

  /** The text with its encoded words decoded, still on one line. */
  static String decode(String text) {
    return text.contains("=?") ? HeaderText.withoutControls(new EncodedWords(text).decode()) : text;
  }

  private String decode() {
    int position = 0;
    for (int start = text.indexOf("=?"); start >= 0; start = text.indexOf("=?", position)) {
      Word word = wordAt(start);
      if (word == null) {
        plain(position, start + 2);
        position = start + 2;
      } else {
        between(position, start);
        add(word);
        position = word.end;
      }
    }
    plain(position, text.length());
    endBytes();
    return decoded.toString();
  }

  private record Word(String charset, boolean base64, int from, int to, int end) {}

  private @Nullable Word wordAt(int start) {
    int charsetEnd = text.indexOf('?', start + 2);
    if (charsetEnd < 0 || charsetEnd - start > LONGEST_CHARSET || charsetEnd + 3 > text.length()) {
      return null;
    }
    char encoding = Character.toUpperCase(text.charAt(charsetEnd + 1));
    if ((encoding != 'B' && encoding != 'Q') || text.charAt(charsetEnd + 2) != '?') {
      return null;
    }
    int end = endOfWord(charsetEnd + 3);
    String label = text.substring(start + 2, charsetEnd).toLowerCase(Locale.ROOT);
    if (end < 0) {
      return unended(label, encoding == 'B', charsetEnd + 3);
    }
    return new Word(label, encoding == 'B', charsetEnd + 3, end, end + 2);
  }

  /** The last word of a text that was cut, if all the rest can be one. */
  private @Nullable Word unended(String label, boolean base64, int from) {
    int end = text.length();
    while (end > from && "?= ".indexOf(text.charAt(end - 1)) >= 0 && !(base64 && isPadding(end))) {
      end--;
    }
    boolean word = end > from && end - from <= LONGEST_UNENDED && isWord(from, end);
    return word ? new Word(label, base64, from, end, text.length()) : null;
  }

  private boolean isPadding(int end) {
    return text.charAt(end - 1) == '=' && text.charAt(end - 2) != '?';
  }

  private boolean isWord(int from, int end) {
    return text.substring(from, end).chars().allMatch(c -> c > ' ' && c < 127 && c != '?');
  }

  /** Each search that fails shortens the next ones, so that all together are linear. */
  private int endOfWord(int from) {
    if (from >= noEndFrom) {
      return -1;
    }
    int end = text.indexOf("?=", from);
    if (end < 0) {
      noEndFrom = from;
    }
    return end;
  }

  /** White space between two encoded words is no part of the text (RFC 2047 section 6.2). */
  private void between(int from, int to) {
    boolean joined = wordBefore && text.substring(from, to).isBlank();
    if (!joined) {
      plain(from, to);
    }
  }

  private void plain(int from, int to) {
    if (from < to) {
      endBytes();
      decoded.append(text, from, to);
      wordBefore = false;
    }
  }

  private void add(Word word) {
    if (!word.charset.equals(charset)) {
      endBytes();
      charset = word.charset;
    }
    String content = text.substring(word.from, word.to);
    if (word.base64) {
      base64(content);
    } else {
      endBase64();
      quoted(content);
    }
    wordBefore = true;
  }

  /** Some cut the encoded text anywhere: two words that fill no quantum may do so together. */
  private void base64(String content) {
    boolean fits = pending.length() % 4 != 0 && (pending.length() + content.length()) % 4 == 0;
    if (!fits) {
      endBase64();
    }
    pending.append(content);
  }

  private void endBase64() {
    if (pending.length() > 0) {
      bytes.writeBytes(Base64Decoding.decode(pending.toString()));
      pending.setLength(0);
    }
  }

  private void quoted(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      int value = c == '=' ? Hex.at(content, i + 1) : -1;
      if (value >= 0) {
        bytes.write(value);
        i += 2;
      } else if (c > 127) {
        endBytes();
        decoded.append(c);
      } else {
        bytes.write(c == '_' ? ' ' : c);
      }
    }
  }

  private void endBytes() {
    endBase64();
    if (bytes.size() > 0) {
      byte[] all = bytes.toByteArray();
      decoded.append(Charsets.decode(all, all.length, charset).text());
      bytes.reset();
    }
  }
}
