package io.engage.core.sanitizing;

import io.engage.model.message.UntrustedHtml;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeVisitor;

/**
 * Decides what of a stranger's HTML may be shown (G-14): parsed as browsers parse it, then written
 * anew from a list of what is allowed, so that nothing unknown comes through.
 *
 * <p>Nothing in the result runs. It refers to nothing outside but by links, which a reader has to
 * follow, and by the images that the policy lets through. Deciding about the result again changes
 * nothing. What is too large or too deep is shown as text.
 */
public final class Sanitizing {
  private static final int LONGEST = 512 * 1024;

  /** An escaped character takes up to five. */
  private static final int LONGEST_TEXT = LONGEST / 5 - 100;

  private static final int DEEPEST = 256;
  private static final int MOST_NODES = 60_000;
  private static final int DEEPEST_FUNCTION = 4;
  private static final int LONGEST_STYLE = 10_000;

  private Sanitizing() {}

  public static SafeHtml decide(UntrustedHtml html, ImagePolicy images) {
    if (html.value().length() > LONGEST || TagCost.isTooMuch(html.value())) {
      return asText(PlainText.decide(html));
    }
    Document document = Jsoup.parse(html.value());
    if (isTooMuch(document)) {
      return asText(PlainText.of(document));
    }
    document.outputSettings().prettyPrint(false);
    ImageGate gate = new ImageGate(images);
    String safe = AllowedHtml.policy(gate).sanitize(bodyOf(document)).strip();
    return safe.length() > LONGEST || TagCost.isTooMuch(safe)
        ? asText(PlainText.of(document))
        : new SafeHtml(safe, gate.blocked(), false);
  }

  /** Elements whose words are not for readers go whole, so that no later parser sees into them. */
  private static String bodyOf(Document document) {
    document.select(AllowedHtml.REMOVED_WHOLE).remove();
    document.select("[style]").forEach(Sanitizing::dropHostileStyle);
    String page = PageStyle.of(document);
    String body = document.body().html();
    return page.isEmpty() ? body : "<div " + page + ">" + body + "</div>";
  }

  /** A style may name a colour by a function; one within another would be read by recursion. */
  private static void dropHostileStyle(Element element) {
    String style = element.attr("style");
    int open = 0;
    for (int i = 0; i < style.length() && open <= DEEPEST_FUNCTION; i++) {
      char c = style.charAt(i);
      open = c == '(' ? open + 1 : c == ')' ? Math.max(0, open - 1) : open;
    }
    if (open > DEEPEST_FUNCTION || style.length() > LONGEST_STYLE) {
      element.removeAttr("style");
    } else if (style.indexOf('!') >= 0) {
      // What is important to a stranger outranks nothing in the page in which it is shown.
      element.attr("style", style.replace('!', ' '));
    }
  }

  private static SafeHtml asText(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "\u2026" : text;
    String html = "<pre style=\"white-space:pre-wrap\">" + Entities.escape(cut) + "</pre>";
    ImageGate gate = new ImageGate(ImagePolicy.remoteBlocked());
    return new SafeHtml(AllowedHtml.policy(gate).sanitize(html), 0, true);
  }

  private static boolean isTooMuch(Document document) {
    Extent extent = new Extent();
    document.traverse(extent);
    return extent.deepest > DEEPEST || extent.nodes > MOST_NODES;
  }

  private static final class Extent implements NodeVisitor {
    private int deepest;
    private int nodes;

    @Override
    public void head(Node node, int depth) {
      nodes++;
      deepest = Math.max(deepest, depth);
    }
  }
}
