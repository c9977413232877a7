package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("DL-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ListCommandTest {
  private static final String LIST =
      """
      campaign;emailRecipient;message;attachments;variables;priority
      SupportIntegra;test@integraccs.com;This is a test message.;;"Var1":"value","Var2":"value";9999
      SupportIntegra;nobody;Hello
      Newsletter;ana@customer.example;Hello;;;soon
      SupportIntegra;ana@customer.example
      """;

  @TempDir private Path folder;

  @Test
  void the_list_of_the_manual_is_good() {
    String list = LIST.lines().limit(2).reduce("", (all, line) -> all + line + "\n");

    Ran ran = check(list, "--campaign", "SupportIntegra");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).isEqualToNormalizingNewlines("rows=1 good=1 bad=0 failed=0 refused=0\n");
  }

  @Test
  void each_bad_row_is_named_by_line_column_and_reason() {
    Ran ran = check(LIST, "--campaign", "SupportIntegra");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out().lines())
        .containsExactly(
            "line 3, column 2 (emailRecipient): This is no e-mail address, so nothing is sent"
                + " to it",
            "line 4, column 1 (campaign): The campaign is 'Newsletter', but this list is for"
                + " 'SupportIntegra'",
            "line 4, column 6 (priority): The priority 'soon' is no whole number from 1 to"
                + " 999999999",
            "rows=4 good=2 bad=2 failed=1 refused=1");
  }

  @Test
  void a_program_is_told_the_same() {
    List<JsonNode> said = check(LIST, "--campaign", "SupportIntegra", "--json").objects();

    assertThat(said.get(0).toString())
        .isEqualTo(
            "{\"line\":3,\"row\":2,\"column\":2,\"columnName\":\"emailRecipient\","
                + "\"code\":\"invalid-address\",\"reason\":\"This is no e-mail address, so nothing"
                + " is sent to it\",\"kept\":true}");
    assertThat(said.get(1).path("kept").booleanValue()).isFalse();
    assertThat(said.get(3).toString())
        .isEqualTo("{\"rows\":4,\"good\":2,\"bad\":2,\"failed\":1,\"refused\":1}");
  }

  @Test
  void a_field_of_the_template_needs_a_value() throws IOException {
    String template =
        Files.writeString(folder.resolve("template.html"), "<p>Dear ${Var1}, ${agent.name}</p>")
            .toString();

    Ran ran = check(LIST, "--campaign", "SupportIntegra", "--template", template);

    assertThat(ran.out())
        .contains("line 5, column 5 (variables): There is no value for 'Var1'")
        .doesNotContain("line 2")
        .doesNotContain("agent.name");
  }

  @Test
  @Tag("DL-4")
  void tokens_of_uploaded_files_are_given() {
    String list = "campaign;email;attachments\nSpring;ana@customer.example;offer-4f2a\n";

    assertThat(check(list, "--campaign", "Spring").out()).contains("no uploaded file 'offer-4f2a'");
    assertThat(check(list, "--campaign", "Spring", "--attachment", "offer-4f2a").exitCode())
        .isZero();
  }

  @Test
  void a_list_without_its_header_is_told() {
    Ran ran = check("a;b\n", "--campaign", "Spring", "--json");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.objects().get(0).path("code").textValue()).isEqualTo("missing-column");
    assertThat(ran.objects().get(0).path("line").intValue()).isEqualTo(1);
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    Ran ran = Ran.engage("", "list", "check", folder + "/none.csv", "--campaign", "Spring");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("there is no file").contains("none.csv");
  }

  @Test
  void what_is_not_understood_ends_with_2() throws IOException {
    String template = Files.writeString(folder.resolve("template"), "${>file}").toString();

    assertThat(Ran.engage("", "list").exitCode()).isEqualTo(2);
    assertThat(Ran.engage("", "list", "check", "-").exitCode()).isEqualTo(2);
    assertThat(check(LIST, "--campaign", "Spring", "--template", template))
        .satisfies(
            ran -> {
              assertThat(ran.exitCode()).isEqualTo(2);
              assertThat(ran.err()).contains("line 1, column 1");
            });
  }

  @Test
  @Tag("DL-2")
  void the_sample_is_a_list_that_is_good() {
    Ran sample = Ran.engage("", "list", "sample", "--campaign", "Spring; summer");

    assertThat(check(sample.out(), "--campaign", "Spring; summer").exitCode()).isZero();
  }

  @Test
  @Tag("G-45")
  void a_million_rows_and_a_line_of_a_gigabyte_fit_into_32_megabytes() throws Exception {
    Process process = engageIn32Megabytes("list", "check", "-", "--campaign", "Spring");
    try (OutputStream list = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
      write(list, "campaign;email;message;attachments;variables;priority\n", 1);
      write(
          list,
          "Spring;ana@customer.example;Hello;;\"name\":\"Ana\",\"city\":\"Rome\";7\n",
          1_000_000);
      write(list, "x;".repeat(512), 1 << 20);
      write(list, "\nSpring;bo@customer.example;\"Never closed\n", 1);
      write(list, "Spring;bo@customer.example;\"Hello;\nBo\"\n", 1_000);
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(said.lines())
        .satisfiesExactly(
            tooLong -> assertThat(tooLong).startsWith("line 1000002: ").contains("characters"),
            open -> assertThat(open).startsWith("line 1000003, column 3 (message): "),
            figures ->
                assertThat(figures)
                    .isEqualTo("rows=1001002 good=1001000 bad=2 failed=0 refused=2"));
  }

  private static Process engageIn32Megabytes(String... arguments) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            EngageCommand.class.getName());
    return new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments)).toList())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void write(OutputStream to, String text, int times) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < times; i++) {
      to.write(bytes);
    }
  }

  private static Ran check(String list, String... options) {
    List<String> arguments =
        Stream.concat(Stream.of("list", "check", "-"), Stream.of(options)).toList();
    return Ran.engage(list, arguments.toArray(String[]::new));
  }
}
