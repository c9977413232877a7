package io.engage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code engage}, with a JVM that only says how it was started. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptTest {
  @TempDir private Path folder;

  @BeforeEach
  void build() throws IOException {
    Path script = Files.copy(script(), folder.resolve("engage"));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Files.createDirectories(folder.resolve("examples/cli/target/lib"));
    Files.createFile(folder.resolve("examples/cli/target/engage-cli.jar"));
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.writeString(
        java,
        """
        #!/usr/bin/env bash
        echo "$$"
        printf '%s\\n' "$@"
        exit 3
        """);
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private static Path script() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .map(each -> each.resolve("engage"))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_command_takes_the_place_of_the_script_so_that_signals_and_its_end_are_its_own()
      throws Exception {
    Process first = engage("sync", "--imap", "imaps://ana@mail.example");
    List<String> said = first.inputReader().lines().toList();

    Process second = engage("sync", "--imap", "imaps://ana@mail.example");

    assertThat(said).first().isEqualTo(String.valueOf(first.pid()));
    assertThat(said).endsWith("sync", "--imap", "imaps://ana@mail.example");
    assertThat(second.inputReader().lines()).first().isEqualTo(String.valueOf(second.pid()));
    assertThat(List.of(first.waitFor(), second.waitFor())).containsOnly(3);
  }

  @Test
  void options_of_the_user_come_after_those_of_the_script() throws Exception {
    Process run = engage("dial");

    assertThat(run.inputReader().lines())
        .containsSubsequence("-XX:NewRatio=1", "-XX:NewRatio=2", "-Dshop=ana", "dial");
    assertThat(run.waitFor()).isEqualTo(3);
  }

  private Process engage(String... arguments) throws IOException {
    ProcessBuilder start =
        new ProcessBuilder(
            Stream.concat(Stream.of(folder.resolve("engage").toString()), Stream.of(arguments))
                .toList());
    start.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    start.environment().put("ENGAGE_BUILD", "never");
    start.environment().put("ENGAGE_JAVA_OPTS", "-XX:NewRatio=2 -Dshop=ana");
    return start.redirectErrorStream(true).start();
  }
}
