package io.engage.imap.composing;

import io.engage.model.address.NamedAddress;
import io.engage.model.message.RfcMessageId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;

/** Header fields as they are sent: ASCII, folded, without a control character. */
final class HeaderWriting {
  private static final int WIDTH = 76;

  /** A word that is longer cannot stand on a line of 998 (RFC 5322 section 2.1.1). */
  private static final int LONGEST_WORD = 900;

  private static final Pattern WORD = Pattern.compile("[ \\t]*[^ \\t]+");
  private static final Pattern ATOMS =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+( [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");
  private static final int LONGEST_QUOTED = 200;

  private final StringBuilder written = new StringBuilder(1024);

  /** A value of ASCII words. */
  void plain(String name, String value) {
    if (name.length() > LONGEST_WORD) {
      throw new IllegalArgumentException("The name of a header field has at most 900 characters");
    }
    requireOneAsciiLine(name, value);
    written.append(name).append(':');
    String stripped = value.strip();
    if (name.length() + 2 + stripped.length() <= WIDTH) {
      written.append(stripped.isEmpty() ? "" : " ").append(stripped).append("\r\n");
    } else {
      folded(name.length() + 1, stripped);
    }
  }

  private void folded(int from, String stripped) {
    int column = from;
    Matcher words = WORD.matcher(" " + stripped);
    while (words.find()) {
      String word = words.group();
      if (column + word.length() > WIDTH && column > from) {
        written.append("\r\n");
        column = 0;
      }
      written.append(word);
      column += word.length();
    }
    written.append("\r\n");
  }

  /** A value for people, in any characters. */
  void text(String name, String value) {
    String line = oneLine(value);
    plain(name, mustBeEncoded(line) ? encoded(line, Usage.TEXT_TOKEN) : line);
  }

  /** A value that may be encoded already. */
  void extra(String name, String value) {
    String line = oneLine(value);
    boolean encode = !isAscii(line) || hasLongWord(line);
    plain(name, encode ? encoded(line, Usage.TEXT_TOKEN) : line);
  }

  /** Nothing for no addresses. */
  void addresses(String name, List<NamedAddress> addresses) {
    if (!addresses.isEmpty()) {
      plain(name, String.join(", ", addresses.stream().map(HeaderWriting::mailbox).toList()));
    }
  }

  /**
   * Those that ASCII can write; nothing for none. They help to thread and are no more than that.
   */
  void ids(String name, List<RfcMessageId> ids) {
    List<String> writable =
        ids.stream().filter(HeaderWriting::isWritable).map(RfcMessageId::bracketed).toList();
    if (!writable.isEmpty()) {
      plain(name, String.join(" ", writable));
    }
  }

  static boolean isWritable(RfcMessageId id) {
    return id.value().length() <= LONGEST_WORD && isAscii(id.value());
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 127) {
        return false;
      }
    }
    return true;
  }

  /** As words of RFC 2047, at most 75 characters each, none of which splits a character. */
  static String encoded(String text, Usage usage) {
    return EncoderUtil.encodeEncodedWord(text, usage, 0, StandardCharsets.UTF_8, null);
  }

  @Override
  public String toString() {
    return written.toString();
  }

  private static String mailbox(NamedAddress mailbox) {
    String address = mailbox.address().value();
    if (!isAscii(address)) {
      throw new IllegalArgumentException(
          "An address with other than ASCII characters before '@' cannot be written to. Use"
              + " another address of this person.");
    }
    String name = oneLine(mailbox.name());
    if (name.isEmpty()) {
      return address.startsWith("\"") ? '<' + address + '>' : address;
    }
    return phrase(name) + " <" + address + '>';
  }

  private static String phrase(String name) {
    if (!isAscii(name) || name.contains("=?") || name.length() > LONGEST_QUOTED) {
      return encoded(name, Usage.WORD_ENTITY);
    }
    boolean atoms = ATOMS.matcher(name).matches();
    return atoms ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean mustBeEncoded(String line) {
    return !isAscii(line) || line.contains("=?") || hasLongWord(line);
  }

  private static boolean hasLongWord(String line) {
    Matcher words = WORD.matcher(line);
    while (line.length() > LONGEST_WORD && words.find()) {
      if (words.end() - words.start() > LONGEST_WORD) {
        return true;
      }
    }
    return false;
  }

  /** The records refuse line breaks; blanks stand for what else is no part of a line. */
  private static String oneLine(String text) {
    int breaks = 0;
    for (int i = 0; i < text.length(); i++) {
      breaks += breaksLine(text.charAt(i)) ? 1 : 0;
    }
    return breaks == 0 ? text.strip() : withBlanks(text);
  }

  private static String withBlanks(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line.append(breaksLine(c) ? ' ' : c);
    }
    return line.toString().strip();
  }

  private static boolean breaksLine(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  /** The last line of defence: nothing that ends a line or is not ASCII is ever written. */
  private static void requireOneAsciiLine(String name, String value) {
    if (!isAscii(value) || hasControl(value)) {
      throw new IllegalArgumentException(
          "The header field '%s' has a character that cannot be sent".formatted(name));
    }
  }

  private static boolean hasControl(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (ascii.charAt(i) < ' ') {
        return true;
      }
    }
    return false;
  }
}
