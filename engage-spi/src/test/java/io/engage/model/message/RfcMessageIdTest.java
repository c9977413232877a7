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
}
