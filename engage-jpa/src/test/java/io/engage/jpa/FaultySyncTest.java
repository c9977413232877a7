package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Engage;
import io.engage.imap.MimeFormat;
import io.engage.jpa.FaultyDatabase.Fault;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.spi.EngageException;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mailbox is imported while the database fails, at each step of the import in turn. */
@Tag("G-8")
@Tag("PO-2")
class FaultySyncTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of("shop", "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final List<Fault> FAULTS =
      List.of(
          new Fault("08006", true, false),
          new Fault("08006", true, true),
          new Fault("40P01", false, false),
          new Fault("53100", false, false));

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private int delivered;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void each_mail_comes_in_once_whatever_fails_and_whenever(Dialect dialect) {
    DataSource database = dialect == Dialect.H2 ? Databases.h2() : Databases.postgresql();
    Schema.over(database, Prefix.USUAL).update();
    FaultyDatabase faulty = new FaultyDatabase(database);
    try (Engage engage = engage(faulty)) {
      deliver();
      faulty.recover();
      engage.mail().sync(ACCOUNT.id());
      int steps = faulty.steps();

      for (Fault fault : FAULTS) {
        for (int step = 1; step <= steps; step++) {
          deliver();
          faulty.failAt(step, fault);
          syncUntilItGoesWell(engage, faulty);

          assertThat(Rows.in(database, "engage_message"))
              .as("%s at step %d", fault, step)
              .isEqualTo(delivered);
          assertThat(Rows.in(database, "engage_ledger")).isEqualTo(delivered);
        }
      }
      assertThat(Rows.in(database, "engage_conversation")).isEqualTo(delivered);
    }
  }

  /** A lease that could not be given back ends by itself. */
  private void syncUntilItGoesWell(Engage engage, FaultyDatabase faulty) {
    for (int tries = 0; tries < 3; tries++) {
      try {
        engage.mail().sync(ACCOUNT.id());
      } catch (EngageException triedAgain) {
        assertThat(triedAgain).hasMessageNotContaining("Ana");
      }
      clock.advance(Duration.ofMinutes(11));
    }
    faulty.recover();
  }

  private Engage engage(FaultyDatabase faulty) {
    return Engage.builder()
        .storage(JpaStorage.over(faulty.connections()).schema(SchemaMode.NONE).build())
        .mail(mail)
        .blobs(InMemoryBlobStore.create(clock))
        .customers(InMemoryCustomerDirectory.create())
        .account(ACCOUNT)
        .inbox(Inbox.of("shop", "Bike shop", "hello@shop.example", ACCOUNT.id()))
        .signingKeys(Secret.of("a key that nobody can guess"))
        .clock(clock)
        .build();
  }

  private void deliver() {
    for (int i = 0; i < 2; i++) {
      delivered++;
      mail.deliver(
          ACCOUNT.id(),
          """
          From: Customer <customer%1$d@customer.example>
          To: hello@shop.example
          Subject: Bike no. %1$d
          Message-ID: <%1$d@customer.example>

          Is it ready?
          """
              .formatted(delivered)
              .replace("\n", "\r\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }
}
