package io.engage.core.templating;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What came of filling in a template. */
public sealed interface FilledText {

  /** Every field has its value. */
  record Complete(String text) implements FilledText {
    @Override
    public String toString() {
      return "Complete[%d characters]".formatted(text.length());
    }
  }

  /** These fields have none, so nobody gets it. */
  record Missing(Set<String> fields) implements FilledText {
    public Missing {
      fields = Set.copyOf(fields);
    }

    /** What to say to whoever wanted to use it. */
    public String reason() {
      return "the template has fields without a value: " + String.join(", ", new TreeSet<>(fields));
    }
  }

  /**
   * A template that has been read, once for all its uses. Values are never read again for fields,
   * so what a customer's name holds is only ever a name.
   */
  final class Form {
    private final List<Piece> pieces;
    private final Set<String> fields;

    Form(List<Piece> pieces) {
      this.pieces = List.copyOf(pieces);
      Set<String> names = new LinkedHashSet<>();
      pieces.stream().filter(Piece::isField).map(Piece::text).forEach(names::add);
      this.fields = Set.copyOf(names);
    }

    /** The names that need a value. */
    public Set<String> fields() {
      return fields;
    }

    /**
     * @param values by the names of the fields; further ones are passed over
     */
    public FilledText fill(Map<String, String> values, Encoding encoding) {
      Set<String> missing = new LinkedHashSet<>(fields);
      missing.removeAll(values.keySet());
      if (!missing.isEmpty()) {
        return new Missing(missing);
      }
      StringBuilder text = new StringBuilder();
      for (Piece piece : pieces) {
        text.append(
            piece.isField()
                ? encoding.encode(values.getOrDefault(piece.text(), ""))
                : piece.text());
      }
      return new Complete(text.toString());
    }
  }
}
