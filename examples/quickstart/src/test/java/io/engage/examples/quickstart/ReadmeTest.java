package io.engage.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReadmeTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path PROGRAM =
      Path.of("src/main/java/io/engage/examples/quickstart/Quickstart.java");

  @Test
  void the_program_in_the_readme_is_the_quickstart() {
    String program = program();

    assertThat(readme()).contains("```java\n" + program + "```");
  }

  @Test
  void the_program_has_at_most_15_lines() {
    assertThat(program().lines().count()).isBetween(5L, 15L);
  }

  @Test
  void the_readme_has_60_to_120_lines() {
    assertThat(readme().lines().count()).isBetween(60L, 120L);
  }

  @Test
  void the_module_table_lists_every_module() {
    List<String> modules = all("<module>([^<]+)</module>", read(ROOT.resolve("pom.xml")));

    assertThat(all("(?m)^\\| \\[?`((?:engage-|examples/)[a-z/-]+)`", readme()))
        .containsExactlyInAnyOrderElementsOf(modules);
  }

  @Test
  void every_link_and_every_file_that_the_readme_names_exists() {
    List<String> links = all("\\]\\(([^)#:]+)\\)", readme());

    assertThat(links).isNotEmpty().allMatch(link -> Files.exists(ROOT.resolve(link)));
  }

  @Test
  void the_demo_command_runs_a_profile_that_exists() {
    assertThat(readme()).contains("mvn -q -Pdemo process-classes", "mvn verify");
    assertThat(read(ROOT.resolve("pom.xml"))).contains("<id>demo</id>");
    assertThat(read(ROOT.resolve("examples/pos-demo/pom.xml")))
        .contains("<id>demo</id>", "<phase>process-classes</phase>", "posdemo.PosDemo");
    assertThat(ROOT.resolve("engage")).isExecutable();
  }

  /** What stands between the two comments, as far left as it goes. */
  private static String program() {
    String source = read(PROGRAM);
    int from = source.indexOf('\n', source.indexOf("// The README shows")) + 1;
    int to = source.lastIndexOf('\n', source.indexOf("// ... to here."));
    return source.substring(from, to).stripIndent() + '\n';
  }

  private static String readme() {
    return read(ROOT.resolve("README.md"));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
