package io.engage.core.answering;

import java.util.List;
import org.jsoup.nodes.Entities;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a mail: a text, and the same in HTML.
 *
 * @param html sanitised; null for plain text alone
 */
public record Body(String text, @Nullable String html) {
  /** Nothing. */
  public static final Body EMPTY = new Body("", null);

  /** Plain text alone. */
  public static Body of(String text) {
    return new Body(text, null);
  }

  boolean isEmpty() {
    return text.isBlank() && (html == null || html.isBlank());
  }

  /** One below the other, in HTML as well as soon as one of them has HTML. */
  static Body joined(List<Body> parts) {
    List<Body> some = parts.stream().filter(part -> !part.isEmpty()).toList();
    if (some.size() == 1) {
      return some.get(0);
    }
    List<String> texts = some.stream().map(Body::text).toList();
    boolean plain = some.stream().allMatch(part -> part.html() == null);
    return new Body(
        String.join("\n\n", texts),
        plain ? null : String.join("<br>\n", some.stream().map(Body::asHtml).toList()));
  }

  /** In HTML, whether it was written so or not. */
  String asHtml() {
    return "<div>" + (html == null ? escaped(text) : html) + "</div>";
  }

  /** Text as it stands in HTML, with its lines. */
  public static String escaped(String text) {
    return Entities.escape(text.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "<br>\n");
  }

  @Override
  public String toString() {
    return "Body[%d characters]".formatted(text.length());
  }
}
