package io.engage.imap.composing;

import io.engage.model.message.FileName;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.james.mime4j.codec.EncoderUtil.Usage;

/**
 * The parameters that name a file: as RFC 2231 has it in the disposition, and for older programs as
 * encoded words in the type.
 */
final class FileNameParameters {
  private static final int LONGEST_SECTION = 60;
  private static final String UNRESERVED = "!#$&+-.^_`|~";

  private FileNameParameters() {}

  /** What follows {@code Content-Type: type/subtype;}. */
  static String forType(FileName name) {
    String value = name.value();
    return isQuotable(value)
        ? "\r\n name=" + quoted(value)
        : "\r\n name=\""
            + HeaderWriting.encoded(value, Usage.WORD_ENTITY).replace(" ", "\r\n ")
            + '"';
  }

  /** What follows {@code Content-Disposition: attachment;}. */
  static String forDisposition(FileName name) {
    String value = name.value();
    return isQuotable(value) ? "\r\n filename=" + quoted(value) : extended(value);
  }

  private static boolean isQuotable(String value) {
    return HeaderWriting.isAscii(value) && !value.contains("=?");
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** Sections end between characters, for readers that decode each by itself. */
  private static String extended(String value) {
    StringBuilder sections = new StringBuilder();
    StringBuilder section = new StringBuilder("UTF-8''");
    int count = 0;
    for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
      String encoded = encoded(value.codePointAt(i));
      if (section.length() + encoded.length() > LONGEST_SECTION) {
        sections.append("\r\n filename*").append(count++).append("*=").append(section).append(';');
        section.setLength(0);
      }
      section.append(encoded);
    }
    return count == 0
        ? "\r\n filename*=" + section
        : sections + "\r\n filename*" + count + "*=" + section;
  }

  private static String encoded(int codePoint) {
    boolean plain =
        Character.isLetterOrDigit(codePoint) && codePoint < 128
            || UNRESERVED.indexOf(codePoint) >= 0;
    if (plain) {
      return Character.toString(codePoint);
    }
    byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    return '%' + HexFormat.ofDelimiter("%").withUpperCase().formatHex(bytes);
  }
}
