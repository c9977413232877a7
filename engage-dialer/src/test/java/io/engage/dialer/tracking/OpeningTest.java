package io.engage.dialer.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-11")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OpeningTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.4.0",
        "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; Win64; x64; ms-office; MSOffice 16)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"
      })
  void what_people_read_mail_with_is_somebody(String agent) {
    assertThat(Opening.isByMachine(Map.of("user-agent", agent), AN_HOUR)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
        "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html",
        "Mozilla/5.0",
        " ",
        "Barracuda Sentinel (EE)",
        "python-requests/2.32",
        "curl/8.5.0",
        "Mozilla/5.0 (compatible; bingbot/2.0)"
      })
  void proxies_scanners_and_the_nameless_are_machines(String agent) {
    assertThat(Opening.isByMachine(Map.of("user-agent", agent), AN_HOUR)).isTrue();
  }

  @Test
  void whoever_says_nothing_of_itself_is_a_machine() {
    assertThat(Opening.isByMachine(Map.of(), AN_HOUR)).isTrue();
  }

  @Test
  void nobody_reads_a_mail_within_the_first_two_seconds() {
    Map<String, String> person = Map.of("user-agent", "Mozilla/5.0 (Macintosh) AppleWebKit/605");

    assertThat(Opening.isByMachine(person, Duration.ofMillis(1_999))).isTrue();
    assertThat(Opening.isByMachine(person, Duration.ofSeconds(2))).isFalse();
  }

  @Test
  void what_is_fetched_ahead_was_not_opened() {
    Map<String, String> ahead =
        Map.of("user-agent", "Mozilla/5.0 (Macintosh) AppleWebKit/605", "sec-purpose", "prefetch");

    assertThat(Opening.isByMachine(ahead, AN_HOUR)).isTrue();
  }
}
