package io.engage.dialer.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.engage.dialer.listing.RowProblem.Code;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DL-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class VariablesTest {
  /** Many times what it takes; what is not linear takes minutes. */
  private static final Duration GENEROUS = Duration.ofSeconds(20);

  @Test
  void names_and_values_stand_in_quotes() {
    Map<String, String> values = read("\"name\":\"Ana\" , \"first order\" : \"2026-03-02\"");

    assertThat(values)
        .containsExactly(Map.entry("name", "Ana"), Map.entry("first order", "2026-03-02"));
  }

  @Test
  void values_hold_colons_commas_equals_signs_and_quotes() {
    Map<String, String> values =
        read("\"link\":\"https://shop.example/?a=b,c\",\"said\":\"the \"best\" shop\"");

    assertThat(values)
        .containsExactly(
            Map.entry("link", "https://shop.example/?a=b,c"),
            Map.entry("said", "the \"best\" shop"));
  }

  @Test
  void values_may_be_empty_or_of_blanks_or_without_quotes() {
    Map<String, String> values = read("\"a\":\"\",\"b\":\"  \",\"c\":5,\"d\":,\"e\": x ");

    assertThat(values)
        .containsExactlyEntriesOf(ordered("a", "", "b", "  ", "c", "5", "d", "", "e", "x"));
  }

  @Test
  void a_comma_behind_the_last_value_is_nothing() {
    assertThat(read("\"a\":\"1\",\"b\":\"2\" , ")).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void one_quote_of_a_value_may_be_missing_before_the_next_name() {
    assertThat(read("\"a\":\"1,\"b\":\"2\"")).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(read("\"a\":1\",\"b\":\"2\"")).isEqualTo(Map.of("a", "1", "b", "2"));
  }

  @Test
  void the_first_name_may_have_lost_its_quotes_to_a_spreadsheet() {
    assertThat(read("Var1:\"value\",\"Var2\":\"value\""))
        .isEqualTo(Map.of("Var1", "value", "Var2", "value"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\":\"1\",\"b:\"2\"",
        "\"a\":\"1\",b\":\"2\"",
        "\"a\":\"1\";\"b\":\"2\"",
        "\"a\":\"1",
        "\"a\"",
        "\"\":\"1\"",
        "\" \":\"1\"",
        "a",
        "a: b",
        "= 1",
        ": a = 1",
        "1a = 1",
        "“a”:“1”",
      })
  void what_may_have_lost_a_name_is_refused_rather_than_guessed(String cell) {
    assertThat(Variables.decide(cell))
        .isInstanceOfSatisfying(
            Variables.Unreadable.class,
            none -> {
              assertThat(none.flaw().code()).isEqualTo(Code.UNREADABLE_VARIABLES);
              assertThat(none.flaw().reason())
                  .contains("\"name\":\"value\"")
                  .contains("name = value");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a\":\"1\",\"a\":\"2\"", "a = 1: a = 2"})
  void a_name_that_stands_twice_is_refused(String cell) {
    assertThat(Variables.decide(cell))
        .isInstanceOfSatisfying(
            Variables.Unreadable.class,
            none -> {
              assertThat(none.flaw().code()).isEqualTo(Code.REPEATED_VARIABLE);
              assertThat(none.flaw().reason()).contains("'a'");
            });
  }

  @Test
  void the_older_form_parts_variables_at_colons_that_a_name_follows() {
    Map<String, String> values =
        read("link = https://x.example:8080/?a=b&c=d: at = 10:30: First name = Ana = Bo: e = ");

    assertThat(values)
        .containsExactlyEntriesOf(
            ordered(
                "link",
                "https://x.example:8080/?a=b&c=d",
                "at",
                "10:30",
                "First name",
                "Ana = Bo",
                "e",
                ""));
  }

  @Test
  void the_older_form_written_with_blanks_keeps_tight_colons_in_values() {
    assertThat(read("link = mailto:ana=shop.example: n = 1"))
        .containsExactlyEntriesOf(ordered("link", "mailto:ana=shop.example", "n", "1"));
  }

  @Test
  void the_older_form_may_be_written_without_blanks() {
    assertThat(read("a=1:b=2:c=x y"))
        .containsExactlyEntriesOf(ordered("a", "1", "b", "2", "c", "x y"));
  }

  @Test
  void nothing_is_no_variables() {
    assertThat(read("")).isEmpty();
    assertThat(read("  ")).isEmpty();
  }

  @ParameterizedTest
  @Tag("DL-3")
  @ValueSource(
      strings = {
        "\"a\":\"",
        "\"a\":\"1\",",
        ",\"",
        "\",",
        "\"a\" ",
        "\"a\":\" , ",
        "a = 1: ",
        "a=:",
        ": ",
        "a b ",
        "\" ",
        "    ",
      })
  void hostile_variables_take_linear_time(String piece) {
    String begin = piece.contains("=") || piece.contains("b") ? "x = 1: " : "\"x\":\"";

    assertTimeout(
        GENEROUS,
        () ->
            assertThat(Variables.decide(begin + piece.repeat(1_000_000 / piece.length())))
                .isNotNull());
  }

  private static Map<String, String> read(String cell) {
    Variables variables = Variables.decide(cell);
    assertThat(variables).isInstanceOf(Variables.Read.class);
    return ((Variables.Read) variables).values();
  }

  private static Map<String, String> ordered(String... namesAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return values;
  }
}
