package io.engage.imap.parsing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Text from the decoded bytes of a part: its charset, its line ends, its format. */
final class TextReading {
  private static final int START_OF_HTML = 2_048;
  private static final Pattern CHARSET_IN_HTML =
      Pattern.compile(
          "<meta[^>]{0,200}charset\\s*=\\s*[\"']?([A-Za-z0-9_.:-]{2,40})",
          Pattern.CASE_INSENSITIVE);

  private TextReading() {}

  static String plain(byte[] bytes, PartHead head, Warnings warnings) {
    String text = normal(decoded(bytes, head.getCharset(), warnings));
    String format = head.contentType().plain("format");
    if (head.type().equals("text/enriched") || head.type().equals("text/richtext")) {
      return EnrichedText.plain(text, head.getSubType().equals("richtext"));
    }
    boolean flowed = "flowed".equalsIgnoreCase(format) && head.type().equals("text/plain");
    return flowed
        ? FlowedText.unfold(text, "yes".equalsIgnoreCase(head.contentType().plain("delsp")))
        : text;
  }

  /** What the HTML says of its charset counts where the header of its part knows nothing. */
  static String html(byte[] bytes, PartHead head, Warnings warnings) {
    String declared = head.getCharset();
    boolean known =
        declared != null
            && (CharsetNames.find(declared) != null
                || CharsetNames.isUtf7(CharsetNames.normal(declared)));
    String within = known ? null : charsetInHtml(bytes);
    return normal(decoded(bytes, within != null ? within : declared, warnings));
  }

  /**
   * @param headerOnly whether the text ends where its first header does
   */
  static String report(byte[] bytes, PartHead head, boolean headerOnly) {
    String text = normal(Charsets.decode(bytes, bytes.length, head.getCharset()).text());
    int end = headerOnly ? text.indexOf("\n\n") : -1;
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String decoded(byte[] bytes, @Nullable String charset, Warnings warnings) {
    Charsets.Decoded decoded = Charsets.decode(bytes, bytes.length, charset);
    warnings.addIf(decoded.odd() != null, "A text is odd: " + decoded.odd());
    return decoded.text();
  }

  /** Line ends become {@code \n}; NUL, which no text has and few stores take, is dropped. */
  private static String normal(String text) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    return lines.indexOf('\0') < 0 ? lines : lines.replace("\0", "");
  }

  private static @Nullable String charsetInHtml(byte[] bytes) {
    int length = Math.min(bytes.length, START_OF_HTML);
    String start = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    Matcher matcher = CHARSET_IN_HTML.matcher(start);
    // What can be read byte by byte is not in a charset of two bytes each, whatever it says.
    return matcher.find() && !matcher.group(1).toLowerCase(Locale.ROOT).startsWith("utf-16")
        ? matcher.group(1)
        : null;
  }
}
