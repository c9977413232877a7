package io.engage.core.sanitizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.UntrustedHtml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks, one a line in {@code attacks.txt}; what comes out is parsed again and held to a list.
 */
@Tag("G-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AttacksTest {
  private static final Set<String> ELEMENTS =
      Set.of(
          ("a abbr acronym address article aside b bdi bdo big blockquote br caption center cite"
                  + " code col colgroup dd del details dfn div dl dt em figcaption figure font"
                  + " footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q"
                  + " s samp section small span strike strong sub summary sup table tbody td tfoot"
                  + " th thead time tr tt u ul var wbr")
              .split(" "));
  private static final Set<String> ATTRIBUTES =
      Set.of(
          ("href target rel src background width height border cellpadding cellspacing colspan"
                  + " rowspan span start value align valign dir bgcolor color face size type lang"
                  + " title alt nowrap scope datetime style clear hspace vspace noshade"
                  + " bordercolor")
              .split(" "));
  private static final Set<String> WORDS = Set.of("title", "alt");
  private static final Pattern LINK =
      Pattern.compile("(?:https?://[^/\\\\]|mailto:|tel:)[^\\x00-\\x1f\\\\]*");
  private static final Pattern BAD_STYLE =
      Pattern.compile(
          "expression|script|@|behavior|binding|position:|animation|transform|z-index|image-set"
              + "|/\\*|\\\\|data:|http|(?:margin|indent)[a-z-]*:[^;]*-[0-9]|url\\((?!'cid:)");
  private static final List<String> SURROUNDINGS =
      List.of(
          "%s",
          "<table>%s",
          "<select>%s",
          "<svg>%s",
          "<math><mtext>%s",
          "<noscript>%s",
          "<title>%s",
          "<!--%s",
          "<template>%s",
          "<div title=\"%s",
          "<style>%s",
          "<form><form>%s",
          "<textarea>%s",
          "<svg><title><style>%s",
          "<math><annotation-xml encoding='text/html'>%s",
          "<frameset>%s");

  static Stream<String> attacks() {
    return read().lines();
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void only_what_is_allowed_comes_out(String attack) {
    for (String surrounding : SURROUNDINGS) {
      String safe = sanitize(surrounding.replace("%s", attack));

      assertAllowed(safe);
      assertThat(sanitize(safe)).isEqualTo(safe);
    }
  }

  @Test
  void pieces_of_attacks_together_are_no_attack_either() {
    List<String> attacks = attacks().toList();
    Random random = new Random(5);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder html = new StringBuilder();
      IntStream.range(0, 4).forEach(i -> html.append(piece(attacks, random)));

      String safe = sanitize(html.toString());

      assertAllowed(safe);
      assertThat(sanitize(safe)).isEqualTo(safe);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<span style='color:rgb(255, 0, 0)'>x</span> | color:rgb( 255 , 0 , 0 )",
        "<p style='margin:0 auto'>x</p> | margin:0 auto",
        "<div style='float:left'>x</div> | float:left",
        "<div style='display:inline-block'>x</div> | display:inline-block",
        "<div style='display:none'>x</div> | display:none",
        "<body dir=rtl><p>x</p></body> | <div dir=\"rtl\">",
        "<body bgcolor='#eeeeee'><p>x</p></body> | background-color:#eeeeee",
        "<html dir=rtl><body style='color:#111111'>x</body></html> | color:#111111",
        "<table bordercolor='#cccccc'><tr><td>x</td></tr></table> | bordercolor=\"#cccccc\"",
        "<br clear=all>x | clear=\"all\"",
        "<img src='cid:a' hspace=4 alt='Our logo'> | hspace=\"4\"",
        "<center><font color=red face=Arial size=4>x</font></center> | <center><font color=\"red\""
      })
  void what_makes_a_newsletter_readable_stays(String html, String kept) {
    assertThat(sanitize(html)).contains(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb(", "((((", "url(", "/*", "\\61", "'x\\", "color:red;"})
  void a_hostile_style_costs_its_style_only(String piece) {
    String html = "<p style=\"color:" + piece.repeat(400_000 / piece.length()) + "\">Hello</p>";

    assertThat(sanitize(html)).isEqualTo("<p>Hello</p>");
  }

  private static String piece(List<String> attacks, Random random) {
    String attack = attacks.get(random.nextInt(attacks.size()));
    return attack.substring(random.nextInt(3) == 0 ? random.nextInt(attack.length()) : 0);
  }

  private static void assertAllowed(String safe) {
    for (Element element : Jsoup.parse(safe).body().children().select("*")) {
      assertThat(ELEMENTS).contains(element.normalName());
      element.attributes().forEach(attribute -> assertAllowed(element, attribute, safe));
    }
  }

  private static void assertAllowed(Element element, Attribute attribute, String safe) {
    String name = attribute.getKey();
    String value = attribute.getValue().toLowerCase(Locale.ROOT);
    assertThat(ATTRIBUTES).as(safe).contains(name);
    switch (name) {
      case "href" -> assertThat(value).as(safe).matches(LINK);
      case "src", "background" -> assertThat(value).as(safe).startsWith("cid:");
      case "style" -> assertThat(BAD_STYLE.matcher(value).find()).as(safe).isFalse();
      default ->
          assertThat(WORDS.contains(name) || !value.matches("(?s).*(?:http|//|script|<).*"))
              .as(safe)
              .isTrue();
    }
    assertThat(!name.equals("href") || element.normalName().equals("a")).as(safe).isTrue();
  }

  private static String sanitize(String html) {
    return Sanitizing.decide(new UntrustedHtml(html), ImagePolicy.remoteBlocked()).value();
  }

  private static String read() {
    try (InputStream in = AttacksTest.class.getResourceAsStream("attacks.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
