package io.engage.core.threading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubjectsTest {

  @ParameterizedTest
  @Tag("TH-1")
  @CsvSource({
    "My bike, My bike",
    "Re: My bike, My bike",
    "RE: AW: Fwd: My bike, My bike",
    "Re[2]: My bike, My bike",
    "Rif: R: La mia bici, La mia bici",
    "Question: is it ready?, Question: is it ready?",
    "Repair: wheel, Repair: wheel",
    "re:, ''",
    "回复：自行车, 自行车",
    "YNT: Bisiklet, Bisiklet",
  })
  void prefixes_of_answers_and_forwards_go_and_nothing_else(String subject, String base) {
    assertThat(Subjects.base(subject)).isEqualTo(base);
  }
}
