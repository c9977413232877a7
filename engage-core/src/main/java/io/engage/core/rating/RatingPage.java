package io.engage.core.rating;

import io.engage.model.inbox.RatingRequest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pages that a customer sees who follows the link in a mail. They need no script, load nothing,
 * and ask before they change anything: programs that try every link in a mail press no button.
 */
public final class RatingPage {
  /** In the link of a mail: how many stars are chosen when the page opens. Only the form rates. */
  public static final String CHOSEN = "chosen";

  /** In the form: how many stars the customer gives. */
  public static final String STARS = "stars";

  /** For an inbox that has no words of its own any more. */
  public static final RatingRequest PLAIN = new RatingRequest("Your rating", "Thank you.");

  private RatingPage() {}

  /**
   * Asks for the number of stars.
   *
   * @param chosen what the link in the mail said; 0 when it said nothing
   */
  public static String asking(RatingRequest request, int chosen) {
    String choices =
        IntStream.rangeClosed(1, RatingFooter.MOST_STARS)
            .mapToObj(stars -> choice(stars, chosen))
            .collect(Collectors.joining("\n"));
    return page(
        request.title(),
        "<form method=\"post\"><fieldset><legend>%s</legend>\n%s\n</fieldset>\n"
                .formatted(Markup.escaped(request.title()), choices)
            + "<p><button type=\"submit\">OK</button></p></form>");
  }

  /** After the rating was kept. */
  public static String thanking(RatingRequest request, int stars) {
    return page(
        RatingFooter.stars(stars),
        "<p>%s</p>\n<p>%s</p>"
            .formatted(RatingFooter.stars(stars), Markup.escaped(request.thanks())));
  }

  /** For a link that is not ours, no longer holds, or was for a mail that is gone. */
  public static String nothingHere() {
    return page("404", "<p>This link does not work, or no longer does.</p>");
  }

  private static String choice(int stars, int chosen) {
    return "<p><label><input type=\"radio\" name=\"%s\" value=\"%d\" required%s> %s</label></p>"
        .formatted(STARS, stars, stars == chosen ? " checked" : "", RatingFooter.stars(stars));
  }

  private static String page(String title, String body) {
    return """
    <!DOCTYPE html>
    <html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
    <meta name="robots" content="noindex"><title>%s</title></head>
    <body>
    %s
    </body></html>
    """
        .formatted(Markup.escaped(title), body);
  }
}
