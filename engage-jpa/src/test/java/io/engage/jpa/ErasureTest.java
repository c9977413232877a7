package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.Erasure;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryAgentDirectory;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.memory.InMemoryPermissions;
import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.writing.Draft;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A watchmaker's Engage over a database, of which a customer wants to be forgotten. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("PO-6")
class ErasureTest {
  private static final List<String> TRACES =
      List.of("ana@example.com", "Alvarez", "blue dial", "half past seven");

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void of_an_erased_person_no_row_holds_anything_and_the_trail_stays_valid(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    try (Shop shop = Shop.in(database)) {
      shop.hearsFromAnaAndBen();
      assertThat(TRACES).allSatisfy(trace -> assertThat(find(trace, database)).isNotEmpty());

      Erasure erasure =
          shop.engage
              .privacyOf(Sample.clara())
              .erase(Person.of(CustomerId.of("ana")))
              .findValue()
              .orElseThrow();

      shop.workOffLater();
      assertThat(erasure.isComplete()).isTrue();
      assertThat(TRACES).allSatisfy(trace -> assertThat(find(trace, database)).isEmpty());
      assertThat(find("My saddle", database)).isNotEmpty();
      assertThat(shop.isTrailIntact()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_is_older_than_it_may_be_goes_and_what_is_younger_stays(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    try (Shop shop = Shop.in(database)) {
      shop.hearsFromAnaAndBen();
      shop.clock.advance(Duration.ofDays(400));
      shop.arrives("Ben Baker <ben@example.org>", "9", "A younger question");

      Erasure erasure =
          shop.engage
              .privacyOf(Sample.clara())
              .retain(Sample.workshop().id(), Duration.ofDays(365))
              .findValue()
              .orElseThrow();

      shop.workOffLater();
      assertThat(erasure.isComplete()).isTrue();
      assertThat(TRACES).allSatisfy(trace -> assertThat(find(trace, database)).isEmpty());
      assertThat(find("My saddle", database)).isEmpty();
      assertThat(find("A younger question", database)).isNotEmpty();
      assertThat(shop.isTrailIntact()).isTrue();
    }
  }

  /** In which tables this stands, in any case. */
  private static List<String> find(String trace, DataSource database) {
    List<String> found = new ArrayList<>();
    for (String table : Rows.ofEngage(database).keySet()) {
      if (holds(database, table, trace.toLowerCase(Locale.ROOT))) {
        found.add(table);
      }
    }
    return found;
  }

  private static boolean holds(DataSource database, String table, String trace) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + table)) {
      boolean found = false;
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          found |= text(rows, i).toLowerCase(Locale.ROOT).contains(trace);
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return row.getObject(column) instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(row.getString(column));
  }

  private record Shop(Engage engage, InMemoryMail mail, ManualClock clock, Storage storage)
      implements AutoCloseable {
    private static final MailAccount ACCOUNT =
        MailAccount.of(
            Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));

    static Shop in(DataSource database) {
      ManualClock clock = ManualClock.at(Sample.MONDAY);
      InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
      Storage storage = JpaStorage.over(database).build();
      Inbox workshop = Sample.workshop();
      return new Shop(
          Engage.builder()
              .storage(storage)
              .blobs(InMemoryBlobStore.create(clock))
              .mail(mail)
              .customers(
                  InMemoryCustomerDirectory.create()
                      .with("ana", "Ana Alvarez", EmailAddress.of("ana@example.com"))
                      .with("ben", "Ben Baker", EmailAddress.of("ben@example.org")))
              .agents(InMemoryAgentDirectory.create().with(Sample.clara()))
              .permissions(InMemoryPermissions.allowing())
              .account(ACCOUNT)
              .inbox(workshop)
              .signingKeys(Secret.of("a key that only the shop has"))
              .clock(clock)
              .build(),
          mail,
          clock,
          storage);
    }

    /** Ana has written twice, is answered, waits for an answer, and Clara writes her another. */
    void hearsFromAnaAndBen() {
      arrives("Ana Alvarez <ana@example.com>", "1", "My watch with the blue dial stopped.");
      arrives("Ben Baker <ben@example.org>", "2", "My saddle is too low.");
      AgentDesk clara = engage.deskOf(Sample.clara());
      Conversation anas =
          clara.list(ConversationFilter.open(), Page.Request.first(10)).items().stream()
              .filter(each -> each.exchange().preview().contains("blue dial"))
              .findFirst()
              .orElseThrow();
      clara.reply(anas.id(), Reply.of("Your blue dial is ready at half past seven."));
      engage.outbox().workOff();
      Message question =
          clara.messages(anas.id(), Page.Request.first(1)).findValue().orElseThrow().items().get(0);
      Draft draft = clara.writing().reply(question.id()).findValue().orElseThrow();
      clara.writing().save(draft.withContent(draft.content().withText("Alvarez"), clock.instant()));
      clara.note(List.of(anas.id()), "Wants the blue dial back");
      clara.reply(anas.id(), Reply.of("Alvarez, half past seven is too late."));
    }

    void arrives(String sender, String id, String text) {
      clock.advance(Duration.ofSeconds(1));
      mail.deliver(
          Sample.SHOP,
          """
          From: %s
          To: workshop@shop.example
          Subject: My things
          Date: Mon, 2 Mar 2026 08:00:00 +0000
          Message-ID: <%s@example.com>

          %s
          """
              .formatted(sender, id, text)
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.UTF_8));
      engage.mail().sync(Sample.SHOP);
    }

    /** When nothing is so young any more that somebody may be about to commit it. */
    void workOffLater() {
      engage.outbox().workOff();
      clock.advance(Duration.ofHours(3));
      engage.outbox().workOff();
    }

    boolean isTrailIntact() {
      return engage.auditOf(Sample.clara()).verify().findValue().orElseThrow().isIntact();
    }

    @Override
    public void close() {
      engage.close();
    }
  }
}
