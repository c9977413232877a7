package io.engage.dialer.rendering;

import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/**
 * Gives the tag {@code <a id="unsubscribe_link">} its address, and leaves everything else of the
 * administrator's HTML as it was written.
 */
final class UnsubscribeMark {
  private static final String MARK = "a[id=unsubscribe_link]";

  private UnsubscribeMark() {}

  /** Whether the link goes somewhere in this HTML. */
  static boolean isIn(String html) {
    return html.contains("unsubscribe_link") && read(html).selectFirst(MARK) != null;
  }

  /** The same HTML in which the mark leads to {@code address}, which may be a field. */
  static String linked(String html, String address) {
    if (!html.contains("unsubscribe_link")) {
      return html;
    }
    StringBuilder linked = new StringBuilder(html.length() + 64);
    int done = 0;
    for (Element mark : read(html).select(MARK)) {
      Range range = mark.sourceRange();
      if (range.isTracked() && !range.isImplicit() && range.startPos() >= done) {
        linked.append(html, done, range.startPos()).append(tag(mark, address));
        done = range.endPos();
      }
    }
    return linked.append(html, done, html.length()).toString();
  }

  private static String tag(Element mark, String address) {
    StringBuilder tag = new StringBuilder("<a href=\"").append(address).append('"');
    for (Attribute attribute : mark.attributes()) {
      if (!attribute.getKey().equalsIgnoreCase("href")) {
        tag.append(' ').append(attribute.html());
      }
    }
    return tag.append('>').toString();
  }

  private static Document read(String html) {
    return Parser.htmlParser().setTrackPosition(true).parseInput(html, "");
  }
}
