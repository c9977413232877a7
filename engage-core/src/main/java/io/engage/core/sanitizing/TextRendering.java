package io.engage.core.sanitizing;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Writes the nodes of a document as text; without recursion, since strangers nest deeply. */
final class TextRendering implements NodeVisitor {
  private static final Set<String> SILENT =
      Set.of(
          "script",
          "style",
          "head",
          "title",
          "template",
          "noscript",
          "iframe",
          "object",
          "embed",
          "svg",
          "math",
          "select",
          "textarea",
          "audio",
          "video",
          "canvas");
  private static final Set<String> APART =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "table", "figure");
  private static final Set<String> LINES =
      Set.of(
          "div",
          "li",
          "tr",
          "dt",
          "dd",
          "section",
          "article",
          "header",
          "footer",
          "address",
          "main",
          "aside",
          "nav",
          "center",
          "form",
          "fieldset",
          "caption",
          "figcaption",
          "tbody",
          "thead",
          "tfoot");
  private static final int LONGEST_LINK = 500;

  private final TextWriter writer;
  private int silent;
  private int preformatted;

  /** Of links within links, which only strangers write, the outermost is shown. */
  private int openLinks;

  TextRendering(TextWriter writer) {
    this.writer = writer;
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode words && silent == 0) {
      write(words.getWholeText());
    } else if (node instanceof Element element) {
      opens(element);
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (node instanceof Element element) {
      closes(element);
    }
  }

  private void opens(Element element) {
    if (isSilent(element)) {
      silent++;
    }
    if (silent > 0) {
      return;
    }
    String name = element.normalName();
    preformatted += name.equals("pre") ? 1 : 0;
    openLinks += name.equals("a") ? 1 : 0;
    parts(name);
    switch (name) {
      case "br" -> writer.lineBreak();
      case "hr" -> rule();
      case "li" -> writer.words("- ");
      case "td", "th" -> writer.words(" ");
      case "img" -> writer.words(alternative(element));
      case "blockquote" -> quote(element, true);
      default -> {}
    }
  }

  private void closes(Element element) {
    if (isSilent(element)) {
      silent--;
      return;
    }
    if (silent > 0) {
      return;
    }
    String name = element.normalName();
    preformatted -= name.equals("pre") ? 1 : 0;
    if (name.equals("a") && --openLinks == 0) {
      writer.words(target(element));
    }
    if (name.equals("blockquote")) {
      quote(element, false);
    }
    parts(name);
  }

  private void parts(String name) {
    if (APART.contains(name)) {
      writer.lineEnds(2);
    } else if (LINES.contains(name)) {
      writer.lineEnds(1);
    }
  }

  private void quote(Element element, boolean opens) {
    if (!isQuote(element)) {
      writer.lineEnds(1);
    } else if (opens) {
      writer.quoteOpens();
    } else {
      writer.quoteCloses();
    }
  }

  /** Gmail indents what its user writes with a blockquote that has no border. */
  private static boolean isQuote(Element element) {
    String style = style(element);
    return element.hasAttr("type")
        || element.hasAttr("cite")
        || element.className().toLowerCase(Locale.ROOT).contains("quote")
        || !(style.contains("border:none") || style.contains("border:0"));
  }

  private void rule() {
    writer.lineEnds(1);
    writer.words("________________________________");
    writer.lineEnds(1);
  }

  private void write(String words) {
    String visible = withoutInvisible(words);
    if (preformatted == 0) {
      writer.words(singleBlanks(visible));
      return;
    }
    String[] lines = visible.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        writer.lineBreak();
      }
      writer.preformatted(lines[i].stripTrailing());
    }
  }

  private static String alternative(Element image) {
    String alt = singleBlanks(image.attr("alt")).strip();
    return alt.isEmpty() ? "" : " [" + alt + "] ";
  }

  /** Where a link goes, unless its words say so already. */
  private static String target(Element link) {
    String address = link.attr("href").strip();
    String lower = address.toLowerCase(Locale.ROOT);
    boolean web = lower.startsWith("http://") || lower.startsWith("https://");
    if (!web || address.length() > LONGEST_LINK || address.indexOf(' ') >= 0) {
      return "";
    }
    String words = link.text().strip();
    return words.isEmpty() || bare(words).equals(bare(address)) ? "" : " <" + address + "> ";
  }

  private static String bare(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    int scheme = lower.indexOf("://");
    String rest = scheme < 0 ? lower : lower.substring(scheme + 3);
    return rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
  }

  private static boolean isSilent(Element element) {
    return SILENT.contains(element.normalName()) || style(element).contains("display:none");
  }

  private static String style(Element element) {
    return element.hasAttr("style")
        ? element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "")
        : "";
  }

  private static String singleBlanks(String text) {
    StringBuilder single = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean white = Character.isWhitespace(c) || c == '\u00a0';
      if (!white || !blank) {
        single.append(white ? ' ' : c);
      }
      blank = white;
    }
    return single.toString();
  }

  /** Newsletters fill their preview with these. */
  private static String withoutInvisible(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.chars()
        .filter(c -> c != '\u200b' && c != '\ufeff' && c != '\u00ad' && c != '\u034f')
        .forEach(c -> kept.append((char) c));
    return kept.toString();
  }
}
