package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryMail.Step;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Credential;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MailContent;
import io.engage.model.message.OutboundMessage;
import io.engage.model.message.ParsedMail;
import io.engage.model.message.PartPath;
import io.engage.spi.Leases;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailFormat;
import io.engage.spi.MailSource;
import io.engage.spi.MailSystem;
import io.engage.spi.MailTransport;
import io.engage.spi.NotFound;
import io.engage.spi.PortFailure;
import io.engage.spi.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MailInTest {
  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("SY-1")
  void sync_imports_every_message_once_and_a_second_one_finds_nothing_new() {
    IntStream.range(0, 1_200)
        .forEach(i -> street.arrives(fromAna(i + "@customer.example", "Number " + i)));
    List<SyncProgress> progress = new ArrayList<>();

    SyncReport first = street.engage.mail().sync(Shop.ACCOUNT, progress::add);
    SyncReport second = street.sync();

    assertThat(first.imported()).isEqualTo(1_200);
    assertThat(second.imported() + second.duplicates() + second.commits()).isZero();
    assertThat(progress).isNotEmpty().last().extracting(SyncProgress::done).isEqualTo(1_200L);
  }

  @Test
  @Tag("SY-1")
  void a_watch_imports_what_arrives_by_itself_and_comes_back_after_a_failure() {
    street.mail.failNext(Step.AWAIT_NEWS, MailAccessFailure.Reason.CONNECTION_LOST, 1);
    try (Running running = street.engage.start()) {
      street.arrives(fromAna("1@customer.example", "Is it ready?"));

      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> street.open().size() == 1);
      street.arrives(mailFrom("ben@customer.example", "2@customer.example", "And mine?"));

      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> street.open().size() == 2);
      assertThat(running).isNotNull();
    }
  }

  @Test
  @Tag("G-8")
  void an_account_is_read_by_one_at_a_time_and_the_others_are_told() {
    Leases leases = street.storage.leases();
    leases.acquire(
        "mailbox:" + Shop.ACCOUNT.value(),
        "another node",
        Shop.MORNING,
        Shop.MORNING.plusSeconds(60));
    street.arrives(fromAna("1@customer.example", "Is it ready?"));

    SyncReport told = street.sync();
    street.clock.advance(Duration.ofSeconds(60));
    SyncReport after = street.sync();

    assertThat(told.ran()).isFalse();
    assertThat(after.imported()).isEqualTo(1);
  }

  @Test
  @Tag("G-8")
  void when_the_connection_breaks_in_the_middle_the_next_sync_goes_on_behind_what_is_committed() {
    IntStream.range(0, 50)
        .forEach(i -> street.arrives(fromAna(i + "@customer.example", "No. " + i)));
    street.mail.failNext(Step.FETCH, MailAccessFailure.Reason.CONNECTION_LOST, 1);

    assertThatThrownBy(street::sync).isInstanceOf(MailAccessFailure.class);
    street.sync();

    assertThat(street.open()).hasSize(50);
  }

  @Test
  @Tag("G-3")
  void a_renumbered_folder_brings_only_what_is_new() {
    street.arrives(fromAna("1@customer.example", "Old"));
    street.sync();
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    street.arrives(fromAna("2@customer.example", "New"));

    SyncReport report = street.sync();

    assertThat(report.imported()).isEqualTo(1);
    assertThat(report.duplicates()).isEqualTo(1);
    assertThat(street.open()).hasSize(2);
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(street.listener.entries())
                    .extracting(entry -> entry.fact().code())
                    .containsOnlyOnce("folder-renumbered"));
  }

  @Test
  @Tag("SY-5")
  void after_a_renumbering_reading_still_reaches_the_right_mail_on_the_server() {
    street.arrives(fromAna("1@customer.example", "Old"));
    street.sync();
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    street.sync();

    street.clara.open(street.lastMessage(street.onlyConversation()).id());
    street.engage.outbox().workOff();

    assertThat(street.mail.mails(Shop.ACCOUNT, "INBOX"))
        .allSatisfy(mail -> assertThat(mail.seen()).isTrue());
  }

  @Test
  @Tag("G-9")
  void a_mail_that_breaks_the_reader_is_quarantined_with_its_bytes_and_its_neighbours_arrive() {
    street.arrives(fromAna("1@customer.example", "One"));
    ServerUid poisoned = street.arrives(fromAna("2@customer.example", "POISON"));
    street.arrives(fromAna("3@customer.example", "Three"));
    try (Engage fragile = street.engageOn(street.storage, new FragileMail(street.mail))) {

      SyncReport report = fragile.mail().sync(Shop.ACCOUNT);
      SyncReport again = fragile.mail().sync(Shop.ACCOUNT);

      assertThat(report.imported()).isEqualTo(2);
      assertThat(report.quarantined()).isEqualTo(1);
      assertThat(again.quarantined()).isZero();
    }
    assertThat(street.storage.ledger().entries(List.of(poisoned)))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.state()).isEqualTo(LedgerEntry.State.QUARANTINED);
              assertThat(street.blobs.find(entry.source().digest())).isPresent();
            });
  }

  @Test
  @Tag("TH-2")
  void a_directory_that_cannot_be_asked_delays_the_import_and_loses_nothing() {
    street.arrives(fromAna("1@customer.example", "One"));
    try (Engage lonely =
        street.engageOn(
            street.storage, street.mail, street.blobs, new MoodyDirectory(street.customers))) {
      assertThatThrownBy(() -> lonely.mail().sync(Shop.ACCOUNT)).isInstanceOf(PortFailure.class);
      assertThat(street.open()).isEmpty();

      lonely.mail().sync(Shop.ACCOUNT);
    }

    assertThat(street.onlyConversation().findCustomer()).isPresent();
  }

  @Test
  @Tag("SY-8")
  void an_sms_that_comes_as_mail_joins_the_open_conversation_of_its_number() {
    String sms =
        """
        From: sms@gateway.example
        To: repairs@shop.example
        Subject: SMS from +14155550123
        Message-ID: <%s@gateway.example>

        %s
        """;
    street.arrives(sms.formatted("1", "Is my bike ready?"));
    street.sync();
    street.arrives(sms.formatted("2", "Hello?"));
    street.sync();

    Conversation conversation = street.onlyConversation();

    assertThat(conversation.channel().code()).isEqualTo("sms");
    assertThat(conversation.messages()).isEqualTo(2);
  }

  @Test
  @Tag("G-9")
  void quarantined_mail_is_tried_again_when_asked_for() {
    street.arrives(fromAna("1@customer.example", "POISON"));
    try (Engage fragile = street.engageOn(street.storage, new FragileMail(street.mail))) {
      fragile.mail().sync(Shop.ACCOUNT);
      assertThat(fragile.mail().retryQuarantined(Shop.ACCOUNT)).isZero();
    }

    int recovered = street.engage.mail().retryQuarantined(Shop.ACCOUNT);

    assertThat(recovered).isEqualTo(1);
    assertThat(street.open()).hasSize(1);
    assertThat(street.engage.mail().retryQuarantined(Shop.ACCOUNT)).isZero();
  }

  @Test
  @Tag("G-9")
  void quarantine_is_tried_again_to_its_end_however_long_it_is() {
    IntStream.range(0, 1_100)
        .forEach(i -> street.arrives(fromAna(i + "@customer.example", "POISON " + i)));
    try (Engage fragile = street.engageOn(street.storage, new FragileMail(street.mail))) {
      fragile.mail().sync(Shop.ACCOUNT);
    }

    assertThat(street.engage.mail().retryQuarantined(Shop.ACCOUNT)).isEqualTo(1_100);
  }

  @Test
  @Tag("G-9")
  void a_quarantined_mail_that_left_the_server_is_read_from_what_was_kept() {
    ServerUid poisoned = street.arrives(fromAna("1@customer.example", "POISON"));
    try (Engage fragile = street.engageOn(street.storage, new FragileMail(street.mail))) {
      fragile.mail().sync(Shop.ACCOUNT);
    }
    street.mail.remove(poisoned);
    street.mail.renumber(Shop.ACCOUNT, "INBOX");

    assertThat(street.engage.mail().retryQuarantined(Shop.ACCOUNT)).isEqualTo(1);
    assertThat(street.onlyConversation().messages()).isEqualTo(1);
  }

  @Test
  @Tag("G-10")
  void reconcile_finds_both_sides_equal_and_says_what_became_of_each_mail() {
    IntStream.range(0, 20)
        .forEach(i -> street.arrives(fromAna(i + "@customer.example", "No. " + i)));
    ServerUid twin = street.arrives(fromAna("0@customer.example", "No. 0"));
    street.sync();
    street.mail.remove(twin);

    Reconciliation reconciled = street.engage.mail().reconcile(Shop.ACCOUNT).get(0);

    assertThat(reconciled.isClean()).isTrue();
    assertThat(reconciled.onServer()).isEqualTo(20);
    assertThat(reconciled.recorded()).isEqualTo(21);
    assertThat(reconciled.goneFromServer()).isEqualTo(1);
    assertThat(reconciled.states())
        .containsOnly(
            Map.entry(LedgerEntry.State.IMPORTED, 20L), Map.entry(LedgerEntry.State.DUPLICATE, 1L));
  }

  @Test
  @Tag("G-10")
  void reconcile_fetches_what_the_ledger_does_not_know() {
    street.arrives(fromAna("1@customer.example", "Known"));
    street.sync();
    street.arrives(mailFrom("ben@customer.example", "2@customer.example", "Not yet known"));

    Reconciliation reconciled = street.engage.mail().reconcile(Shop.ACCOUNT).get(0);

    assertThat(reconciled.repaired()).isEqualTo(1);
    assertThat(reconciled.isClean()).isTrue();
    assertThat(street.open()).hasSize(2);
    assertThat(street.sync().imported()).isZero();
  }

  @Test
  @Tag("G-16")
  void a_mailbox_without_a_good_look_for_long_is_told_once_and_so_is_its_recovery() {
    street.sync();
    street.mail.failNext(Step.OPEN, MailAccessFailure.Reason.WRONG_CREDENTIAL, 4);
    for (int i = 0; i < 4; i++) {
      street.clock.advance(Duration.ofMinutes(40));
      assertThatThrownBy(street::sync).isInstanceOf(MailAccessFailure.class);
    }
    AccountHealth sick = street.engage.mail().health(Shop.ACCOUNT);

    street.sync();

    assertThat(sick.failures()).isEqualTo(4);
    assertThat(sick.reason()).contains("did not accept user and password");
    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(street.listener.facts(AuditFact.MailboxSilent.class)).hasSize(1);
              assertThat(street.listener.facts(AuditFact.MailboxRecovered.class)).hasSize(1);
            });
    assertThat(street.engage.mail().health(Shop.ACCOUNT).isGood()).isTrue();
  }

  @Test
  @Tag("SY-5")
  void a_mail_read_or_unread_in_another_program_is_so_here() {
    ServerUid uid = street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();

    street.mail.markSeen(uid, true);
    street.sync();
    int unreadAfterReading = street.onlyConversation().unread();
    street.mail.markSeen(uid, false);
    street.sync();

    assertThat(unreadAfterReading).isZero();
    assertThat(street.onlyConversation().unread()).isEqualTo(1);
  }

  @Test
  @Tag("SY-5")
  void what_the_server_says_of_a_mail_that_it_has_yet_to_be_told_of_is_old() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    ServerUid other = street.arrives(mailFrom("ben@customer.example", "2@customer.example", "Hi"));
    street.sync();
    Conversation bike = street.list(ConversationFilter.open().with(CustomerId.of("ana"))).get(0);

    street.clara.markRead(List.of(bike.id()));
    street.mail.markSeen(other, true);
    street.sync();

    assertThat(street.open()).allSatisfy(each -> assertThat(each.unread()).isZero());
  }

  @Test
  @Tag("SY-6")
  void what_leaves_the_server_stays_here_only_when_somebody_had_to_do_with_it() {
    ServerUid linked = street.arrives(fromAna("1@customer.example", "Linked"));
    ServerUid unknown = street.arrives(mailFrom("zoe@new.example", "2@new.example", "Nobody's"));
    ServerUid taken = street.arrives(mailFrom("noe@new.example", "3@new.example", "Taken"));
    street.sync();
    Conversation takenOne =
        street.open().stream()
            .filter(each -> street.lastMessage(each).preview().equals("Taken"))
            .findFirst()
            .orElseThrow();
    street.clara.take(List.of(takenOne.id()));

    List.of(linked, unknown, taken).forEach(street.mail::remove);
    street.sync();

    assertThat(street.open())
        .extracting(each -> street.lastMessage(each).preview())
        .containsExactlyInAnyOrder("Linked", "Taken");
  }

  @Test
  @Tag("SY-6")
  void what_had_left_the_server_unnoticed_comes_back_with_it() {
    String mail = mailFrom("zoe@new.example", "1@new.example", "Nobody's");
    street.mail.remove(arrivedAndSynced(mail));
    street.sync();
    assertThat(street.open()).isEmpty();

    arrivedAndSynced(mail);

    assertThat(street.onlyConversation().messages()).isEqualTo(1);
    assertThat(street.onlyConversation().unread()).isEqualTo(1);
  }

  @Test
  @Tag("SY-6")
  void a_second_copy_on_the_server_keeps_a_message_here() {
    String mail = mailFrom("zoe@new.example", "1@new.example", "Twice");
    ServerUid older = arrivedAndSynced(mail);
    arrivedAndSynced(mail);

    street.mail.remove(older);
    street.sync();

    assertThat(street.onlyConversation().messages()).isEqualTo(1);
  }

  @Test
  @Tag("G-8")
  void what_was_deleted_after_an_import_broke_off_is_noticed() {
    List<ServerUid> uids =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    street.arrives(
                        mailFrom("zoe" + i + "@new.example", i + "@new.example", "No. " + i)))
            .toList();
    CrashingStorage dying = new CrashingStorage(street.storage, 2, true);
    try (Engage doomed = street.engageOn(dying, street.mail)) {
      assertThatThrownBy(() -> doomed.mail().sync(Shop.ACCOUNT)).isInstanceOf(Throwable.class);
    }
    street.clock.advance(Duration.ofMinutes(11));
    uids.subList(0, 5).forEach(street.mail::remove);

    street.sync();
    street.sync();

    assertThat(street.open()).hasSize(35);
  }

  @Test
  @Tag("PO-4")
  void an_executor_with_every_thread_in_use_does_not_stop_the_import() throws Exception {
    ExecutorService one = Executors.newFixedThreadPool(1);
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    try (Engage narrow = street.engageOn(street.storage, street.mail, one)) {

      Future<SyncReport> report = one.submit(() -> narrow.mail().sync(Shop.ACCOUNT));

      assertThat(report.get(20, TimeUnit.SECONDS).imported()).isEqualTo(1);
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  @Tag("SY-1")
  void the_next_batch_is_read_while_the_one_before_is_committed() {
    arriveInTwoBatches();
    CountDownLatch bothAtWork = new CountDownLatch(2);
    AtomicBoolean met = new AtomicBoolean();
    Storage slow = Overtaken.after(street.storage, "entries", () -> met.set(waitsFor(bothAtWork)));
    MailSystem watched =
        new FragileMail(
            street.mail,
            text -> {
              if (text.contains("LAST OF ALL")) {
                bothAtWork.countDown();
              }
            });
    try (Engage overlapping = street.engageOn(slow, watched)) {

      SyncReport report = overlapping.mail().sync(Shop.ACCOUNT);

      assertThat(report.commits()).isEqualTo(2);
      assertThat(met).isTrue();
    }
  }

  @Test
  @Tag("G-8")
  void no_batch_is_committed_behind_one_that_failed_and_nothing_goes_on_when_that_is_told() {
    arriveInTwoBatches();
    CountDownLatch secondIsRead = new CountDownLatch(2);
    Storage failing =
        Overtaken.after(
            street.storage,
            "entries",
            () -> {
              waitsFor(secondIsRead);
              throw new PortFailure("The store is full. Make room.", false);
            });
    MailSystem watched =
        new FragileMail(
            street.mail,
            text -> {
              if (text.contains("LAST OF ALL")) {
                secondIsRead.countDown();
              }
            });
    try (Engage unlucky = street.engageOn(failing, watched)) {

      assertThatThrownBy(() -> unlucky.mail().sync(Shop.ACCOUNT))
          .hasMessageContaining("The store is full");

      assertThat(street.open()).isEmpty();
    }
    assertThat(street.sync().imported()).isEqualTo(101);
  }

  /** The server hands over a hundred mails at once. */
  private void arriveInTwoBatches() {
    IntStream.range(0, 100)
        .forEach(i -> street.arrives(fromAna(i + "@customer.example", "No. " + i)));
    street.arrives(fromAna("last@customer.example", "LAST OF ALL"));
  }

  private static boolean waitsFor(CountDownLatch other) {
    other.countDown();
    try {
      return other.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private ServerUid arrivedAndSynced(String mail) {
    ServerUid uid = street.arrives(mail);
    street.sync();
    return uid;
  }

  @Test
  void an_unknown_account_is_named_in_the_error() {
    assertThatThrownBy(() -> street.engage.mail().sync(AccountId.of("nobody")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("'nobody'");
  }

  /** A mail system whose reader breaks on one mail. */
  record FragileMail(MailSystem good, Consumer<String> reads) implements MailSystem {
    FragileMail(MailSystem good) {
      this(good, text -> {});
    }

    @Override
    public MailSource source() {
      return good.source();
    }

    @Override
    public MailSystem trying(@Nullable Credential credential) {
      return this;
    }

    @Override
    public MailTransport transport() {
      return good.transport();
    }

    @Override
    public MailFormat format() {
      return new MailFormat() {
        @Override
        public ParsedMail parse(MailContent content) throws IOException {
          ParsedMail parsed = good.format().parse(content);
          reads.accept(parsed.text());
          if (parsed.text().contains("POISON")) {
            throw new IllegalStateException("POISON is not to be told");
          }
          return parsed;
        }

        @Override
        public void writePart(MailContent content, PartPath part, OutputStream to)
            throws IOException {
          good.format().writePart(content, part, to);
        }

        @Override
        public void writeParts(MailContent content, Collection<PartPath> parts, PartReceiver to)
            throws IOException {
          good.format().writeParts(content, parts, to);
        }

        @Override
        public byte[] compose(OutboundMessage message) throws IOException {
          return good.format().compose(message);
        }
      };
    }
  }
}
