package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("G-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class SanitizeCommandTest {

  @Test
  void html_goes_in_and_safe_html_comes_out() {
    Ran ran = Ran.engage("<p onclick=x()>Grün</p><script>x()</script>", "sanitize");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out().strip()).isEqualTo("<p>Grün</p>");
  }

  @Test
  void many_go_in_as_lines_and_a_bad_line_stops_nothing() {
    String lines =
        "{\"html\":\"<b>one</b><script>1</script>\"}\nno json\n{\"text\":1}\n{\"html\":\"two\"}\n";

    Ran ran = Ran.engage(lines, "sanitize", "--jsonl");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.objects()).hasSize(4);
    assertThat(ran.objects().get(0).toString()).isEqualTo("{\"html\":\"<b>one</b>\"}");
    assertThat(ran.objects().get(1).has("error")).isTrue();
    assertThat(ran.objects().get(2).has("error")).isTrue();
    assertThat(ran.objects().get(3).get("html").asText()).isEqualTo("two");
  }
}
