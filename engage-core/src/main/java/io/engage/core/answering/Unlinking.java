package io.engage.core.answering;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is left of a text that goes on to others when it quotes links of ours: everything
 * but the links, which are as good as the customer's signature.
 */
public final class Unlinking {
  private static final String REST = "[A-Za-z0-9_?=&;%.-]*+";

  private Unlinking() {}

  /**
   * @param address with which the links begin
   */
  public static Body decide(Body body, String address) {
    Pattern link = Pattern.compile(Pattern.quote(address) + REST);
    return new Body(without(link, body.text()), html(body.html(), address, link));
  }

  private static String without(Pattern link, String text) {
    Matcher matcher = link.matcher(text);
    return matcher.find() ? matcher.replaceAll("") : text;
  }

  private static @Nullable String html(@Nullable String html, String address, Pattern link) {
    if (html == null || !html.contains(address)) {
      return html;
    }
    Document page = Jsoup.parseBodyFragment(html);
    page.outputSettings().prettyPrint(false);
    for (Element each : page.body().getAllElements()) {
      each.attributes().asList().stream()
          .filter(attribute -> attribute.getValue().contains(address))
          .map(Attribute::getKey)
          .toList()
          .forEach(each::removeAttr);
      for (TextNode text : each.textNodes()) {
        text.text(without(link, text.getWholeText()));
      }
    }
    return page.body().html();
  }
}
