package io.engage.core.rating;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.sanitizing.ImagePolicy;
import io.engage.core.sanitizing.Sanitizing;
import io.engage.model.inbox.RatingRequest;
import io.engage.model.message.UntrustedHtml;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("WK-15")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RatingFooterTest {
  private static final RatingRequest REQUEST =
      new RatingRequest("How was <our> \"service\"?", "Thank you & come again");

  @Test
  void the_title_stands_above_a_link_for_each_number_of_stars() {
    var footer = RatingFooter.decide(REQUEST, stars -> "https://shop.example/r/x?stars=" + stars);

    assertThat(footer.text())
        .isEqualTo(
            """
            How was <our> "service"?
            ★★★★★ https://shop.example/r/x?stars=5
            ★★★★☆ https://shop.example/r/x?stars=4
            ★★★☆☆ https://shop.example/r/x?stars=3
            ★★☆☆☆ https://shop.example/r/x?stars=2
            ★☆☆☆☆ https://shop.example/r/x?stars=1""");
    assertThat(footer.html())
        .contains("How was &lt;our&gt;")
        .contains("<a href=\"https://shop.example/r/x?stars=5\" title=\"5/5\">★★★★★</a>");
  }

  @Test
  void what_the_shop_typed_stays_text() {
    var evil = new RatingRequest("<script>alert(1)</script>", "<img src=x onerror=alert(1)>");

    assertThat(RatingFooter.decide(evil, stars -> "\"><script>").html()).doesNotContain("<script>");
    assertThat(RatingPage.asking(evil, 0)).doesNotContain("<script>");
    assertThat(RatingPage.thanking(evil, 3)).doesNotContain("<img");
  }

  @Test
  void it_survives_the_reader_that_cleans_it() {
    var html = RatingFooter.decide(REQUEST, stars -> "https://shop.example/r/" + stars).html();

    var shown = Sanitizing.decide(new UntrustedHtml(html), ImagePolicy.remoteBlocked()).value();

    assertThat(shown).contains("https://shop.example/r/1").contains("https://shop.example/r/5");
  }
}
