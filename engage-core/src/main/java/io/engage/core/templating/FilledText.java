package io.engage.core.templating;

import io.engage.model.message.SharedText;
import java.util.ArrayList;
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
    private final SharedText shared;
    private final List<String> places;
    private final Set<String> fields;

    Form(List<Piece> pieces) {
      this.shared = new SharedText(constants(pieces));
      this.places = pieces.stream().filter(Piece::isField).map(Piece::text).toList();
      this.fields = Set.copyOf(places);
    }

    private static List<String> constants(List<Piece> pieces) {
      List<String> constants = new ArrayList<>();
      StringBuilder constant = new StringBuilder();
      for (Piece piece : pieces) {
        if (piece.isField()) {
          constants.add(constant.toString());
          constant.setLength(0);
        } else {
          constant.append(piece.text());
        }
      }
      constants.add(constant.toString());
      return constants;
    }

    /** The names that need a value. */
    public Set<String> fields() {
      return fields;
    }

    /** What all texts that are made of it share. */
    public SharedText shared() {
      return shared;
    }

    /** The names of the fields in the order of their places in the shared text. */
    public List<String> places() {
      return places;
    }

    /**
     * @param values by the names of the fields; further ones are passed over
     */
    public FilledText fill(Map<String, String> values, Encoding encoding) {
      if (!values.keySet().containsAll(fields)) {
        Set<String> missing = new LinkedHashSet<>(fields);
        missing.removeAll(values.keySet());
        return new Missing(missing);
      }
      List<String> encoded = new ArrayList<>(places.size());
      for (String field : places) {
        encoded.add(encoding.encode(values.getOrDefault(field, "")));
      }
      return new Complete(shared.filled(encoded));
    }
  }
}
