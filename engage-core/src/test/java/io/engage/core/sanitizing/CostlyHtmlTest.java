package io.engage.core.sanitizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.UntrustedHtml;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTML whose tree would be many times as large as it is itself. */
@Tag("G-14")
@Tag("G-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class CostlyHtmlTest {

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "<p><b>",
        "<a>",
        "<b a=1><p>",
        "<i><b></i>",
        "<p><i><u><font>",
        "<ul><li>",
        "<table><tr><td>",
        "<a href=http://x.example><table><tr><td>",
        "<p><a href=http://x.example><i>",
        "<div><b><p>"
      })
  void tags_without_end_are_shown_as_text(String tags) {
    UntrustedHtml html =
        new UntrustedHtml("Hello " + tags.repeat(510_000 / tags.length()) + " Ana");

    SafeHtml safe = Sanitizing.decide(html, ImagePolicy.remoteBlocked());

    assertThat(safe.shownAsText()).isTrue();
    assertThat(safe.value()).contains("Hello").contains("Ana");
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 100, 505, 2_000, 100_000})
  void tags_with_hundreds_of_attributes_are_shown_as_text(int attributes) {
    String names =
        IntStream.range(0, attributes).mapToObj(i -> " a" + i).collect(Collectors.joining());
    String tag = "<b" + names + ">";
    UntrustedHtml html =
        new UntrustedHtml("Hello " + tag.repeat(500_000 / tag.length() + 1) + " Ana");

    SafeHtml safe = Sanitizing.decide(html, ImagePolicy.remoteBlocked());

    assertThat(safe.shownAsText()).isTrue();
    assertThat(safe.value()).contains("Hello").contains("Ana");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- <a x=\" --><b %s>",
        "<style>a <a x='</style><b %s>",
        "<b =\" %s>",
        "<b x=y=\" %s>",
        "<b x=\"<b %s>",
        "<b/%s>",
        "</b %s>"
      })
  void no_sign_hides_attributes(String tag) {
    String names = IntStream.range(0, 400).mapToObj(i -> "a" + i).collect(Collectors.joining("/"));
    String tags = tag.formatted(names);

    boolean tooMuch = TagCost.isTooMuch(tags.repeat(500_000 / tags.length() + 1));

    assertThat(tooMuch).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<", "\0"})
  void a_name_that_never_ends_is_not_put_together_piece_by_piece(String sign) {
    String html = "<a" + ("b".repeat(50) + sign).repeat(10_000);

    boolean tooMuch = TagCost.isTooMuch(html);

    assertThat(tooMuch).isTrue();
  }

  @Test
  void blanks_between_quotes_part_no_attributes() {
    String tag = "<p style='" + "a : b ; ".repeat(500) + "' title = \"" + "x ".repeat(500) + "\">";

    boolean tooMuch = TagCost.isTooMuch(tag.repeat(100));

    assertThat(tooMuch).isFalse();
  }

  @Test
  @Timeout(20)
  void megabytes_of_tags_still_give_their_words() {
    String html = "<p><b>Hello</b></p>".repeat(150_000);

    String text = PlainText.decide(new UntrustedHtml(html));

    assertThat(text).startsWith("Hello\nHello\n").hasSizeGreaterThan(500_000);
  }

  @Test
  void what_is_not_for_readers_stays_out_of_the_words_of_costly_html() {
    String html =
        "<STYLE>p{}</style><script>if (a</b) x()</SCRIPT><!-- <p> -->1 < 2 &amp; 3 &lt;p&gt;"
            + "<br>".repeat(40_000)
            + "<TITLE>no end";

    String text = PlainText.decide(new UntrustedHtml(html));

    assertThat(text).isEqualTo("1 < 2 & 3 <p>");
  }

  @Test
  void a_long_newsletter_keeps_its_look() {
    String row =
        "<tr><td width=\"50%\" style=\"color:#333333\"><a href=\"https://x.example/\">x</a>";

    SafeHtml safe =
        Sanitizing.decide(
            new UntrustedHtml("<table>" + row.repeat(3_000) + "</table>"),
            ImagePolicy.remoteBlocked());

    assertThat(safe.shownAsText()).isFalse();
    assertThat(safe.value()).contains("width=\"50%\"").contains("color:#333333");
  }

  @Test
  void no_address_stands_in_a_style_that_the_browser_would_not_fetch_from_the_host() {
    UntrustedHtml html = new UntrustedHtml("<p style=\"background:url(cid:logo@shop)\">x</p>");

    SafeHtml plain = Sanitizing.decide(html, ImagePolicy.remoteBlocked());
    SafeHtml served =
        Sanitizing.decide(
            html,
            ImagePolicy.remoteBlocked().withInlineAddress(id -> "https://desk.example/" + id));

    assertThat(plain.value()).isEqualTo("<p>x</p>");
    assertThat(served.value()).contains("https://desk.example/logo");
  }
}
