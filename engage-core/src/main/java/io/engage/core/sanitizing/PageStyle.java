package io.engage.core.sanitizing;

import org.jsoup.nodes.Attributes;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a whole page says about its direction and colours, as attributes for one element. */
final class PageStyle {
  private PageStyle() {}

  /** Attributes that mean the same on a {@code div}; empty when the page says nothing. */
  static String of(Document document) {
    Element body = document.body();
    Element page = body.parent() == null ? body : body.parent();
    Attributes kept = new Attributes();
    copy("dir", body.hasAttr("dir") ? body : page, kept);
    copy("lang", body.hasAttr("lang") ? body : page, kept);
    copy("align", body, kept);
    String style = style(body);
    if (!style.isEmpty()) {
      kept.put("style", style);
    }
    return kept.html().strip();
  }

  private static void copy(String name, Element from, Attributes kept) {
    if (!from.attr(name).isBlank()) {
      kept.put(name, from.attr(name));
    }
  }

  private static String style(Element body) {
    return declaration("background-color", body.attr("bgcolor"))
        + declaration("color", body.attr("text"))
        + body.attr("style").strip();
  }

  private static String declaration(String property, String value) {
    return value.isBlank() || value.indexOf(';') >= 0 ? "" : property + ":" + value + ";";
  }
}
