package io.engage.imap.fetching;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("SY-6")
class SurveyWayTest {
  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1000000, 1000000", "4294967295, 90000", "1050000, 1000000"})
  void a_folder_with_few_mails_or_few_holes_is_one_window_of_ranges(long uids, long messages) {
    assertThat(SurveyWay.CHANGES_AND_RANGES.decideWidth(uids, messages)).isEqualTo(uids);
  }

  @ParameterizedTest
  @CsvSource({"2000000, 1000000", "4294967295, 3000000", "4294967295, 2147483647"})
  void a_large_folder_full_of_holes_is_several(long uids, long messages) {
    for (SurveyWay way : SurveyWay.values()) {
      assertThat(way.decideWidth(uids, messages)).isBetween(1L, uids / 8);
    }
  }

  @Test
  void lists_and_flags_come_in_windows() {
    assertThat(SurveyWay.CHANGES_AND_LIST.decideWidth(1_000_000, 1_000_000)).isEqualTo(45_000);
    assertThat(SurveyWay.FLAGS.decideWidth(1_000_000, 1_000_000)).isEqualTo(18_000);
    assertThat(SurveyWay.FLAGS.decideWidth(1_000_000, 20_000)).isEqualTo(1_000_000);
  }
}
