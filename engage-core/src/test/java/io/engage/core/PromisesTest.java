package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.imap.ImapMail;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCredentials;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.message.Message;
import io.engage.testkit.ManualClock;
import io.engage.testkit.peers.Dovecot;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must never happen when mail comes in, forced on a real server with another client on it. */
class PromisesTest {
  private static final AccountId OFFICE = AccountId.of("office-mail");
  private static final long LARGEST = 200_000;

  private static Dovecot dovecot;
  private static int tests;

  private final String user = "shop" + ++tests;
  private final String officeUser = "office" + tests;
  private final ManualClock clock = ManualClock.at(Shop.MORNING);
  private final InMemoryStorage storage = InMemoryStorage.create();
  private OtherClient other;
  private Engage engage;
  private AgentDesk clara;

  @BeforeAll
  static void startServer() {
    dovecot = Dovecot.start();
  }

  @AfterAll
  static void stopServer() {
    if (dovecot != null) {
      dovecot.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    other = OtherClient.logIn(dovecot, user);
    other.create("Archive");
    engage =
        Engage.builder()
            .storage(storage)
            .blobs(InMemoryBlobStore.create())
            .mail(
                ImapMail.builder(
                        InMemoryCredentials.create()
                            .with(Shop.ACCOUNT, Credential.password(Dovecot.PASSWORD))
                            .with(OFFICE, Credential.password(Dovecot.PASSWORD)))
                    .batches(64 * 1024, 2)
                    .largestMail(LARGEST)
                    .clock(clock)
                    .build())
            .customers(InMemoryCustomerDirectory.create())
            .signingKeys(Shop.KEY)
            .account(account(Shop.ACCOUNT, user, List.of("INBOX", "Archive")))
            .account(account(OFFICE, officeUser, List.of("INBOX")))
            .inbox(Shop.shop())
            .inbox(Shop.workshop())
            .inbox(Inbox.of("office", "Office", "office@shop.example", OFFICE))
            .clock(clock)
            .build();
    clara = engage.deskOf(Shop.CLARA);
  }

  @AfterEach
  void stop() throws Exception {
    if (engage != null) {
      engage.close();
    }
    if (other != null) {
      other.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  @Tag("G-1")
  void mails_that_another_client_deletes_as_soon_as_they_are_imported_cost_no_other_mail(int mails)
      throws Exception {
    deliver(mails);

    engage
        .mail()
        .sync(
            Shop.ACCOUNT,
            progress -> {
              try {
                other.deleteFirst("INBOX", 1);
              } catch (MessagingException failed) {
                throw new AssertionError(failed);
              }
            });

    assertThat(received()).containsExactlyInAnyOrderElementsOf(texts(mails));
    assertThat(other.count("INBOX")).isLessThan(mails);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  @Tag("G-1")
  void mails_that_an_agent_deletes_as_soon_as_they_are_imported_cost_no_other_mail(int mails)
      throws Exception {
    deliver(mails);

    engage
        .mail()
        .sync(
            Shop.ACCOUNT,
            progress -> {
              clara.delete(open().stream().map(Conversation::id).toList());
              engage.outbox().workOff();
            });
    clara.delete(open().stream().map(Conversation::id).toList());
    engage.outbox().workOff();

    assertThat(received()).containsExactlyInAnyOrderElementsOf(texts(mails));
    assertThat(other.count("INBOX")).isZero();
    assertThat(open()).isEmpty();
  }

  @Test
  @Tag("G-1")
  void nothing_is_deleted_on_the_server_before_the_deletion_is_committed_here() throws Exception {
    deliver(3);
    sync();

    clara.delete(open().stream().map(Conversation::id).toList());
    int before = other.count("INBOX");
    engage.outbox().workOff();

    assertThat(before).isEqualTo(3);
    assertThat(other.count("INBOX")).isZero();
  }

  @Test
  @Tag("G-2")
  void what_another_client_has_read_first_and_what_is_dated_days_ago_is_imported()
      throws Exception {
    deliver(2);
    sync();
    clock.advance(Duration.ofDays(10));
    other.append("INBOX", fromAna("late@customer.example", "Written ten days ago"));
    other.append(
        "INBOX",
        fromAna("future@customer.example", "Written in ten years")
            .replace("2 Mar 2026", "2 Mar 2036"));
    other.markAllSeen("INBOX");

    SyncReport report = sync();

    assertThat(report.imported()).isEqualTo(2);
    assertThat(received())
        .containsExactlyInAnyOrder(
            "No. 0", "No. 1", "Written ten days ago", "Written in ten years");
    assertThat(messages()).allMatch(message -> message.state().read());
  }

  @Test
  @Tag("G-3")
  void a_folder_that_was_made_anew_brings_one_new_mail_and_replays_none() throws Exception {
    other.append("INBOX", fromAna("old@customer.example", "Old"));
    sync();
    other.append("INBOX", mailFrom("ben@customer.example", "new@customer.example", "New"));
    other.moveAll("INBOX", "Archive");
    sync();
    other.restoreFromBackup("Archive");
    other.append("Archive", mailFrom("eve@customer.example", "newer@customer.example", "Newer"));

    SyncReport report = sync();
    SyncReport again = sync();

    assertThat(report.imported()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(again.imported() + again.duplicates()).isZero();
    assertThat(received()).containsExactlyInAnyOrder("Old", "New", "Newer");
    assertThat(facts(AuditFact.FolderRenumbered.class)).hasSize(1);
    assertThat(facts(AuditFact.Received.class)).hasSize(3);
  }

  @Test
  @Tag("G-4")
  void what_an_agent_deleted_and_another_client_puts_back_stays_there_and_stays_deleted_here()
      throws Exception {
    other.append("INBOX", fromAna("1@customer.example", "Delete me"));
    byte[] kept = other.sources("INBOX").get(0);
    sync();
    clara.delete(List.of(open().get(0).id()));
    engage.outbox().workOff();
    int deleted = other.count("INBOX");

    other.append("INBOX", kept);
    for (int round = 0; round < 3; round++) {
      sync();
      engage.outbox().workOff();
      clock.advance(Duration.ofDays(1));
    }

    assertThat(deleted).isZero();
    assertThat(other.count("INBOX")).isEqualTo(1);
    assertThat(list(ConversationFilter.all())).isEmpty();
    assertThat(ledger(Shop.ACCOUNT, "INBOX"))
        .extracting(LedgerEntry::state, LedgerEntry::reason)
        .containsExactly(
            tuple(LedgerEntry.State.TOMBSTONE, "an agent deleted it"),
            tuple(
                LedgerEntry.State.DUPLICATE,
                "deleted here, and put on the server again by another program"));
    assertThat(engage.mail().reconcile(Shop.ACCOUNT)).allMatch(Reconciliation::isClean);
    assertThat(other.count("INBOX")).isEqualTo(1);
  }

  @Test
  @Tag("G-4")
  void what_was_moved_while_an_agent_deleted_it_is_deleted_where_it_went() throws Exception {
    other.append("INBOX", fromAna("1@customer.example", "Delete me"));
    sync();

    other.moveAll("INBOX", "Archive");
    clara.delete(List.of(open().get(0).id()));
    engage.outbox().workOff();
    int moved = other.count("Archive");
    sync();
    engage.outbox().workOff();

    assertThat(moved).isEqualTo(1);
    assertThat(other.count("Archive")).isZero();
    assertThat(list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("G-4")
  void what_was_renumbered_while_an_agent_deleted_it_is_deleted_and_then_owed_no_more()
      throws Exception {
    other.append("Archive", fromAna("1@customer.example", "Delete me"));
    byte[] kept = other.sources("Archive").get(0);
    sync();
    clara.delete(List.of(open().get(0).id()));
    other.restoreFromBackup("Archive");
    engage.outbox().workOff();

    sync();
    engage.outbox().workOff();
    int deleted = other.count("Archive");
    other.append("INBOX", kept);
    sync();
    engage.outbox().workOff();

    assertThat(deleted).isZero();
    assertThat(other.count("INBOX")).isEqualTo(1);
    assertThat(list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("G-4")
  void a_deletion_that_found_nothing_is_owed_for_a_month_only() throws Exception {
    other.append("INBOX", fromAna("1@customer.example", "Delete me"));
    byte[] kept = other.sources("INBOX").get(0);
    sync();
    other.deleteFirst("INBOX", 1);
    clara.delete(List.of(open().get(0).id()));
    engage.outbox().workOff();

    clock.advance(Deletions.OWED_FOR);
    other.append("INBOX", kept);
    sync();
    engage.outbox().workOff();

    assertThat(other.count("INBOX")).isEqualTo(1);
    assertThat(list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("G-5")
  void two_bodies_with_one_message_id_are_two_messages_and_the_second_is_marked() throws Exception {
    other.append("INBOX", fromAna("same@customer.example", "The first body"));
    sync();
    other.append("INBOX", fromAna("same@customer.example", "Another body"));

    sync();
    SyncReport again = sync();

    assertThat(again.imported() + again.duplicates()).isZero();
    assertThat(received()).containsExactlyInAnyOrder("The first body", "Another body");
    assertThat(facts(AuditFact.Received.class).stream().map(AuditFact.Received::evidence))
        .filteredOn(evidence -> evidence.contains("same Message-ID"))
        .hasSize(1);
  }

  @Test
  @Tag("G-6")
  void twins_of_one_second_without_message_id_are_told_apart_by_their_bytes() throws Exception {
    String one = fromAna("x", "The first twin").replace("Message-ID: <x>\n", "");
    String two = fromAna("x", "The other twin").replace("Message-ID: <x>\n", "");
    other.append("INBOX", one);
    other.append("INBOX", two);
    other.append("INBOX", one);

    SyncReport report = sync();
    SyncReport again = sync();

    assertThat(report.imported()).isEqualTo(2);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(again.imported() + again.duplicates()).isZero();
    assertThat(received()).containsExactlyInAnyOrder("The first twin", "The other twin");
  }

  @Test
  @Tag("G-6")
  void a_mail_without_message_id_that_moves_is_the_same_message() throws Exception {
    other.append("INBOX", fromAna("x", "Without a Message-ID").replace("Message-ID: <x>\n", ""));
    sync();
    other.moveAll("INBOX", "Archive");

    sync();

    assertThat(received()).containsExactly("Without a Message-ID");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("G-7")
  void one_mail_to_inboxes_of_one_and_of_several_accounts_is_one_message_in_each(
      boolean officeFirst) throws Exception {
    String mail =
        fromAna("1@customer.example", "To all of you")
            .replace(
                "To: repairs@shop.example",
                "To: repairs@shop.example, hello@shop.example, office@shop.example");
    other.append("INBOX", "Received: from mx by shop\n" + mail);
    try (OtherClient office = OtherClient.logIn(dovecot, officeUser)) {
      office.append("INBOX", "Received: from mx by office\n" + mail);
    }

    for (AccountId each :
        officeFirst ? List.of(OFFICE, Shop.ACCOUNT) : List.of(Shop.ACCOUNT, OFFICE)) {
      engage.mail().sync(each);
      engage.mail().sync(each);
    }

    assertThat(messages())
        .extracting(message -> message.inbox().value())
        .containsExactlyInAnyOrder("shop", "workshop", "office");
    List<Message> linked = storage.inboxes().withMessageId(List.of(Shop.id("1@customer.example")));
    assertThat(linked).containsExactlyInAnyOrderElementsOf(messages());
    assertThat(linked.stream().map(message -> message.source().digest()).distinct()).hasSize(2);
    assertThat(messages())
        .allSatisfy(
            message ->
                assertThat(clara.open(message.id()).findValue().orElseThrow().copies())
                    .extracting(OpenedMessage.Copy::message)
                    .containsExactlyInAnyOrderElementsOf(
                        messages().stream()
                            .map(Message::id)
                            .filter(id -> !id.equals(message.id()))
                            .toList()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Tag("G-7")
  void of_one_account_it_is_one_message_in_each_inbox_in_whichever_folder_it_is_found_first(
      boolean archiveFirst) throws Exception {
    String mail =
        fromAna("1@customer.example", "To both of you")
            .replace("To: repairs@shop.example", "To: repairs@shop.example, hello@shop.example");
    other.append(archiveFirst ? "Archive" : "INBOX", mail);
    sync();
    other.append(archiveFirst ? "INBOX" : "Archive", mail);

    sync();

    assertThat(messages())
        .extracting(message -> message.inbox().value())
        .containsExactlyInAnyOrder("shop", "workshop");
    assertThat(storage.inboxes().withSource(List.of(messages().get(0).source().digest())))
        .containsExactlyInAnyOrderElementsOf(messages());
  }

  @Test
  @Tag("G-12")
  void a_mail_over_the_limit_is_a_stub_that_says_so_and_the_others_go_on() throws Exception {
    other.append("INBOX", fromAna("1@customer.example", "Before"));
    other.append(
        "INBOX",
        mailFrom(
            "ben@customer.example",
            "2@customer.example",
            ("x".repeat(70) + "\n").repeat((int) (LARGEST / 50))));
    other.append("INBOX", mailFrom("eve@customer.example", "3@customer.example", "After"));

    SyncReport report = sync();
    SyncReport again = sync();

    assertThat(report.imported()).isEqualTo(3);
    assertThat(again.imported() + again.duplicates()).isZero();
    assertThat(messages())
        .filteredOn(each -> each.headers().messageId().equals(Shop.id("2@customer.example")))
        .singleElement()
        .satisfies(stub -> assertThat(stub.source().size()).isLessThan(1_000));
    assertThat(engage.mail().reconcile(Shop.ACCOUNT)).allMatch(Reconciliation::isClean);
  }

  /** RFC 7103: what ordinary readers throw on, from the server to the list. */
  @Test
  @Tag("G-9")
  @Tag("G-10")
  @Tag("G-11")
  void malformed_mails_among_500_cost_no_mail_and_hold_nothing_up() throws Exception {
    List<String> malformed =
        List.of(
            "From: <<>>\nTo: repairs@shop.example\nSubject: no sender\n\nHello\n",
            "From: joe@@x\nTo: repairs@shop.example\n\nTwo at signs\n",
            "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n",
            "From: a@x.example\nContent-Type: multipart/mixed\n\n--b\n\nNo boundary\n",
            "From: a@x.example\nContent-Type: text/plain; charset=x-unheard-of\n\nCharset\n",
            "From: a@x.example\nContent-Transfer-Encoding: x-unheard-of\n\nEncoding\n",
            "From: a@x.example\nContent-Transfer-Encoding: base64\n\n&&&& not base64 =\n",
            "From: a@x.example\nDate: the day before yesterday\nMessage-ID: <>\n\nDate\n",
            "From: a@x.example\nFrom: b@x.example\nSubject: two senders\n\nTwo\n",
            "Subject: =?utf-8?B?=?=\nContent-Disposition: attachment; filename*=x'y\n\nWords\n",
            "no header at all\n",
            "\n");
    for (int i = 0; i < 500; i++) {
      int odd = i % 40;
      if (odd < malformed.size() && i < 480) {
        other.append("INBOX", malformed.get(odd) + "X-Number: " + i + "\n");
      } else {
        other.append("INBOX", mailFrom("c" + i + "@customer.example", i + "@x.example", "No " + i));
      }
    }

    SyncReport report = sync();
    SyncReport again = sync();

    assertThat(report.imported()).isEqualTo(500);
    assertThat(report.quarantined()).isZero();
    assertThat(again.imported() + again.duplicates()).isZero();
    assertThat(engage.mail().reconcile(Shop.ACCOUNT)).allMatch(Reconciliation::isClean);
  }

  private void deliver(int mails) throws Exception {
    for (int i = 0; i < mails; i++) {
      other.append(
          "INBOX",
          mailFrom("customer" + i + "@customer.example", i + "@customer.example", "No. " + i));
    }
  }

  private static List<String> texts(int mails) {
    return IntStream.range(0, mails).mapToObj(i -> "No. " + i).toList();
  }

  private SyncReport sync() {
    clock.advance(Duration.ofSeconds(1));
    return engage.mail().sync(Shop.ACCOUNT);
  }

  private List<Conversation> open() {
    return list(ConversationFilter.open());
  }

  private List<Conversation> list(ConversationFilter filter) {
    return clara.list(filter, Page.Request.first(100)).items();
  }

  private List<Message> messages() {
    return storage
        .search()
        .messagesIn(list(ConversationFilter.all()).stream().map(Conversation::id).toList());
  }

  /** The beginning of everything that was ever received, deleted or not. */
  private List<String> received() {
    return storage
        .inboxes()
        .messages(
            storage.audit().newest(1_000).stream()
                .filter(entry -> entry.fact() instanceof AuditFact.Received)
                .map(entry -> entry.subject().message())
                .toList())
        .stream()
        .map(Message::preview)
        .toList();
  }

  private <T extends AuditFact> List<T> facts(Class<T> kind) {
    return storage.audit().newest(1_000).stream()
        .map(AuditEntry::fact)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private List<LedgerEntry> ledger(AccountId account, String folder) {
    ServerFolder on = new ServerFolder(account, folder);
    long uidValidity = storage.ledger().cursor(on).orElseThrow().uidValidity();
    return storage.ledger().entriesAfter(on, uidValidity, 0, 100);
  }

  private MailAccount account(AccountId id, String user, List<String> folders) {
    return new MailAccount(
        id,
        user,
        ServerEndpoint.loopback(dovecot.port()),
        null,
        folders,
        MailAccount.SentCopies.BY_PROVIDER);
  }
}
