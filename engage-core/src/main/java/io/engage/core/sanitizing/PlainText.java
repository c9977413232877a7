package io.engage.core.sanitizing;

import io.engage.model.message.UntrustedHtml;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Decides what HTML says to somebody who reads plain text: a line for each block, links readable,
 * and quotes with quote marks, so that history can be folded in it as in any text.
 */
public final class PlainText {
  /** Past this many characters of HTML nobody reads on. */
  private static final int LONGEST_READ = 2_000_000;

  private PlainText() {}

  public static String decide(UntrustedHtml html) {
    String value = html.value();
    String read = value.length() > LONGEST_READ ? value.substring(0, LONGEST_READ) : value;
    return TagCost.isTooMuch(read) ? TagStripping.text(read) : of(Jsoup.parse(read));
  }

  static String of(Document document) {
    TextWriter writer = new TextWriter();
    document.body().traverse(new TextRendering(writer));
    return writer.text();
  }
}
