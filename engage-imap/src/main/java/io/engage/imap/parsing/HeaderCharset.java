package io.engage.imap.parsing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charset of a header that is not encoded as it should be: most likely that of the text, since
 * one program wrote both.
 */
final class HeaderCharset {
  private static final Pattern NAMED =
      Pattern.compile(
          "charset\\s{0,9}=\\s{0,9}\"?([A-Za-z0-9_.:-]{2,40})", Pattern.CASE_INSENSITIVE);

  private HeaderCharset() {}

  /** By the first bytes of the mail; null when they name none but ASCII and UTF-8. */
  static @Nullable Charset find(byte[] start) {
    Matcher matcher = NAMED.matcher(new String(start, StandardCharsets.ISO_8859_1));
    Charset found = matcher.find() ? CharsetNames.find(matcher.group(1)) : null;
    return StandardCharsets.UTF_8.equals(found) ? null : found;
  }
}
