package io.engage.core.sanitizing;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.owasp.html.AttributePolicy;
import org.owasp.html.CssSchema;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/** The HTML that mail needs and that harms nobody. */
final class AllowedHtml {
  /** Selector of what is taken out with all its content before anything else is decided. */
  static final String REMOVED_WHOLE =
      "script, style, head, title, template, noscript, noembed, noframes, iframe, frame, frameset,"
          + " object, embed, applet, param, svg, math, link, meta, base, xml, xmp, plaintext, audio,"
          + " video, canvas, textarea, select, datalist, dialog, portal, slot";

  private static final String[] ELEMENTS = {
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr"
  };
  private static final String[] TABLE_ELEMENTS = {
    "table", "tbody", "thead", "tfoot", "tr", "td", "th", "col", "colgroup"
  };
  private static final Pattern MEASURE =
      Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,4})?(?:px|%|\\*)?");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,5}|\\+[0-9]");
  private static final Pattern WORD = Pattern.compile("[A-Za-z-]{1,20}");
  private static final Pattern MARK = Pattern.compile("[A-Za-z0-9 :+.-]{0,40}");
  private static final Pattern COLOUR = Pattern.compile("#?[A-Za-z0-9]{1,25}");
  private static final Pattern FACE = Pattern.compile("[\\p{L}0-9 ,'_-]{1,200}");

  /** Nothing that takes an element out of its place or over others, as a negative indent would. */
  private static final Set<String> PROPERTIES =
      Set.of(
          "background",
          "background-color",
          "background-image",
          "background-position",
          "background-repeat",
          "border",
          "border-bottom",
          "border-bottom-color",
          "border-bottom-style",
          "border-bottom-width",
          "border-collapse",
          "border-color",
          "border-left",
          "border-left-color",
          "border-left-style",
          "border-left-width",
          "border-radius",
          "border-right",
          "border-right-color",
          "border-right-style",
          "border-right-width",
          "border-spacing",
          "border-style",
          "border-top",
          "border-top-color",
          "border-top-style",
          "border-top-width",
          "border-width",
          "caption-side",
          "clear",
          "color",
          "direction",
          "display",
          "empty-cells",
          "float",
          "font",
          "font-family",
          "font-size",
          "font-style",
          "font-variant",
          "font-weight",
          "height",
          "letter-spacing",
          "line-height",
          "list-style",
          "list-style-type",
          "margin",
          "margin-bottom",
          "margin-left",
          "margin-right",
          "margin-top",
          "max-height",
          "max-width",
          "min-height",
          "min-width",
          "overflow",
          "overflow-wrap",
          "padding",
          "padding-bottom",
          "padding-left",
          "padding-right",
          "padding-top",
          "rgb()",
          "rgba()",
          "hsl()",
          "hsla()",
          "table-layout",
          "text-align",
          "text-decoration",
          "text-transform",
          "vertical-align",
          "white-space",
          "width",
          "word-break",
          "word-spacing",
          "word-wrap");

  private static final CssSchema STYLES = CssSchema.withProperties(PROPERTIES);

  private AllowedHtml() {}

  static PolicyFactory policy(ImageGate gate) {
    AttributePolicy image = (element, attribute, value) -> gate.decide(value);
    AttributePolicy link = (element, attribute, value) -> Addresses.followed(value);
    // The writer adds a blank to what has a backtick; deciding again must not add another.
    AttributePolicy words = (element, attribute, value) -> value.strip();
    return new HtmlPolicyBuilder()
        .allowElements(ELEMENTS)
        .allowElements(AllowedHtml::link, "a")
        .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
        .allowAttributes("href")
        .matching(link)
        .onElements("a")
        .allowAttributes("src")
        .matching(image)
        .onElements("img")
        .allowAttributes("background")
        .matching(image)
        .onElements(TABLE_ELEMENTS)
        .allowAttributes("width", "height", "border")
        .matching(MEASURE)
        .globally()
        .allowAttributes("cellpadding", "cellspacing")
        .matching(MEASURE)
        .onElements("table")
        .allowAttributes("colspan", "rowspan", "span", "start", "value")
        .matching(NUMBER)
        .onElements("td", "th", "col", "colgroup", "ol", "li")
        .allowAttributes("align", "valign", "dir")
        .matching(WORD)
        .globally()
        .allowAttributes("bgcolor")
        .matching(COLOUR)
        .globally()
        .allowAttributes("color")
        .matching(COLOUR)
        .onElements("font", "hr")
        .allowAttributes("face")
        .matching(FACE)
        .onElements("font")
        .allowAttributes("size")
        .matching(NUMBER)
        .onElements("font", "hr")
        .allowAttributes("type")
        .matching(WORD)
        .onElements("ol", "ul", "li", "blockquote")
        .allowAttributes("lang", "nowrap", "scope", "datetime", "clear", "noshade")
        .matching(MARK)
        .globally()
        .allowAttributes("hspace", "vspace")
        .matching(MEASURE)
        .onElements("img")
        .allowAttributes("bordercolor")
        .matching(COLOUR)
        .onElements(TABLE_ELEMENTS)
        .allowAttributes("title", "alt")
        .matching(words)
        .globally()
        .allowStyling(STYLES)
        .allowUrlsInStyles((element, attribute, value) -> fetched(gate.decide(value)))
        .toFactory();
  }

  /** No browser fetches {@code cid:}, and nobody replaces it within a style. */
  private static @Nullable String fetched(@Nullable String address) {
    return address == null || address.startsWith("cid:") ? null : address;
  }

  /** Opened beside the inbox, without a word about where the reader came from. */
  private static String link(String element, List<String> attributes) {
    // Names and values in turn.
    for (int i = 0; i < attributes.size(); i += 2) {
      if (attributes.get(i).equals("href")) {
        attributes.addAll(List.of("target", "_blank", "rel", "nofollow noopener noreferrer"));
        return element;
      }
    }
    return element;
  }
}
