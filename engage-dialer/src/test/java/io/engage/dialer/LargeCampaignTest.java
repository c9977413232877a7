package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A list that would not fit into memory is imported and sent to. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargeCampaignTest {
  private static final long ROWS = 1_000_000;

  @Test
  @Tag("G-45")
  @Tag("DL-3")
  void
      a_million_rows_are_imported_and_sent_to_in_64_megabytes_and_late_ones_cost_what_early_ones_did()
          throws IOException, InterruptedException {
    Process process = inSmallHeap();
    try (BufferedWriter list =
        new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8), 1 << 16)) {
      list.write(LargeCampaign.HEADER);
      for (long row = 1; row <= ROWS; row++) {
        list.write(LargeCampaign.row(row));
      }
    }

    List<String> said = process.inputReader(StandardCharsets.UTF_8).lines().toList();

    assertThat(process.waitFor()).isZero();
    assertThat(said)
        .startsWith("imported %1$d %1$d".formatted(ROWS))
        .endsWith("sent " + ROWS + " FINISHED");
    assertThat(asked(said).subList(1, 9)).containsOnly(asked(said).get(1));
  }

  /** Of each tenth; the last few hundred are shared among the connections in small blocks. */
  private static List<String> asked(List<String> said) {
    return said.stream().filter(line -> line.startsWith("asked ")).toList();
  }

  private static Process inSmallHeap() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            LargeCampaign.class.getName(),
            Long.toString(ROWS))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
