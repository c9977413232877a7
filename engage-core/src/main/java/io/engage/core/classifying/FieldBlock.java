package io.engage.core.classifying;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Fields that stand together in a report, as "name: value" lines; names in lower case. */
record FieldBlock(List<Field> fields) {
  private static final int MOST_FIELDS = 20_000;

  record Field(String name, String value) {}

  FieldBlock {
    fields = List.copyOf(fields);
  }

  Optional<String> find(String name) {
    return fields.stream()
        .filter(field -> field.name.equals(name))
        .map(Field::value)
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  List<String> all(String name) {
    return fields.stream().filter(field -> field.name.equals(name)).map(Field::value).toList();
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  /**
   * The blocks of {@code text}, parted by empty lines. A block also ends before a field of {@code
   * once} that it already has, because some servers forget the empty line.
   */
  static List<FieldBlock> parse(String text, Set<String> once) {
    List<FieldBlock> blocks = new ArrayList<>();
    List<Field> block = new ArrayList<>();
    for (Field field : unfolded(text)) {
      boolean repeated =
          once.contains(field.name) && block.stream().anyMatch(f -> f.name.equals(field.name));
      if ((field.name.isEmpty() || repeated) && !block.isEmpty()) {
        blocks.add(new FieldBlock(block));
        block.clear();
      }
      if (!field.name.isEmpty()) {
        block.add(field);
      }
    }
    if (!block.isEmpty()) {
      blocks.add(new FieldBlock(block));
    }
    return blocks;
  }

  /** The header at the start of {@code text}, to the first empty line. */
  static FieldBlock header(String text) {
    List<FieldBlock> blocks = parse(text.stripLeading(), Set.of());
    return blocks.isEmpty() ? new FieldBlock(List.of()) : blocks.get(0);
  }

  /** Fields with their continuation lines; a field without a name stands for an empty line. */
  private static List<Field> unfolded(String text) {
    List<Field> found = new ArrayList<>();
    String name = "";
    StringBuilder value = new StringBuilder();
    for (String line : (Iterable<String>) text.lines().limit(MOST_FIELDS)::iterator) {
      int colon = line.indexOf(':');
      boolean blank = line.isBlank();
      if (!blank && Character.isWhitespace(line.charAt(0))) {
        value.append(' ').append(line.strip());
      } else if (blank || isName(line, colon)) {
        flush(name, value, found);
        name = blank ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        value.append(blank ? "" : line.substring(colon + 1).strip());
        if (blank) {
          found.add(new Field("", ""));
        }
      } else if (!name.isEmpty()) {
        // A server that broke the line and forgot the blank before its continuation.
        value.append(' ').append(line.strip());
      }
    }
    flush(name, value, found);
    return found;
  }

  private static void flush(String name, StringBuilder value, List<Field> found) {
    if (!name.isEmpty()) {
      found.add(new Field(name, value.toString().strip()));
    }
    value.setLength(0);
  }

  private static boolean isName(String line, int colon) {
    return colon > 0
        && colon < 80
        && line.substring(0, colon).strip().chars().allMatch(c -> c > 32 && c < 127);
  }
}
