package io.engage.core.rating;

import org.jsoup.nodes.Entities;

/** Text as it may stand in HTML, between tags and in quoted attributes. */
final class Markup {
  private Markup() {}

  static String escaped(String text) {
    return Entities.escape(text);
  }
}
