package io.engage.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DL-12")
class GroupsTest {
  private static final Duration LEASE = Duration.ofMinutes(10);

  @ParameterizedTest(name = "{0} a mail: {1} together")
  @CsvSource({
    "PT0S, 50",
    "PT0.001S, 50",
    "PT1.5S, 50",
    "PT1.6S, 46",
    "PT10S, 7",
    "PT1M, 1",
    "PT1H, 1"
  })
  void a_group_is_over_long_before_its_lease(String perMail, int together) {
    assertThat(Groups.decide(50, Duration.parse(perMail), LEASE)).isEqualTo(together);
  }

  @ParameterizedTest
  @CsvSource({"PT1S", "PT1M", "PT1H"})
  void a_shorter_lease_makes_smaller_groups_and_none_is_empty(String lease) {
    Duration eighth = Duration.parse(lease).dividedBy(8);

    int together = Groups.decide(1_000_000, Duration.ofMillis(20), Duration.parse(lease));

    assertThat(together).isPositive();
    assertThat(Duration.ofMillis(20).multipliedBy(together)).isLessThanOrEqualTo(eighth);
  }
}
