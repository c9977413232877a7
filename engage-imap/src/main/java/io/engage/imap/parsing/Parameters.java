package io.engage.imap.parsing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A structured field such as Content-Type: its value and its parameters, decoded by RFC 2231, by
 * RFC 2047 where senders use that instead, or taken as they are.
 */
final class Parameters {
  private static final int MOST_SECTIONS = 200;

  /** Within quotes the library decodes encoded words, in quadratic time. */
  private static final int LONGEST = 32 << 10;

  static final Parameters NONE = new Parameters("", Map.of());

  private final String value;
  private final Map<String, String> raw;

  private Parameters(String value, Map<String, String> raw) {
    this.value = value;
    this.raw = raw;
  }

  static Parameters parse(String field) {
    String cut = field.substring(0, Math.min(field.length(), LONGEST));
    byte[] bytes = cut.getBytes(StandardCharsets.UTF_8);
    RawBody body =
        RawFieldParser.DEFAULT.parseRawBody(
            new ByteArrayBuffer(bytes, true), new ParserCursor(0, bytes.length));
    Map<String, String> raw = new HashMap<>();
    for (NameValuePair parameter : body.getParams()) {
      if (parameter.getValue() != null) {
        raw.putIfAbsent(parameter.getName().toLowerCase(Locale.ROOT), parameter.getValue());
      }
    }
    return new Parameters(body.getValue(), raw);
  }

  /** What stands before the first parameter, in lower case. */
  String value() {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  /** The parameter as it stands there; null when there is none. */
  @Nullable String plain(String name) {
    return raw.get(name);
  }

  /** The parameter, decoded; null when there is none. */
  @Nullable String decoded(String name) {
    String extended = raw.get(name + "*");
    if (extended != null) {
      return extended(extended);
    }
    if (hasSection(name, 0)) {
      return continued(name, 0);
    }
    String plain = raw.get(name);
    if (plain == null && hasSection(name, 1)) {
      return continued(name, 1);
    }
    return plain == null ? null : EncodedWords.decode(plain);
  }

  private static String extended(String value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    putDecoded(withoutCharset(value), bytes);
    return decoded(bytes, charsetOf(value));
  }

  private boolean hasSection(String name, int section) {
    return raw.containsKey(name + '*' + section) || raw.containsKey(name + '*' + section + '*');
  }

  /** RFC 2231 section 3: {@code name*0*}, {@code name*1}, ... each encoded or not. */
  private String continued(String name, int from) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String charset = null;
    for (int i = from; i < MOST_SECTIONS; i++) {
      String encoded = raw.get(name + '*' + i + '*');
      String literal = raw.get(name + '*' + i);
      if (encoded != null) {
        charset = i == from ? charsetOf(encoded) : charset;
        putDecoded(i == from ? withoutCharset(encoded) : encoded, bytes);
      } else if (literal != null) {
        bytes.writeBytes(literal.getBytes(StandardCharsets.UTF_8));
      } else {
        break;
      }
    }
    return charset == null ? EncodedWords.decode(decoded(bytes, null)) : decoded(bytes, charset);
  }

  private static String decoded(ByteArrayOutputStream bytes, @Nullable String charset) {
    byte[] all = bytes.toByteArray();
    return Charsets.decode(all, all.length, charset).text();
  }

  /** {@code charset'language'text}; some leave charset and language out. */
  private static @Nullable String charsetOf(String value) {
    int first = value.indexOf('\'');
    return first > 0 && value.indexOf('\'', first + 1) > 0 ? value.substring(0, first) : null;
  }

  private static String withoutCharset(String value) {
    int first = value.indexOf('\'');
    int second = first < 0 ? -1 : value.indexOf('\'', first + 1);
    return second < 0 ? value : value.substring(second + 1);
  }

  private static void putDecoded(String value, ByteArrayOutputStream to) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int decoded = c == '%' ? Hex.at(value, i + 1) : -1;
      if (decoded >= 0) {
        to.write(decoded);
        i += 2;
      } else if (c < 128) {
        to.write(c);
      } else {
        int point = value.codePointAt(i);
        to.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point) - 1;
      }
    }
  }
}
