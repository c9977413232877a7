package io.engage.jpa.forms;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of maps. They are names in JSON, and half a surrogate pair, which a text of JSON may
 * hold, is refused in a name.
 */
final class Names {
  private static final Pattern SPECIAL =
      Pattern.compile(
          "[\\x{d800}-\\x{dbff}](?![\\x{dc00}-\\x{dfff}])|[\\x{dc00}-\\x{dfff}]|\ue0ff");
  private static final Pattern ESCAPED = Pattern.compile("\ue0ff([0-9a-f]{4})");

  private Names() {}

  static String escaped(String key) {
    return SPECIAL
        .matcher(key)
        .replaceAll(found -> "\ue0ff" + HexFormat.of().toHexDigits(found.group().charAt(0)));
  }

  static String unescaped(String name) {
    return ESCAPED
        .matcher(name)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  static final class Writer<K> extends JsonSerializer<K> {
    private final Function<K, String> name;

    Writer(Function<K, String> name) {
      this.name = name;
    }

    @Override
    public void serialize(K key, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(escaped(name.apply(key)));
    }
  }

  static final class Reader extends KeyDeserializer {
    private final Function<String, ?> key;

    Reader(Function<String, ?> key) {
      this.key = key;
    }

    @Override
    public Object deserializeKey(String name, DeserializationContext context) {
      return key.apply(unescaped(name));
    }
  }
}
