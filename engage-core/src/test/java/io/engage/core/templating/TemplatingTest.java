package io.engage.core.templating;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("IN-13")
@Tag("G-50")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TemplatingTest {
  private final Templating templating = new Templating();

  @Test
  void fields_get_their_values() {
    var filled = fill("Dear ${name}, your ${ Primer Modelo } is ready.", Encoding.TEXT);

    assertThat(filled).isEqualTo(complete("Dear Ana O'Brien <VIP>, your Tourer; red is ready."));
  }

  @Test
  void a_field_without_a_value_is_named_and_nothing_comes_out() {
    var filled = fill("${name}: ${code}, ${ref}, ${code}", Encoding.TEXT);

    assertThat(filled)
        .isInstanceOfSatisfying(
            FilledText.Missing.class,
            missing -> assertThat(missing.reason()).endsWith("without a value: code, ref"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TEXT     | Ana O'Brien <VIP>",
        "HTML     | Ana O&#39;Brien &lt;VIP&gt;",
        "HEADER   | Ana O'Brien <VIP>",
        "CALENDAR | Ana O'Brien <VIP>",
      })
  void a_value_is_written_as_its_place_wants_it(Encoding encoding, String expected) {
    var filled = fill("${name}", encoding);

    assertThat(filled).isEqualTo(complete(expected));
  }

  @Test
  @Tag("G-32")
  void a_value_in_a_header_stays_on_its_line() {
    var form = form("Re: ${x}");

    var filled = form.fill(Map.of("x", "a\r\nBcc: eve@evil.example\0\u2028b"), Encoding.HEADER);

    assertThat(filled).isEqualTo(complete("Re: a  Bcc: eve@evil.example  b"));
  }

  @Test
  void a_value_in_a_calendar_ends_no_line_and_no_list() {
    var form = form("${x}");

    var filled = form.fill(Map.of("x", "a\\b;c,d\r\ne\u0007"), Encoding.CALENDAR);

    assertThat(filled).isEqualTo(complete("a\\\\b\\;c\\,d\\ne"));
  }

  @Test
  void what_a_value_holds_is_never_read_as_a_field() {
    var form = form("${a} ${b}");

    var filled = form.fill(Map.of("a", "${b}", "b", "${>secret.txt}"), Encoding.TEXT);

    assertThat(filled).isEqualTo(complete("${b} ${>secret.txt}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"${", "${}", "${ }", "it costs ${5", "$ {name}", "${a\nb}", "${1st}", "$"})
  void what_is_no_field_stays_as_it_is(String text) {
    var form = form(text);

    assertThat(form.fields()).isEmpty();
    assertThat(form.fill(Map.of(), Encoding.HTML)).isEqualTo(complete(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${>secret.txt}", "${={{ }}=}", "${#each}", "${/each}", "${^none}", "${&raw}", "${{raw}}",
        "${!note}", "${<block}", "${$block}", "${%implicit}", "${@import}", "${*x}", "${?x}",
      })
  void what_other_languages_would_run_is_refused_with_its_place(String hostile) {
    var compilation = templating.decide("Dear ${name},\nsee " + hostile);

    assertThat(compilation)
        .isInstanceOfSatisfying(
            Compilation.Refused.class,
            refused -> {
              assertThat(refused.problems()).hasSize(1);
              assertThat(refused.reason())
                  .startsWith("line 2, column 5: '" + hostile.substring(0, 3));
            });
  }

  @Test
  void thousands_of_sections_are_refused_and_only_the_first_are_named() {
    var compilation = templating.decide("${#a}".repeat(5_000));

    assertThat(compilation)
        .isInstanceOfSatisfying(
            Compilation.Refused.class, refused -> assertThat(refused.problems()).hasSize(20));
  }

  @Test
  void a_template_beyond_all_bounds_is_refused() {
    var compilation = templating.decide("x".repeat(Templating.LONGEST + 1));

    assertThat(compilation).isInstanceOf(Compilation.Refused.class);
  }

  @Test
  void a_name_that_calls_something_elsewhere_is_only_a_name() {
    assertThat(form("${delete} ${getClass} ${class.name}").fields())
        .containsExactlyInAnyOrder("delete", "getClass", "class.name");
  }

  private FilledText fill(String template, Encoding encoding) {
    return form(template)
        .fill(Map.of("name", "Ana O'Brien <VIP>", "Primer Modelo", "Tourer; red"), encoding);
  }

  private FilledText.Form form(String template) {
    return ((Compilation.Ready) templating.decide(template)).form();
  }

  private static FilledText complete(String text) {
    return new FilledText.Complete(text);
  }
}
