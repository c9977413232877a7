package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.core.HeldDesk;
import io.engage.core.OpenedMessage;
import io.engage.core.Outcome;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.message.Message;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host that erases and discards in transactions of its own, and sometimes takes them back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("PO-6")
class ErasureInHostTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Person ANA = Person.at(EmailAddress.of("ana@example.com"));

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);
  private final List<AutoCloseable> open = new ArrayList<>();
  private SpringHost host;
  private Engage engage;
  private Storage storage;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_mail_whose_erasure_the_host_takes_back_still_opens(Dialect dialect) {
    open(dialect, Sample.workshop());
    Message mailed = arrived();

    host.inSpoiledTransaction(
        () -> assertThat(engage.privacyOf(Sample.clara()).erase(ANA).isDone()).isTrue());

    Outcome<OpenedMessage> opened = engage.deskOf(Sample.clara()).open(mailed.id());
    assertThat(opened.findValue().orElseThrow().content().text()).contains("blue dial");
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_the_host_has_erased_for_good_has_no_bytes_after_the_next_round(Dialect dialect) {
    open(dialect, Sample.workshop());
    Message mailed = arrived();

    host.inTransaction(
        () -> assertThat(engage.privacyOf(Sample.clara()).erase(ANA).isDone()).isTrue());
    engage.outbox().workOff();

    assertThat(blobs.find(mailed.source().digest())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void what_the_host_takes_back_having_discarded_can_still_be_let_in(Dialect dialect) {
    Inbox workshop = Sample.workshop();
    open(
        dialect,
        workshop.withSettings(workshop.settings().change().knownContactsOnly(true).build()));
    arrives();
    HeldDesk desk = engage.mail().heldFor(Sample.clara());
    HeldMail held = desk.list(workshop.id(), "", 10).findValue().orElseThrow().get(0);

    host.inSpoiledTransaction(
        () -> assertThat(desk.discard(workshop.id(), held.key()).isDone()).isTrue());

    assertThat(desk.letIn(workshop.id(), held.key()).isDone()).isTrue();
  }

  private void open(Dialect dialect, Inbox workshop) {
    DataSource database = Databases.of(dialect);
    host = SpringHost.overDataSource(database);
    storage = JpaStorage.over(host.transactions()).build();
    engage =
        Engage.builder()
            .storage(storage)
            .blobs(blobs)
            .mail(mail)
            .customers(InMemoryCustomerDirectory.create())
            .account(ACCOUNT)
            .inbox(workshop)
            .signingKeys(Secret.of("a key that only the shop has"))
            .clock(clock)
            .build();
    open.addAll(List.of(engage, host));
  }

  private Message arrived() {
    arrives();
    return storage
        .search()
        .newestIn(
            storage
                .search()
                .find(ConversationFilter.all(), Page.Request.first(1))
                .items()
                .get(0)
                .id(),
            Page.Request.first(1))
        .items()
        .get(0);
  }

  /** So long ago that nobody can be about to commit the same bytes. */
  private void arrives() {
    mail.deliver(
        Sample.SHOP,
        """
        From: ana@example.com
        To: workshop@shop.example
        Subject: My watch
        Date: Mon, 2 Mar 2026 08:00:00 +0000
        Message-ID: <1@example.com>

        The one with the blue dial.
        """
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    engage.mail().sync(Sample.SHOP);
    clock.advance(Duration.ofHours(2));
  }
}
