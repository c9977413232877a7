package io.engage.dialer.tracking;

import static java.util.Objects.requireNonNull;

import org.jsoup.nodes.Entities;

/**
 * The pages that somebody sees who follows the link to get no more mails. They need no script, load
 * nothing, and ask before they change anything: programs that try every link press no button.
 */
public final class UnsubscribePage {
  /** In the form, and in the one-click request of RFC 8058 under its own name. */
  public static final String CONFIRMED = "confirmed";

  private UnsubscribePage() {}

  /**
   * What the pages say.
   *
   * @param question above the button
   * @param button what it says
   * @param done after it was pressed
   */
  public record Words(String question, String button, String done) {
    public static final Words ENGLISH =
        new Words(
            "Do you want no more of these mails?",
            "Unsubscribe",
            "You will get no more of these mails.");

    public Words {
      requireNonNull(question, "question");
      requireNonNull(button, "button");
      requireNonNull(done, "done");
    }
  }

  public static String asking(Words words) {
    return page(
        words.question(),
        "<form method=\"post\"><p>%s</p>\n".formatted(Entities.escape(words.question()))
            + "<p><button type=\"submit\" name=\"%s\" value=\"yes\">%s</button></p></form>"
                .formatted(CONFIRMED, Entities.escape(words.button())));
  }

  public static String done(Words words) {
    return page(words.done(), "<p>%s</p>".formatted(Entities.escape(words.done())));
  }

  /** For a link that is not ours, or no longer holds. */
  public static String nothingHere() {
    return page("404", "<p>This link does not work, or no longer does.</p>");
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
        .formatted(Entities.escape(title), body);
  }
}
