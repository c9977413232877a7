package io.engage.core.folding;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.sanitizing.PlainText;
import io.engage.model.message.UntrustedHtml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replies as programs and people write them. In {@code replies.txt} a line with + is what was
 * written now and a line with - is history; the subject stands behind {@code ||}.
 */
@Tag("WK-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class RepliesTest {
  private static final List<String> MINE = List.of("Yes, Tuesday is fine.", "Ana");

  static Stream<String> attributions() {
    return read("attributions.txt").lines();
  }

  static Stream<String> separators() {
    return read("separators.txt").lines();
  }

  static Stream<String> headerBlocks() {
    return read("header-blocks.txt").lines().map(block -> block.replace('|', '\n').strip());
  }

  static Stream<Arguments> replies() {
    return samples("replies.txt").map(RepliesTest::reply);
  }

  static Stream<Arguments> htmlReplies() {
    return samples("html-replies.txt").map(RepliesTest::htmlReply);
  }

  @ParameterizedTest
  @MethodSource("attributions")
  void an_answer_above_an_attribution_stays_alone(String attribution) {
    String text = mine() + attribution + "\n\n> Is Tuesday fine?\n>\n> The shop\n";

    assertThat(visible(text, Occasion.UNKNOWN)).isEqualTo(MINE);
  }

  @ParameterizedTest
  @MethodSource("attributions")
  void an_answer_below_an_attribution_stays_alone(String attribution) {
    String text = attribution + "\n> Is Tuesday fine?\n\n" + mine();

    assertThat(visible(text, Occasion.UNKNOWN)).isEqualTo(MINE);
  }

  @ParameterizedTest
  @MethodSource("attributions")
  void answers_between_quotes_stay(String attribution) {
    String text =
        "Hello,\n" + attribution + "\n\n> Which size?\nXL\n> Which colour?\n\nBlue\n" + mine();

    assertThat(visible(text, Occasion.UNKNOWN))
        .containsExactly("Hello,", "XL", "Blue", MINE.get(0), MINE.get(1));
  }

  @ParameterizedTest
  @MethodSource({"separators", "headerBlocks"})
  void history_without_marks_folds(String marker) {
    String text = mine() + marker + "\n\nIs Tuesday fine?\n\nThe shop\n";

    assertThat(visible(text, Occasion.UNKNOWN)).isEqualTo(MINE);
  }

  @ParameterizedTest
  @MethodSource("headerBlocks")
  void what_somebody_forwards_stays(String block) {
    String text = mine() + block + "\n\nYour payment was refused.\n";

    assertThat(visible(text, Occasion.decide("FW: Payment", true)))
        .hasSize(MINE.size() + block.split("\n").length + 1);
  }

  @ParameterizedTest
  @MethodSource("headerBlocks")
  void what_somebody_pastes_into_a_first_mail_stays(String block) {
    String text = mine() + block + "\n\n2 chairs\n";

    assertThat(visible(text, Occasion.FIRST)).hasSize(MINE.size() + block.split("\n").length + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("replies")
  void own_words_stay_and_history_folds(String name, Occasion occasion, String text, String own) {
    assertThat(visible(text, occasion)).isEqualTo(own.lines().toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("htmlReplies")
  void own_words_in_html_stay_and_history_folds(String name, String html, List<String> own) {
    String text = PlainText.decide(new UntrustedHtml(html));

    assertThat(visible(text, Occasion.UNKNOWN).stream().filter(line -> !line.equals(">")))
        .containsExactlyElementsOf(own);
  }

  @ParameterizedTest
  @CsvSource({
    "Fwd: Lamp, true, FORWARD",
    "WG: Lampe, false, FORWARD",
    "RV: Lámpara, true, FORWARD",
    "TR : Lampe, true, FORWARD",
    "İLT: Lamba, true, FORWARD",
    "转发：灯, true, FORWARD",
    "Re: Fwd: Lamp, true, ANSWER",
    "Re[2]: Lamp, false, ANSWER",
    "AW: Lampe, false, ANSWER",
    "Lamp, true, ANSWER",
    "Lamp, false, FIRST",
    "'My order: two lamps', false, FIRST",
    "'', false, FIRST"
  })
  void a_subject_tells_the_occasion(String subject, boolean answers, Occasion occasion) {
    assertThat(Occasion.decide(subject, answers)).isEqualTo(occasion);
  }

  private static String mine() {
    return String.join("\n\n", MINE) + "\n\n";
  }

  private static List<String> visible(String text, Occasion occasion) {
    return lines(Folding.decide(text, occasion).visible());
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static Arguments reply(String sample) {
    String[] head = sample.lines().findFirst().orElseThrow().split("\\|\\|");
    StringBuilder text = new StringBuilder();
    StringBuilder own = new StringBuilder();
    for (String line : sample.lines().skip(1).toList()) {
      text.append(line.substring(1)).append('\n');
      if (line.startsWith("+") && !line.substring(1).isBlank()) {
        own.append(line.substring(1).strip()).append('\n');
      }
    }
    Occasion occasion =
        head.length < 2 ? Occasion.UNKNOWN : Occasion.decide(head[1].strip(), false);
    return Arguments.of(head[0].strip(), occasion, text.toString(), own.toString());
  }

  private static Arguments htmlReply(String sample) {
    int name = sample.indexOf('\n');
    int own = sample.lastIndexOf("\n--- ");
    return Arguments.of(
        sample.substring(0, name),
        sample.substring(name + 1, own),
        Arrays.asList(sample.substring(own + 5).strip().split("\\|")));
  }

  private static Stream<String> samples(String file) {
    return Arrays.stream(read(file).split("(?m)^=== ")).filter(sample -> !sample.isBlank());
  }

  private static String read(String file) {
    try (InputStream in = RepliesTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
