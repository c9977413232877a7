package io.engage.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("G-16")
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnsweringTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void a_token_comes_with_its_life_and_perhaps_a_new_refresh_token() {
    Answer answer =
        answer(
            200,
            """
            {"access_token":"a-1","token_type":"bearer","expires_in":3599,"refresh_token":"r-2"}
            """);

    assertThat(answer)
        .isEqualTo(new Answer.Issued(Secret.of("a-1"), Secret.of("r-2"), Duration.ofSeconds(3599)));
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"access_token\":\"a\"}', 600",
    "'{\"access_token\":\"a\",\"expires_in\":\"120\"}', 120",
    "'{\"access_token\":\"a\",\"expires_in\":-5}', 600",
    "'{\"access_token\":\"a\",\"expires_in\":1e99}', 600",
    "'{\"access_token\":\"a\",\"expires_in\":999999999999}', 86400",
  })
  void a_life_that_is_not_said_or_odd_is_a_short_one(String body, long seconds) {
    assertThat(answer(200, body))
        .isEqualTo(new Answer.Issued(Secret.of("a"), null, Duration.ofSeconds(seconds)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"invalid_grant", "interaction_required", "consent_required", "access_denied"})
  void what_only_the_owner_can_mend_is_withdrawn(String error) {
    assertThat(answer(400, "{\"error\":\"%s\"}".formatted(error)))
        .isInstanceOfSatisfying(
            Answer.Withdrawn.class, said -> assertThat(said.reason()).contains(error));
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid_client", "unauthorized_client", "invalid_scope"})
  void what_only_an_administrator_can_mend_is_misregistered(String error) {
    assertThat(answer(401, "{\"error\":\"%s\"}".formatted(error)))
        .isInstanceOfSatisfying(
            Answer.Misregistered.class, said -> assertThat(said.reason()).contains(error));
  }

  @Test
  void an_error_that_comes_with_200_is_an_error() {
    assertThat(answer(200, "{\"error\":\"invalid_grant\"}")).isInstanceOf(Answer.Withdrawn.class);
  }

  @Test
  void of_the_words_of_a_server_only_a_number_of_microsoft_is_passed_on() {
    String body =
        """
        {"error":"invalid_grant",
         "error_description":"AADSTS700082: ana@shop.example has used canary-1 for too long"}
        """;

    assertThat(answer(400, body))
        .isEqualTo(
            new Answer.Withdrawn(
                "it takes the refresh token no more (invalid_grant, AADSTS700082)"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void a_server_that_is_busy_or_broken_has_said_nothing_of_the_token(int status) {
    assertThat(answer(status, "{\"error\":\"invalid_grant\"}")).isInstanceOf(Answer.Later.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Sign in to the wireless network</html>",
        "[]",
        "null",
        "{\"access_token\":",
        "{\"access_token\":7}",
        "{\"access_token\":\"\"}",
        "{\"access_token\":\"a b\"}",
        "{\"access_token\":\"a\\u0001auth=\"}",
        "{\"access_token\":\"a\",\"token_type\":\"mac\"}",
        "{\"access_token\":\"a\",\"refresh_token\":\"r\\n\"}",
        "{\"error\":\"something_new\"}",
        "{\"error\":{\"code\":1}}",
      })
  void garbage_is_no_reason_to_bother_the_owner(String body) {
    assertThat(answer(200, body)).isInstanceOf(Answer.Later.class);
    assertThat(answer(400, body)).isInstanceOf(Answer.Later.class);
  }

  @Test
  void deep_nesting_is_garbage() {
    assertThat(answer(200, "[".repeat(60_000))).isInstanceOf(Answer.Later.class);
  }

  @ParameterizedTest
  @CsvSource({
    "120, 120",
    "'Mon, 2 Mar 2026 12:05:00 GMT', 300",
    "'Mon, 2 Mar 2026 11:00:00 GMT', 0",
    "999999999, 21600",
    "-3, 0",
    "soon, 0",
    "'', 0"
  })
  void a_server_says_when_to_come_back_by_seconds_or_by_date(String field, long seconds) {
    assertThat(Answering.decide(429, field, "", NOON))
        .isEqualTo(new Answer.Later("it asks to come back later", Duration.ofSeconds(seconds)));
  }

  private static Answer answer(int status, String body) {
    return Answering.decide(status, "", body, NOON);
  }
}
