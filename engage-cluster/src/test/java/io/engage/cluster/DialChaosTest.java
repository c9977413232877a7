package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.dialer.CampaignDesk;
import io.engage.dialer.ListImport;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Agent;
import io.engage.testkit.peers.SmtpSink;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Four processes dial one campaign over one PostgreSQL. Some are killed with SIGKILL and replaced;
 * some are stopped for longer than their leases last, and wake up again.
 *
 * <p>{@code -Dengage.chaos.rows=50000} has it last longer.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-40")
@Tag("G-42")
@Tag("DL-12")
@Tag("PO-3")
class DialChaosTest {
  private static final int ROWS = Integer.getInteger("engage.chaos.rows", 3_000);
  private static final int CONNECTIONS = 4;
  private static final int PER_SECOND = Math.max(100, ROWS / 60);
  private static final int NODES = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final Pattern RECIPIENT = Pattern.compile("X-Rcpt-Args: <([^>]*)>");
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");

  private final Random random = new Random(20_261_122);
  private final String address = Databases.address();
  private final DataSource database = Databases.at(address);
  private final List<Process> nodes = new ArrayList<>();
  private int started;
  private int killed;
  private int stalled;

  @AfterEach
  void endAll() {
    nodes.forEach(each -> each.toHandle().destroyForcibly());
  }

  @Test
  void each_mail_goes_out_once_whoever_is_killed_or_stalled() throws Exception {
    recordTokens();
    try (SmtpSink sink = SmtpSink.start();
        DialingNode shop = new DialingNode(database, sink.port())) {
      CampaignDesk desk = shop.dialer.deskOf(CLARA);
      Campaign campaign =
          desk.create(
                  ShopNode.SHOP.id(),
                  "Spring",
                  CampaignPlan.of("News for ${name}")
                      .withPace(
                          Pace.UNLIMITED.withConnections(CONNECTIONS).withPerSecond(PER_SECOND)))
              .findValue()
              .orElseThrow();
      desk.importList(campaign.id(), ListImport.named("Buyers").thenActivated(), rows());
      desk.start(campaign.id());

      while (nodes.size() < NODES) {
        nodes.add(start(sink.port()));
      }
      while (isRunning(desk, campaign)) {
        disturb(sink.port());
      }

      nodes.forEach(each -> each.toHandle().destroyForcibly());
      assertThat(killed).isPositive();
      assertThat(stalled).isPositive();
      everyoneIsAccountedFor(taken(sink));
      countsAreTrue(desk, campaign);
      assertThat(shop.engage.auditOf(CLARA).verify().findValue().orElseThrow().isIntact()).isTrue();
    }
  }

  private boolean isRunning(CampaignDesk desk, Campaign campaign) {
    return desk.find(campaign.id()).findValue().orElseThrow().state().status()
        == Campaign.Status.RUNNING;
  }

  /** One of them has something happen to it, or nobody has, for a second or two. */
  private void disturb(int smtpPort) throws Exception {
    int victim = random.nextInt(NODES);
    Process node = nodes.get(victim);
    switch (random.nextInt(3)) {
      case 0 -> {
        node.toHandle().destroyForcibly();
        node.waitFor();
        nodes.set(victim, start(smtpPort));
        killed++;
      }
      case 1 -> {
        signal("STOP", node);
        pause(DialingNode.LEASE.plusSeconds(1));
        signal("CONT", node);
        stalled++;
      }
      default -> pause(Duration.ofMillis(200 + random.nextInt(1_500)));
    }
  }

  /** What a moment is to the chaos; nothing is waited for. */
  private static void pause(Duration time) {
    Instant end = Instant.now().plus(time);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Instant.now().isAfter(end));
  }

  private static void signal(String name, Process process) throws Exception {
    int sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(sent).as("kill -%s", name).isZero();
  }

  private Process start(int smtpPort) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                DialingNode.class.getName(),
                address,
                Integer.toString(smtpPort),
                "node-" + started++)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("at work");
    return process;
  }

  private void everyoneIsAccountedFor(Map<String, Integer> taken) {
    Map<String, String> states = states();
    assertThat(states).hasSize(ROWS);
    assertThat(taken.values()).as("mails for each").containsOnly(1);
    states.forEach(
        (place, status) -> {
          boolean arrived = taken.containsKey("c%s@customer.example".formatted(place));
          if (status.equals(RecipientStatus.SENT.code())) {
            assertThat(arrived).as("row %s was sent", place).isTrue();
          } else {
            assertThat(status).as("row %s", place).isEqualTo(RecipientStatus.IN_DOUBT.code());
          }
        });
    assertThat(states.values().stream().filter(RecipientStatus.IN_DOUBT.code()::equals).count())
        .isLessThanOrEqualTo((long) (killed + stalled) * CONNECTIONS * DialingNode.GROUP);
  }

  private static void countsAreTrue(CampaignDesk desk, Campaign campaign) {
    RecipientCounts kept = desk.monitor(campaign.id()).findValue().orElseThrow().counts();

    assertThat(desk.recount(campaign.id()).findValue()).contains(kept);
    assertThat(kept.notProcessed()).isZero();
  }

  private static Map<String, Integer> taken(SmtpSink sink) throws IOException {
    Map<String, Integer> taken = new HashMap<>();
    for (String mail : sink.mails()) {
      Matcher recipient = RECIPIENT.matcher(mail);
      assertThat(recipient.find()).isTrue();
      taken.merge(recipient.group(1), 1, Integer::sum);
    }
    return taken;
  }

  private static ByteArrayInputStream rows() {
    String rows =
        IntStream.rangeClosed(1, ROWS)
            .mapToObj(
                i ->
                    "Spring;c%1$d@customer.example;Hello ${name};;\"name\":\"No. %1$d\";\n"
                        .formatted(i))
            .collect(
                Collectors.joining(
                    "", "campaign;emailRecipient;message;attachments;variables;priority\n", ""));
    return new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
  }

  /** A token that some recipient gets a second time is refused from now on. */
  private void recordTokens() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table seen_token (list text, place bigint, token bigint,"
              + " primary key (list, place, token))");
      statement.execute(
          """
          create function note_token() returns trigger language plpgsql as $$
          begin
            insert into seen_token values (new.list, new.place, new.token);
            return new;
          end $$
          """);
      statement.execute(
          """
          create trigger note_token after update of token on engage_recipient_state
          for each row when (old.token is distinct from new.token) execute function note_token()
          """);
    }
  }

  private Map<String, String> states() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select place, status from engage_recipient_state")) {
      Map<String, String> states = new HashMap<>();
      while (rows.next()) {
        states.put(rows.getString(1), rows.getString(2));
      }
      return states;
    } catch (SQLException e) {
      throw new IllegalStateException("The recipients of the chaos cannot be read", e);
    }
  }
}
