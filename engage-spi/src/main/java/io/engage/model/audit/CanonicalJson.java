package io.engage.model.audit;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON that has one form only (RFC 8785): names sorted by their UTF-16 code units, no
 * spaces, and no more escapes than needed. Half a surrogate pair, which the RFC does not allow, is
 * escaped, so that no two texts have the same form.
 */
final class CanonicalJson {
  private final StringBuilder json = new StringBuilder(512);

  private CanonicalJson() {}

  /**
   * @throws IllegalArgumentException when it holds what an {@link AuditForm} never does, such as a
   *     fraction or null
   */
  static String of(Map<?, ?> object) {
    CanonicalJson canonical = new CanonicalJson();
    canonical.writeObject(object);
    return canonical.json.toString();
  }

  private void write(Object value) {
    if (value instanceof Map<?, ?> object) {
      writeObject(object);
    } else if (value instanceof List<?> items) {
      writeList(items);
    } else if (value instanceof String text) {
      writeText(text);
    } else if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      json.append(value);
    } else {
      throw new IllegalArgumentException(
          "The form of an audit entry holds texts, whole numbers, true, false, lists and objects,"
              + " and nothing else");
    }
  }

  private void writeObject(Map<?, ?> object) {
    Map<String, Object> sorted = new TreeMap<>();
    object.forEach((name, value) -> sorted.put((String) name, value));
    json.append('{');
    Iterator<Map.Entry<String, Object>> members = sorted.entrySet().iterator();
    while (members.hasNext()) {
      Map.Entry<String, Object> member = members.next();
      writeText(member.getKey());
      json.append(':');
      write(member.getValue());
      json.append(members.hasNext() ? "," : "");
    }
    json.append('}');
  }

  private void writeList(List<?> items) {
    json.append('[');
    for (int i = 0; i < items.size(); i++) {
      json.append(i == 0 ? "" : ",");
      write(items.get(i));
    }
    json.append(']');
  }

  private void writeText(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (isPairAt(text, i)) {
        json.append(unit).append(text.charAt(++i));
      } else {
        writeUnit(unit);
      }
    }
    json.append('"');
  }

  private static boolean isPairAt(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private void writeUnit(char unit) {
    switch (unit) {
      case '"' -> json.append("\\\"");
      case '\\' -> json.append("\\\\");
      case '\b' -> json.append("\\b");
      case '\f' -> json.append("\\f");
      case '\n' -> json.append("\\n");
      case '\r' -> json.append("\\r");
      case '\t' -> json.append("\\t");
      default -> {
        if (unit < ' ' || Character.isSurrogate(unit)) {
          json.append("\\u%04x".formatted((int) unit));
        } else {
          json.append(unit);
        }
      }
    }
  }
}
