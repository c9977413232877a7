package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.core.Reconciliation;
import io.engage.dialer.CampaignDesk;
import io.engage.dialer.ListImport;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Agent;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.Message;
import io.engage.spi.Storage;
import io.engage.testkit.peers.SmtpSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four processes dial one campaign and watch two mailboxes over one PostgreSQL. All of them are
 * killed with SIGKILL and replaced, and stopped for longer than their leases last until they wake
 * up again; mail comes in all the while.
 *
 * <p>{@code -Dengage.chaos.rows=50000} has it last longer.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("G-1")
@Tag("G-8")
@Tag("G-40")
@Tag("G-42")
@Tag("DL-12")
@Tag("PO-3")
class DialChaosTest {
  private static final int ROWS = Integer.getInteger("engage.chaos.rows", 3_000);
  private static final int CONNECTIONS = 4;
  private static final int PER_SECOND = Math.max(100, ROWS / 60);
  private static final int MAILS_AT_ONCE = 8;

  /** However slow the machine is; a mailbox that is nobody's until its lease ends takes ten. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Pattern RECIPIENT = Pattern.compile("X-Rcpt-Args: <([^>]*)>");
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");

  private final String address = Databases.address();
  private final DataSource database = Databases.at(address);

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void each_mail_goes_out_once_and_comes_in_once_whoever_is_killed_or_stalled() throws Exception {
    recordTokens();
    try (SmtpSink sink = SmtpSink.start();
        PostOffice post = PostOffice.start();
        DialingNode shop = new DialingNode(database, sink.port(), post.port());
        ChaosNodes nodes = new ChaosNodes(address, sink.port(), post.port())) {
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
      post.deliver(MAILS_AT_ONCE);

      nodes.start();
      awaitMails(post);
      while (nodes.isSomethingDue() || isRunning(desk, campaign)) {
        disturb(nodes, post);
      }
      post.deliver(MAILS_AT_ONCE);
      awaitMails(post);
      nodes.end();

      everyoneIsAccountedFor(taken(sink), nodes.blows());
      countsAreTrue(desk, campaign);
      eachMailIsInOnce(shop, post);
      assertThat(shop.engage.auditOf(CLARA).verify().findValue().orElseThrow().isIntact()).isTrue();
    }
  }

  private boolean isRunning(CampaignDesk desk, Campaign campaign) {
    return desk.find(campaign.id()).findValue().orElseThrow().state().status()
        == Campaign.Status.RUNNING;
  }

  /**
   * While one is stalled the others bring in what it may be at; a lock that it holds may hinder.
   */
  private void disturb(ChaosNodes nodes, PostOffice post) throws Exception {
    post.deliver(MAILS_AT_ONCE);
    nodes.disturb(
        column("select picked_by from engage_job where picked and task_instance like 'mailbox:%'"),
        () -> post.deliver(MAILS_AT_ONCE),
        () -> hasComeIn(post));
  }

  /** When it does not come to that, it is told who had what to do. */
  private void awaitMails(PostOffice post) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(hasComeIn(post))
                    .as(
                        () ->
                            "%d mails for each mailbox came in; jobs %s, leases %s, ledger %s"
                                .formatted(
                                    post.delivered(),
                                    column("select row_to_json(j)::text from engage_job j"),
                                    column("select row_to_json(l)::text from engage_lease l"),
                                    column(
                                        "select account || ' ' || count(*) from engage_ledger"
                                            + " group by account")))
                    .isTrue());
  }

  private boolean hasComeIn(PostOffice post) {
    return column("select count(*) from engage_ledger")
        .contains(String.valueOf(2 * post.delivered()));
  }

  /** The ledger, messages, their bytes, conversations, the trail and the server say the same. */
  private void eachMailIsInOnce(DialingNode shop, PostOffice post) {
    int delivered = post.delivered();
    for (AccountId account : List.of(DialingNode.SHOP, DialingNode.WORKSHOP)) {
      List<Message> messages = imported(shop.storage, account);
      assertThat(messages)
          .extracting(each -> each.headers().messageId().value())
          .containsExactlyInAnyOrderElementsOf(post.messageIds(account));
      assertThat(messages)
          .allMatch(each -> shop.storage.blobs().find(each.source().digest()).isPresent());
      assertThat(shop.engage.mail().reconcile(account))
          .singleElement()
          .isEqualTo(
              new Reconciliation(
                  new ServerFolder(account, "INBOX"),
                  delivered,
                  delivered,
                  Map.of(LedgerEntry.State.IMPORTED, (long) delivered),
                  0,
                  0,
                  0));
    }
    assertThat(column("select count(*) from engage_message"))
        .containsExactly(String.valueOf(2 * delivered));
    assertThat(column("select messages from engage_conversation"))
        .hasSize(2 * delivered / PostOffice.IN_A_CONVERSATION)
        .containsOnly(String.valueOf(PostOffice.IN_A_CONVERSATION));
    assertThat(shop.storage.audit().newest(Integer.MAX_VALUE))
        .filteredOn(each -> each.fact() instanceof AuditFact.Received)
        .extracting(each -> each.subject().message())
        .hasSize(2 * delivered)
        .doesNotHaveDuplicates();
  }

  private static List<Message> imported(Storage storage, AccountId account) {
    ServerFolder folder = new ServerFolder(account, "INBOX");
    long uidValidity = storage.ledger().cursor(folder).orElseThrow().uidValidity();
    List<LedgerEntry> entries =
        storage.ledger().entriesAfter(folder, uidValidity, 0, Integer.MAX_VALUE);
    return storage
        .inboxes()
        .messages(entries.stream().flatMap(each -> each.messages().stream()).toList());
  }

  private void everyoneIsAccountedFor(Map<String, Integer> taken, int blows) {
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
        .isLessThanOrEqualTo((long) blows * CONNECTIONS * DialingNode.GROUP);
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
    return column("select place || ' ' || status from engage_recipient_state").stream()
        .map(each -> each.split(" ", 2))
        .collect(Collectors.toMap(each -> each[0], each -> each[1]));
  }

  private List<String> column(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException("The database of the chaos cannot be read", e);
    }
  }
}
