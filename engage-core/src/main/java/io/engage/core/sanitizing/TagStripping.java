package io.engage.core.sanitizing;

import java.util.Locale;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * What HTML says when it has so many tags that building its tree would cost too much: the words
 * between the tags, in one pass.
 */
final class TagStripping {
  private static final Set<String> SILENT =
      Set.of("script", "style", "head", "title", "template", "noscript", "iframe", "textarea");
  private static final Set<String> LINES =
      Set.of(
          "br",
          "p",
          "div",
          "li",
          "tr",
          "dt",
          "dd",
          "ul",
          "ol",
          "table",
          "pre",
          "hr",
          "blockquote",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "section",
          "article",
          "center");

  private final String html;
  private final StringBuilder words;
  private int position;

  private TagStripping(String html) {
    this.html = html;
    this.words = new StringBuilder(html.length() / 2);
  }

  static String text(String html) {
    TagStripping stripping = new TagStripping(html);
    stripping.strip();
    return Parser.unescapeEntities(stripping.words.toString(), false).strip();
  }

  private void strip() {
    while (position < html.length()) {
      int open = html.indexOf('<', position);
      int end = open < 0 ? html.length() : open;
      append(end);
      position = end;
      if (open >= 0) {
        tag();
      }
    }
  }

  private void tag() {
    if (html.startsWith("<!--", position)) {
      passBy("-->");
      return;
    }
    char next = position + 1 < html.length() ? html.charAt(position + 1) : ' ';
    if (!Character.isLetter(next) && "/!?".indexOf(next) < 0) {
      words.append('<');
      position++;
      return;
    }
    String name = name();
    boolean opens = next != '/';
    passBy(">");
    if (opens && SILENT.contains(name)) {
      passByEndOf(name);
    } else if (LINES.contains(name)) {
      endLine();
    }
  }

  /** What never ends takes the rest with it, as it does in a browser. */
  private void passBy(String end) {
    int at = html.indexOf(end, position);
    position = at < 0 ? html.length() : at + end.length();
  }

  private void passByEndOf(String name) {
    boolean ended = false;
    while (!ended && position < html.length()) {
      passBy("</");
      ended = html.regionMatches(true, position, name, 0, name.length());
    }
    passBy(">");
  }

  private String name() {
    int from = position + (html.charAt(position + 1) == '/' ? 2 : 1);
    int to = from;
    while (to < html.length() && to - from < 12 && Character.isLetterOrDigit(html.charAt(to))) {
      to++;
    }
    return html.substring(from, to).toLowerCase(Locale.ROOT);
  }

  private void append(int end) {
    for (; position < end; position++) {
      char c = html.charAt(position);
      boolean white = Character.isWhitespace(c);
      boolean after =
          words.length() == 0 || Character.isWhitespace(words.charAt(words.length() - 1));
      if (!white || !after) {
        words.append(white ? ' ' : c);
      }
    }
  }

  private void endLine() {
    if (words.length() > 0 && words.charAt(words.length() - 1) != '\n') {
      words.append('\n');
    }
  }
}
