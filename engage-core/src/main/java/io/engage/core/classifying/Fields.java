package io.engage.core.classifying;

import io.engage.model.message.HeaderField;
import io.engage.model.message.ParsedMail;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header of a mail by field names in lower case, read once: telling the kind of an ordinary
 * mail asks for some fifty fields that it does not have.
 */
record Fields(Map<String, List<String>> byName) {

  static Fields of(ParsedMail mail) {
    Map<String, List<String>> byName = new HashMap<>();
    for (HeaderField field : mail.fields()) {
      byName
          .computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(field.value());
    }
    return new Fields(byName);
  }

  /** The first field of this name. */
  Optional<String> find(String name) {
    List<String> values = byName.get(name);
    return values == null ? Optional.empty() : Optional.of(values.get(0));
  }

  /** All fields of this name, outermost first. */
  List<String> all(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** Whether there is such a field, and it says something. */
  boolean says(String name) {
    List<String> values = byName.get(name);
    return values != null && !values.get(0).isBlank();
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }
}
