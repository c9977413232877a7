package io.engage.imap.composing;

import io.engage.model.message.SharedText;
import java.util.ArrayList;
import java.util.List;

/**
 * A text that many mails share. The lines in which no value stands are encoded once; the others, a
 * few as a rule, for each mail. Encodings look at lines one by one, so this makes no difference to
 * the bytes. Thread-safe.
 */
final class Stencil {
  private final SharedText text;
  private final List<Section> sections = new ArrayList<>();

  /** Some lines of the text. */
  private sealed interface Section {}

  /** They are the same in all mails. */
  private record Constant(TextLines lines) implements Section {}

  /**
   * They hold values: the piece before the first, the value, the piece behind it, and so on.
   *
   * @param from the place of the first value
   */
  private record Varying(List<String> pieces, int from, boolean first, boolean last)
      implements Section {
    TextLines lines(List<String> values) {
      StringBuilder lines = new StringBuilder(pieces.get(0));
      for (int i = 1; i < pieces.size(); i++) {
        lines.append(values.get(from + i - 1)).append(pieces.get(i));
      }
      return TextLines.of(lines.toString(), first, last);
    }
  }

  Stencil(SharedText text) {
    this.text = text;
    cut();
  }

  /** The encoding that the whole text would have with these values. */
  TextEncoding encoded(List<String> values) {
    List<TextLines> lines = new ArrayList<>(sections.size());
    for (Section section : sections) {
      lines.add(
          section instanceof Varying varying
              ? varying.lines(values)
              : ((Constant) section).lines());
    }
    return TextEncoding.of(lines);
  }

  /** Whether these are the values that stand in {@code filled}, as far as places can tell. */
  boolean fits(List<String> values, String filled) {
    if (values.size() != text.places()) {
      return false;
    }
    int at = text.pieces().get(0).length();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (!filled.startsWith(value, at)) {
        return false;
      }
      at += value.length() + text.pieces().get(i + 1).length();
    }
    return at == filled.length();
  }

  /** Lines end behind a line feed; whatever else ends one may be half of a pair. */
  private void cut() {
    int places = text.places();
    List<String> open = new ArrayList<>();
    int from = 0;
    for (int place = 0; place <= places; place++) {
      String piece = text.pieces().get(place);
      int begin = place == 0 ? 0 : piece.indexOf('\n') + 1;
      if (place == 0 || begin > 0) {
        int end = place == places ? piece.length() : piece.lastIndexOf('\n') + 1;
        open.add(piece.substring(0, begin));
        varying(open, from, place == places && begin == end);
        constant(piece.substring(begin, end), place == places);
        open = new ArrayList<>();
        from = place;
        begin = end;
      }
      open.add(piece.substring(begin));
    }
    varying(open, from, true);
  }

  private void constant(String lines, boolean last) {
    if (!lines.isEmpty()) {
      sections.add(new Constant(TextLines.of(lines, sections.isEmpty(), last).prepared()));
    }
  }

  private void varying(List<String> pieces, int from, boolean last) {
    if (pieces.size() > 1) {
      sections.add(new Varying(List.copyOf(pieces), from, sections.isEmpty(), last));
    }
  }
}
