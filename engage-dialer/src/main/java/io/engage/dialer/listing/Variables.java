package io.engage.dialer.listing;

import java.util.Map;
import java.util.Optional;

/** Reads the variables of a row in either form of the manuals. */
sealed interface Variables {

  /** In the order of the row. */
  record Read(Map<String, String> values) implements Variables {}

  /** They have neither form. */
  record Unreadable(VariablesFlaw flaw) implements Variables {}

  static Variables decide(String cell) {
    String text = cell.strip();
    if (text.isEmpty()) {
      return new Read(Map.of());
    }
    if (arePairs(text)) {
      Pairs pairs = Pairs.of(text, 0, Pairs.NO_SEPARATOR);
      return pairs.isUnclosed()
          ? new Unreadable(VariablesFlaw.unreadable(text.length()))
          : variables(pairs.findFlaw(), pairs.values());
    }
    Assignments assignments = Assignments.of(text);
    return variables(assignments.findFlaw(), assignments.values());
  }

  private static Variables variables(Optional<VariablesFlaw> flaw, Map<String, String> values) {
    return flaw.<Variables>map(Unreadable::new).orElseGet(() -> new Read(values));
  }

  private static boolean arePairs(String text) {
    int end = Text.nameEnd(text, 0);
    int colon = end < 0 ? 0 : Text.afterBlanks(text, end, Pairs.NO_SEPARATOR);
    boolean bareName =
        Text.isAt(text, colon, ':')
            && Text.isAt(text, Text.afterBlanks(text, colon + 1, Pairs.NO_SEPARATOR), '"');
    return text.startsWith("\"") || (end > 0 && bareName);
  }
}
