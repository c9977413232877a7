package io.engage.core.rating;

import io.engage.model.inbox.RatingRequest;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What asks for a rating below a mail: the title, and a link for each number of stars. The stars
 * are characters, so nothing is loaded from anywhere.
 *
 * @param text plain text
 * @param html the same in HTML
 */
public record RatingFooter(String text, String html) {
  /** The best. */
  public static final int MOST_STARS = 5;

  /**
   * @param links the address for each number of stars
   */
  public static RatingFooter decide(RatingRequest request, IntFunction<String> links) {
    return new RatingFooter(
        request.title()
            + "\n"
            + best().mapToObj(stars -> line(stars, links)).collect(Collectors.joining("\n")),
        "<p>"
            + Markup.escaped(request.title())
            + "<br>\n"
            + best().mapToObj(stars -> link(stars, links)).collect(Collectors.joining(" &nbsp; "))
            + "</p>");
  }

  static String stars(int count) {
    return "★".repeat(count) + "☆".repeat(MOST_STARS - count);
  }

  private static IntStream best() {
    return IntStream.iterate(MOST_STARS, stars -> stars >= 1, stars -> stars - 1);
  }

  private static String line(int stars, IntFunction<String> links) {
    return stars(stars) + " " + links.apply(stars);
  }

  private static String link(int stars, IntFunction<String> links) {
    return "<a href=\"%s\" title=\"%d/%d\">%s</a>"
        .formatted(Markup.escaped(links.apply(stars)), stars, MOST_STARS, stars(stars));
  }
}
