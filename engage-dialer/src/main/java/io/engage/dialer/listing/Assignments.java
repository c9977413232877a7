package io.engage.dialer.listing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code name = value: name = value}, as the older manual writes variables. A colon parts
 * variables where a name and {@code =} follow it, so a value may hold colons and equals signs:
 * {@code link = https://shop.example/?a=b}. When the first {@code =} has a blank before it, as the
 * manual writes, a blank has to follow such a colon as well: {@code link = mailto:ana=shop.example}
 * is one variable, {@code a=1:b=2} are two.
 */
final class Assignments {
  private final String text;
  private final Map<String, String> values = new LinkedHashMap<>();
  private Optional<VariablesFlaw> flaw = Optional.empty();

  private Assignments(String text) {
    this.text = text;
  }

  /** Reads a text that begins with a name. */
  static Assignments of(String text) {
    Assignments assignments = new Assignments(text);
    assignments.read();
    return assignments;
  }

  Optional<VariablesFlaw> findFlaw() {
    return flaw;
  }

  Map<String, String> values() {
    return values;
  }

  private void read() {
    int begin = 0;
    int equals = equalsAfterName(0);
    if (equals < 0) {
      flaw = Optional.of(VariablesFlaw.unreadable(0));
      return;
    }
    boolean spaced = Character.isWhitespace(text.charAt(equals - 1));
    int colon = text.indexOf(':', equals + 1);
    while (colon >= 0 && flaw.isEmpty()) {
      int name = Text.afterBlanks(text, colon + 1, Pairs.NO_SEPARATOR);
      int next = spaced && name == colon + 1 ? -1 : equalsAfterName(name);
      if (next >= 0) {
        put(begin, equals, colon);
        begin = name;
        equals = next;
      }
      colon = text.indexOf(':', colon + 1);
    }
    put(begin, equals, text.length());
  }

  private void put(int begin, int equals, int end) {
    String name = text.substring(begin, equals).strip();
    if (flaw.isEmpty() && values.size() == VariablesFlaw.MOST) {
      flaw = Optional.of(VariablesFlaw.tooMany());
    } else if (flaw.isEmpty()
        && values.putIfAbsent(name, text.substring(equals + 1, end).strip()) != null) {
      flaw = Optional.of(VariablesFlaw.repeated(name));
    }
  }

  private int equalsAfterName(int from) {
    int end = Text.nameEnd(text, from);
    int equals = end < 0 ? -1 : Text.afterBlanks(text, end, Pairs.NO_SEPARATOR);
    return end >= 0 && Text.isAt(text, equals, '=') ? equals : -1;
  }
}
