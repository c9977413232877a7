package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryMail.Step;
import io.engage.model.conversation.Conversation;
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
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
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
    assertThat(street.listener.entries())
        .extracting(entry -> entry.fact().code())
        .containsOnlyOnce("folder-renumbered");
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
  void an_unknown_account_is_named_in_the_error() {
    assertThatThrownBy(() -> street.engage.mail().sync(AccountId.of("nobody")))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("'nobody'");
  }

  /** A mail system whose reader breaks on one mail. */
  private record FragileMail(MailSystem good) implements MailSystem {
    @Override
    public MailSource source() {
      return good.source();
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
        public byte[] compose(OutboundMessage message) throws IOException {
          return good.format().compose(message);
        }
      };
    }
  }
}
