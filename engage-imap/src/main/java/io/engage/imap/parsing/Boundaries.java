package io.engage.imap.parsing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the boundary of a multipart that does not name it. */
final class Boundaries {
  /** A delimiter line, and behind it a header field or the blank line that ends an empty header. */
  private static final Pattern DELIMITER =
      Pattern.compile(
          "^--([0-9A-Za-z'()+_,./:=?-]{1,70})[ \\t]*\\r?\\n(?=\\r?\\n|[A-Za-z][A-Za-z-]{0,60}:)",
          Pattern.MULTILINE);

  private Boundaries() {}

  /** From the first bytes of the body; null when nothing there looks like a delimiter. */
  static @Nullable String guess(byte[] start) {
    Matcher matcher = DELIMITER.matcher(new String(start, StandardCharsets.ISO_8859_1));
    return matcher.find() ? matcher.group(1) : null;
  }
}
