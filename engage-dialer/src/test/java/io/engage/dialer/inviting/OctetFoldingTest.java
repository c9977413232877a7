package io.engage.dialer.inviting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-7")
@Tag("G-52")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OctetFoldingTest {

  @Test
  void a_line_of_75_octets_stays_whole_and_one_more_starts_a_new_line() {
    assertThat(OctetFolding.fold("x".repeat(75) + "\r\n")).isEqualTo("x".repeat(75) + "\r\n");
    assertThat(OctetFolding.fold("x".repeat(76) + "\r\ny\r\n"))
        .isEqualTo("x".repeat(75) + "\r\n x\r\ny\r\n");
    assertThat(OctetFolding.fold("x".repeat(75 + 74 + 1)))
        .isEqualTo("x".repeat(75) + "\r\n " + "x".repeat(74) + "\r\n x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "你", "🚲", "a🚲", "aé你🚲"})
  void octets_count_and_no_character_is_cut(String piece) {
    for (int before = 0; before < 80; before++) {
      String line = "x".repeat(before) + piece.repeat(60);

      String folded = OctetFolding.fold(line);

      assertThat(folded.replace("\r\n ", "")).isEqualTo(line);
      assertThat(folded.split("\r\n"))
          .allSatisfy(part -> assertThat(part.getBytes(UTF_8).length).isLessThanOrEqualTo(75))
          .allSatisfy(part -> assertThat(UTF_8.newEncoder().canEncode(part)).isTrue());
    }
  }
}
