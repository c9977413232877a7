package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("SY-1")
class BackoffTest {
  private final Random random = new Random(7);

  @Test
  void a_server_that_names_a_time_is_left_alone_at_least_so_long() {
    MailAccessFailure throttled =
        new MailAccessFailure(Reason.BUSY, "IMAP", "Later.", Duration.ofMinutes(7));

    IntStream.range(1, 50)
        .forEach(
            failures ->
                assertThat(Backoff.decide(failures, throttled, random))
                    .isBetween(Duration.ofMinutes(7), Duration.ofMinutes(9)));
  }

  @Test
  void a_busy_server_is_asked_more_slowly_each_time_and_never_seldom_than_each_half_hour() {
    MailAccessFailure busy = new MailAccessFailure(Reason.BUSY, "IMAP", "Later.");

    assertThat(Backoff.decide(1, busy, random))
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(20));
    assertThat(Backoff.decide(4, busy, random))
        .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(160));
    assertThat(Backoff.decide(1_000_000, busy, random))
        .isBetween(Duration.ofMinutes(15), Duration.ofMinutes(30));
  }

  @Test
  void a_lost_connection_is_made_again_soon_and_what_has_no_hope_is_tried_seldom() {
    MailAccessFailure lost = new MailAccessFailure(Reason.CONNECTION_LOST, "IMAP", "Again.");
    MailAccessFailure hopeless = new MailAccessFailure(Reason.WRONG_CREDENTIAL, "IMAP", "Check.");

    assertThat(Backoff.decide(1, lost, random)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.decide(1, hopeless, random))
        .isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
  }
}
