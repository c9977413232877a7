package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.SyncReport;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine itself over a database, on several nodes that share nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class EngineOnDatabaseTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final ServerFolder FOLDER = new ServerFolder(ACCOUNT.id(), "INBOX");
  private static final Agent CLARA = Sample.clara();
  private static final Page.Request ALL = Page.Request.first(500);

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("G-8")
  @Tag("G-10")
  void two_nodes_that_look_into_one_mailbox_at_once_import_each_mail_once(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    Storage storage = JpaStorage.over(database).build();
    IntStream.range(0, 200).forEach(i -> arrives("Lamp " + i % 20, i));
    try (Engage one = node(database);
        Engage other = node(database)) {
      Deque<Engage> nodes = new ArrayDeque<>(List.of(one, other));

      List<SyncReport> reports = Race.run(2, () -> next(nodes).mail().sync(ACCOUNT.id()));

      assertThat(reports).allSatisfy(each -> assertThat(each.quarantined()).isZero());
      one.mail().sync(ACCOUNT.id());
    }
    FolderCursor cursor = storage.ledger().cursor(FOLDER).orElseThrow();
    List<LedgerEntry> ledger =
        storage.ledger().entriesAfter(FOLDER, cursor.uidValidity(), 0, 1_000);
    List<MessageId> messages = ledger.stream().flatMap(entry -> entry.messages().stream()).toList();
    assertThat(ledger).hasSize(200);
    assertThat(messages).hasSize(200).doesNotHaveDuplicates();
    assertThat(storage.inboxes().messages(messages)).hasSize(200);
    assertThat(conversations(storage).stream().mapToInt(Conversation::messages).sum())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("G-8")
  void an_answer_that_one_node_took_is_sent_once_whoever_comes_first(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    Storage storage = JpaStorage.over(database).build();
    arrives("Lamp", 1);
    try (Engage one = node(database);
        Engage other = node(database)) {
      one.mail().sync(ACCOUNT.id());
      AgentDesk clara = one.deskOf(CLARA);
      Message answer =
          clara.reply(newest(storage).id(), Reply.of("It is ready.")).findValue().orElseThrow();
      clock.advance(Duration.ofMinutes(1));
      Deque<Engage> nodes = new ArrayDeque<>(List.of(one, other));

      Race.run(2, () -> next(nodes).outbox().workOff());

      assertThat(mail.sent()).hasSize(1);
      assertThat(storage.inboxes().messages(List.of(answer.id())))
          .extracting(each -> each.state().delivery())
          .containsExactly(Delivery.SENT);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_one_process_left_another_one_goes_on_with(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    arrives("Lamp", 1);
    try (Engage yesterday = node(database)) {
      yesterday.mail().sync(ACCOUNT.id());
      yesterday
          .deskOf(CLARA)
          .complete(
              yesterday.deskOf(CLARA).list(ConversationFilter.open(), ALL).items().stream()
                  .map(Conversation::id)
                  .toList());
    }
    arrives("Re: Lamp", 8, "In-Reply-To: <1@customer.example>\r\n");

    try (Engage today = node(database)) {
      SyncReport report = today.mail().sync(ACCOUNT.id());

      AgentDesk clara = today.deskOf(CLARA);
      List<Conversation> open = clara.list(ConversationFilter.open(), ALL).items();
      assertThat(report.imported()).isEqualTo(1);
      assertThat(open).singleElement().satisfies(it -> assertThat(it.messages()).isEqualTo(2));
      assertThat(clara.open(newest(JpaStorage.over(database).build()).id()).isDone()).isTrue();
      assertThat(today.auditOf(CLARA).verify().findValue().orElseThrow().isIntact()).isTrue();
    }
  }

  private Engage node(DataSource database) {
    return Engage.builder()
        .storage(JpaStorage.over(database).build())
        .blobs(blobs)
        .mail(mail)
        .customers(InMemoryCustomerDirectory.create())
        .account(ACCOUNT)
        .inbox(Inbox.of("shop", "Shop", "shop@shop.example", ACCOUNT.id()))
        .signingKeys(Secret.of("the same key on every node"))
        .clock(clock)
        .build();
  }

  private static Engage next(Deque<Engage> nodes) {
    synchronized (nodes) {
      return nodes.remove();
    }
  }

  private static List<Conversation> conversations(Storage storage) {
    return storage.search().find(ConversationFilter.all(), ALL).items();
  }

  private static Message newest(Storage storage) {
    return storage
        .search()
        .newestIn(conversations(storage).get(0).id(), Page.Request.first(1))
        .items()
        .get(0);
  }

  private void arrives(String subject, int number, String... more) {
    mail.deliver(
        ACCOUNT.id(),
        """
        From: customer%d@customer.example
        To: shop@shop.example
        Subject: %s
        Message-ID: <%d@customer.example>
        Date: Mon, 2 Mar 2026 09:00:00 +0000
        """
            .formatted(number % 7, subject, number)
            .replace("\n", "\r\n")
            .concat(String.join("", more))
            .concat("\r\nIs it ready? " + number + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }
}
