package io.engage.model.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SY-3")
class RfcMessageIdTest {

  @Test
  void ids_are_found_with_and_without_brackets_and_across_folds() {
    assertThat(RfcMessageId.parse(" <1@x.example> ")).contains(RfcMessageId.of("1@x.example"));
    assertThat(RfcMessageId.parse("1@x.example")).contains(RfcMessageId.of("1@x.example"));
    assertThat(RfcMessageId.parse("<1\r\n @x.example>")).contains(RfcMessageId.of("1@x.example"));
  }

  @Test
  void what_holds_no_id_gives_none() {
    assertThat(RfcMessageId.parse("")).isEmpty();
    assertThat(RfcMessageId.parse("<>")).isEmpty();
    assertThat(RfcMessageId.parse("<" + "x".repeat(2_000) + ">")).isEmpty();
  }

  @Test
  void of_many_ids_only_as_many_as_wanted_are_read() {
    assertThat(RfcMessageId.parseAll("<1@x> junk <2@x>,<3@x>", 2))
        .containsExactly(RfcMessageId.of("1@x"), RfcMessageId.of("2@x"));
  }

  @Test
  void words_without_brackets_count_where_nothing_has_brackets() {
    assertThat(RfcMessageId.parseAll("1@x.example, 2@x.example\r\n\t3@x.example (hers)", 5))
        .containsExactly(
            RfcMessageId.of("1@x.example"),
            RfcMessageId.of("2@x.example"),
            RfcMessageId.of("3@x.example"));
    assertThat(RfcMessageId.parseAll("Your message of \"Monday\" <1@x> to ana@x.example", 5))
        .containsExactly(RfcMessageId.of("1@x"));
    assertThat(RfcMessageId.parseAll("Your message of Monday", 5)).isEmpty();
  }

  @Test
  void comments_are_left_out_and_case_does_not_matter_in_comparing() {
    assertThat(RfcMessageId.parse("1@x.example (by hand)"))
        .contains(RfcMessageId.of("1@x.example"));
    assertThat(RfcMessageId.of("AbC@X.example").caseless()).isEqualTo("abc@x.example");
  }
}
