package io.engage.imap.parsing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charset of a header that is not encoded as it should be: most likely that of the text, since
 * one program wrote both. It is looked for once, and only in mails with such a header.
 */
final class HeaderCharset {
  private static final Pattern NAMED =
      Pattern.compile(
          "charset\\s{0,9}=\\s{0,9}\"?([A-Za-z0-9_.:-]{2,40})", Pattern.CASE_INSENSITIVE);

  private final byte[] start;
  private boolean looked;
  private @Nullable Charset found;

  private HeaderCharset(byte[] start) {
    this.start = start;
  }

  /**
   * @param start the first bytes of the mail
   */
  static HeaderCharset in(byte[] start) {
    return new HeaderCharset(start);
  }

  /** Null when the mail names none but ASCII and UTF-8. */
  @Nullable Charset find() {
    if (!looked) {
      looked = true;
      found = named();
    }
    return found;
  }

  private @Nullable Charset named() {
    Matcher matcher = NAMED.matcher(new String(start, StandardCharsets.ISO_8859_1));
    Charset named = matcher.find() ? CharsetNames.find(matcher.group(1)) : null;
    return StandardCharsets.UTF_8.equals(named) ? null : named;
  }
}
