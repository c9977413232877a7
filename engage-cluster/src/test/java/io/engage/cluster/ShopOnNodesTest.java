package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.dialer.CampaignDesk;
import io.engage.dialer.ListImport;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryMail;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.Pace;
import io.engage.model.inbox.Agent;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A shop with several machines over one PostgreSQL. */
@Tag("PO-3")
class ShopOnNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Agent CLARA = Agent.of("clara", "Clara Contreras");

  private final DataSource database = Databases.postgresql();
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), Clock.systemUTC());
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create();
  private final List<ShopNode> nodes = new ArrayList<>();

  @AfterEach
  void close() {
    nodes.forEach(ShopNode::close);
  }

  @Test
  @Tag("G-8")
  void each_mail_comes_in_once_while_a_node_is_stalled_wakes_up_and_another_goes() {
    start("ana", "ben", "clara");
    deliver(0, 40);
    awaitMessages(40);

    ShopNode watching = watching();
    watching.ice.freeze();
    deliver(40, 80);
    awaitMessages(80);
    watching.ice.melt();
    deliver(80, 100);
    awaitMessages(100);
    stop(watching());
    deliver(100, 120);
    awaitMessages(120);

    assertThat(column("select count(*) from engage_conversation")).containsExactly("120");
    assertThat(column("select count(*) from engage_ledger")).containsExactly("120");
  }

  @Test
  @Tag("G-42")
  void each_recipient_is_sent_to_once_by_nodes_that_come_and_go() {
    start("ana", "ben");
    CampaignDesk desk = nodes.get(0).dialer.deskOf(CLARA);
    Campaign campaign =
        desk.create(
                ShopNode.SHOP.id(),
                "Spring",
                CampaignPlan.of("News for ${name}").withPace(Pace.UNLIMITED.withConnections(3)))
            .findValue()
            .orElseThrow();
    desk.importList(campaign.id(), ListImport.named("Buyers").thenActivated(), rows(300));

    desk.start(campaign.id());
    await().atMost(PATIENCE).until(() -> mail.sent().size() > 20);
    start("clara");
    stop(nodes.get(1));

    await()
        .atMost(PATIENCE)
        .until(
            () ->
                desk.find(campaign.id()).findValue().orElseThrow().state().status()
                    == Campaign.Status.FINISHED);
    assertThat(
            mail.sent().stream()
                .flatMap(each -> each.recipients().stream())
                .map(Object::toString)
                .toList())
        .hasSize(300)
        .doesNotHaveDuplicates();
  }

  private void start(String... names) {
    for (String name : names) {
      nodes.add(new ShopNode(name, database, mail, blobs));
    }
  }

  private void stop(ShopNode node) {
    node.close();
    nodes.remove(node);
  }

  private ShopNode watching() {
    String name =
        column("select picked_by from engage_job where task_instance = 'mailbox:shop' and picked")
            .get(0);
    return nodes.stream().filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  private void deliver(int first, int end) {
    for (int i = first; i < end; i++) {
      mail.deliver(
          ShopNode.ACCOUNT.id(),
          """
          From: Customer %1$d <customer%1$d@customer.example>
          To: hello@shop.example
          Subject: Bike no. %1$d
          Message-ID: <%1$d@customer.example>

          Is it ready?
          """
              .formatted(i)
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private void awaitMessages(int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(column("select count(*) from engage_message"))
                    .containsExactly(String.valueOf(count)));
  }

  private static ByteArrayInputStream rows(int count) {
    String rows =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    "Spring;c%1$d@customer.example;Hello ${name};;\"name\":\"No. %1$d\";\n"
                        .formatted(i))
            .collect(
                Collectors.joining(
                    "", "campaign;emailRecipient;message;attachments;variables;priority\n", ""));
    return new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8));
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
      throw new IllegalStateException(e);
    }
  }
}
