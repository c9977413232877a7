package io.engage.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.message.ContentDigest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other processes, one of which is killed in the middle of its work. */
class KilledProcessTest {
  @TempDir private Path folder;

  @Test
  @Tag("G-8")
  void a_process_that_is_killed_while_it_writes_and_deletes_loses_nothing_durable()
      throws Exception {
    Set<String> durable = new HashSet<>();
    Set<String> deleted = new HashSet<>();
    Set<String> perhapsDeleted = new HashSet<>();

    for (int round = 1; round <= 5; round++) {
      for (String line : killedAfter(round * 400, KilledWriter.class, folder, round)) {
        String digest = line.substring(1);
        switch (line.charAt(0)) {
          case '+' -> durable.add(digest);
          case '?' -> perhapsDeleted.add(digest);
          default -> deleted.add(digest);
        }
      }
      durable.removeAll(perhapsDeleted);

      try (SegmentBlobStore store = SegmentBlobStore.open(folder)) {
        for (String digest : durable) {
          assertThat(Folders.isWhole(store, ContentDigest.of(digest))).isTrue();
        }
        assertThat(deleted)
            .isNotEmpty()
            .allSatisfy(digest -> assertThat(store.find(ContentDigest.of(digest))).isEmpty());
      }
    }

    assertThat(durable).isNotEmpty();
  }

  @Test
  @Tag("G-12")
  void three_hundred_megabytes_pass_through_a_small_heap() throws Exception {
    Process process = started(List.of("-Xmx64m"), LargeMail.class, folder.toString());

    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(ended).isTrue();
    assertThat(said).contains("read " + LargeMail.SIZE + " of " + LargeMail.SIZE);
  }

  /** What a process said, complete lines only, until it was killed a moment after some lines. */
  private static List<String> killedAfter(int lines, Class<?> program, Path folder, int seed)
      throws IOException, InterruptedException {
    Process process = started(List.of(), program, folder.toString(), Integer.toString(seed));
    List<String> said = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        said.add(line);
        if (said.size() == lines) {
          // The process itself would close our end of its output, too.
          process.toHandle().destroyForcibly();
        }
        line = reader.readLine();
      }
    }
    process.waitFor();
    assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
    said.removeIf(each -> each.length() != 65);
    return said;
  }

  private static Process started(List<String> options, Class<?> program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
