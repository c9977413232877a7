package io.engage.dialer.rendering;

import io.engage.core.templating.Encoding;
import io.engage.core.templating.FilledText;
import io.engage.model.message.SharedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jsoup.nodes.Entities;

/**
 * A text that all mails of a list share, and the fields whose values stand in it.
 *
 * @param places the fields in their order, each with the way in which its value is written
 */
record FormText(SharedText shared, List<Place> places) {
  FormText {
    places = List.copyOf(places);
  }

  /** Where the value of a field stands. */
  record Place(String field, UnaryOperator<String> encoding) {}

  static FormText of(FilledText.Form form, Encoding encoding) {
    return new FormText(
        form.shared(),
        form.places().stream().map(field -> new Place(field, encoding::encode)).toList());
  }

  static FormText of(String constant) {
    return new FormText(new SharedText(List.of(constant)), List.of());
  }

  /** This text and, right behind it, the other one. */
  FormText then(FormText other) {
    List<String> pieces = new ArrayList<>(shared.pieces());
    List<String> more = other.shared.pieces();
    int last = pieces.size() - 1;
    pieces.set(last, pieces.get(last) + more.get(0));
    pieces.addAll(more.subList(1, more.size()));
    List<Place> both = new ArrayList<>(places);
    both.addAll(other.places);
    return new FormText(new SharedText(pieces), both);
  }

  /** A plain text as HTML. */
  FormText asHtml() {
    return new FormText(
        new SharedText(shared.pieces().stream().map(FormText::asHtml).toList()),
        places.stream()
            .map(each -> new Place(each.field(), value -> asHtml(each.encoding().apply(value))))
            .toList());
  }

  private static String asHtml(String text) {
    return Entities.escape(text.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "<br>\n");
  }

  /**
   * The values in the order of their places.
   *
   * @param missing gets the names of the fields that have none
   */
  List<String> values(Map<String, String> values, Set<String> missing) {
    List<String> written = new ArrayList<>(places.size());
    for (Place place : places) {
      String value = values.get(place.field());
      if (value == null) {
        missing.add(place.field());
        written.add("");
      } else {
        written.add(place.encoding().apply(value));
      }
    }
    return written;
  }
}
