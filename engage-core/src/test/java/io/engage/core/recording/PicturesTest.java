package io.engage.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.sanitizing.ImagePolicy;
import io.engage.core.sanitizing.Sanitizing;
import io.engage.model.message.UntrustedHtml;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("DI-7")
@Tag("G-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class PicturesTest {
  private static final long PLENTY = 1 << 20;
  private static final byte[] BELL = latin("GIF89a a small bell");
  private static final String BELLS_DATA =
      "data:image/gif;base64," + Base64.getEncoder().encodeToString(BELL);

  private final Pictures pictures = new Pictures();

  @Test
  void a_picture_stands_where_the_mail_names_it() {
    String safe = safe("<p>My bell: <img src='cid:bell@x' alt='bell'></p>");
    pictures.put("bell@x", BELL);

    Filled filled = into(safe, PLENTY);

    assertThat(pictures.wanted()).containsExactly("bell@x");
    assertThat(filled.html()).contains("<img src=\"" + BELLS_DATA + "\" alt=\"bell\"");
    assertThat(filled.left()).isEqualTo(PLENTY - BELLS_DATA.length());
  }

  @Test
  void what_is_not_there_or_no_picture_leaves_its_words() {
    String safe = safe("<img src='cid:gone' alt='gone'><img src='cid:page' alt='page'>");
    pictures.put("page", latin("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));

    String html = into(safe, PLENTY).html();

    assertThat(html).contains("alt=\"gone\"", "alt=\"page\"").doesNotContain("src=", "cid:");
  }

  @Test
  void a_picture_counts_each_time_that_it_is_named() {
    String safe = safe("<img src='cid:bell'>".repeat(10_000));
    pictures.put("bell", BELL);

    Filled filled = into(safe, 3L * BELLS_DATA.length());

    assertThat(filled.html().split(BELLS_DATA.substring(0, 20), -1)).hasSize(3 + 1);
    assertThat(filled.left()).isZero();
  }

  @Test
  void of_very_many_pictures_the_first_are_wanted() {
    String safe =
        safe(
            IntStream.range(0, 500)
                .mapToObj(i -> "<img src='cid:picture-" + i + "'>")
                .collect(Collectors.joining()));

    pictures.put("picture-99", BELL);

    assertThat(pictures.wanted()).hasSize(Pictures.MOST).endsWith("picture-99");
    assertThat(into(safe, PLENTY).html()).containsOnlyOnce("src=");
  }

  @Test
  void words_that_look_like_a_place_for_a_picture_stay_words() {
    String safe =
        safe(
            "<img src='cid:bell' alt=' src=\"cid:0\"'> src=\"cid:0\" &#32;src=&quot;cid:0&quot;"
                + "<b title=' src=\"cid:0\" '>x</b>");
    pictures.put("bell", BELL);

    Filled filled = into(safe, PLENTY);

    assertThat(filled.left()).isEqualTo(PLENTY - BELLS_DATA.length());
  }

  @Test
  void the_kind_is_told_by_the_bytes_alone() {
    assertThat(PictureKind.of(latin("\u0089PNG\r\n\u001a\n..."))).contains(PictureKind.PNG);
    assertThat(PictureKind.of(latin("\u00ff\u00d8\u00ff\u00e0"))).contains(PictureKind.JPEG);
    assertThat(PictureKind.of(latin("RIFF1234WEBPVP8 "))).contains(PictureKind.WEBP);
    assertThat(PictureKind.of(latin("BM1234"))).contains(PictureKind.BMP);
    assertThat(PictureKind.of(latin("<svg/>"))).isEmpty();
    assertThat(PictureKind.of(Arrays.copyOf(latin("GIF"), 3))).isEmpty();
    assertThat(PictureKind.of(new byte[0])).isEmpty();
  }

  private String safe(String html) {
    return Sanitizing.decide(
            new UntrustedHtml(html),
            ImagePolicy.remoteBlocked().withInlineAddress(pictures.address()))
        .value();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private Filled into(String safe, long room) {
    Pictures.Filled filled = pictures.into(safe, room);
    return new Filled(String.join("", filled.pieces()), filled.left());
  }

  private record Filled(String html, long left) {}
}
