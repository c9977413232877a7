package io.engage.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.campaign.CampaignPlan.Doubt;
import io.engage.model.campaign.RecipientStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that dials is killed with SIGKILL, again and again, against a server that records and a
 * store that survives it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-40")
@Tag("DL-12")
class KilledDialingTest {
  private static final int ROWS = 200;
  private static final int DEATHS = 7;
  private static final int STEPS_OF_A_LIFE = 14;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Doubt.class)
  void what_the_server_took_and_what_is_in_doubt_is_the_whole_list(Doubt doubt) throws Exception {
    Random random = new Random(20_260_302);
    Map<String, RecipientStatus> states = new HashMap<>();
    List<String> taken;
    int deaths = 0;
    try (RecordingSmtp server = RecordingSmtp.start()) {
      while (states.isEmpty()) {
        int kill = deaths < DEATHS ? 1 + random.nextInt(STEPS_OF_A_LIFE) : Integer.MAX_VALUE;
        deaths += live(server, doubt, deaths, kill, states) ? 0 : 1;
      }
      taken = server.taken();
    }

    assertThat(deaths).isEqualTo(DEATHS);
    assertThat(states).hasSize(ROWS);
    TreeSet<String> accountedFor = new TreeSet<>(taken);
    if (doubt == Doubt.NEVER_TWICE) {
      assertThat(taken).doesNotHaveDuplicates();
      states.forEach(
          (address, status) -> {
            if (status == RecipientStatus.IN_DOUBT) {
              accountedFor.add(address);
            } else {
              assertThat(status).isEqualTo(RecipientStatus.SENT);
              assertThat(taken).contains(address);
            }
          });
      assertThat(states.values().stream().filter(RecipientStatus.IN_DOUBT::equals).count())
          .isLessThanOrEqualTo((long) DEATHS * DialUntilKilled.GROUP);
    } else {
      assertThat(states.values()).containsOnly(RecipientStatus.SENT);
    }
    assertThat(accountedFor).containsExactlyInAnyOrderElementsOf(Mailing.addresses(ROWS));
  }

  /** Whether it came to its end. */
  private boolean live(
      RecordingSmtp server, Doubt doubt, int life, int killAt, Map<String, RecipientStatus> states)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DialUntilKilled.class.getName(),
                folder.resolve("journal").toString(),
                Integer.toString(server.port()),
                doubt.name(),
                Integer.toString(ROWS),
                Integer.toString(life))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
        if (said.size() == killAt) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    boolean ended = said.contains("end");
    assertThat(ended || said.size() >= killAt).as("it said %s", said).isTrue();
    if (ended) {
      said.stream()
          .filter(line -> line.contains("@customer.example "))
          .map(line -> line.split(" "))
          .forEach(words -> states.put(words[0], RecipientStatus.valueOf(words[1])));
    }
    return ended;
  }
}
