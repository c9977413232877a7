package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryMail;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.PortFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An account stands for one mailbox: UIDs of one mean other people's mails in another. */
@Tag("G-1")
@Tag("G-2")
@Tag("G-4")
@Tag("IN-2")
@DisplayNameGeneration(ReplaceUnderscores.class)
class OneMailboxTest {
  private static final AccountId RENTALS = AccountId.of("rentals-mail");
  private static final Credential PASSWORD = Credential.password("a bicycle");

  private final Street street = new Street();
  private final SetupDesk setup = street.engage.setupOf(Shop.CLARA);

  @AfterEach
  void close() {
    street.close();
  }

  private static StoredAccount account(String user, String host, int port, long version) {
    return new StoredAccount(
        MailAccount.of(
            RENTALS.value(),
            user,
            ServerEndpoint.tls(host, port),
            ServerEndpoint.tls("smtp.shop.example", 465)),
        version);
  }

  private static Inbox rentals() {
    return Inbox.of("rentals", "Rentals", "rent@shop.example", RENTALS);
  }

  private static byte[] mail(String id) {
    return Street.fromAna(id, "May I rent a bike?")
        .replace("repairs@", "rent@")
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Its first mail is imported. */
  private void rentalsAtWork() {
    setup.saveInbox(rentals(), account("shop", "imap.shop.example", 993, 0), PASSWORD);
    street.mail.deliver(RENTALS, mail("1@customer.example"));
    street.engage.mail().sync(RENTALS);
  }

  private static String refused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).reason();
  }

  @Test
  void neither_user_nor_imap_host_of_an_account_changes_once_mail_was_imported() {
    rentalsAtWork();

    assertThat(refused(setup.saveAccount(account("info", "imap.shop.example", 993, 1), PASSWORD)))
        .contains("stands for one mailbox");
    assertThat(refused(setup.saveAccount(account("shop", "imap.new.example", 993, 1), PASSWORD)))
        .contains("make another and give it to the inbox");
    assertThat(setup.accounts()).contains(account("shop", "imap.shop.example", 993, 1));
  }

  @Test
  void port_and_encryption_may_change_at_any_time() {
    rentalsAtWork();
    StoredAccount moved =
        new StoredAccount(
            MailAccount.of(
                RENTALS.value(),
                "shop",
                ServerEndpoint.startTls("IMAP.shop.example", 143),
                ServerEndpoint.tls("smtp.new.example", 465)),
            1);

    assertThat(setup.saveAccount(moved, PASSWORD)).matches(Outcome::isDone);
  }

  @Test
  void before_the_first_import_everything_may_be_corrected() {
    setup.saveInbox(rentals(), account("shop", "imap.shop.example", 993, 0), PASSWORD);

    Outcome<SavedAccount> outcome =
        setup.saveAccount(account("info", "imap.new.example", 993, 1), PASSWORD);

    assertThat(outcome).matches(Outcome::isDone);
  }

  @Test
  void a_slip_may_be_corrected_after_imports_that_nobody_let_in() {
    setup.saveInbox(rentals(), account("shpo", "imap.shop.example", 993, 0), PASSWORD);
    street.mail.failNext(InMemoryMail.Step.OPEN, MailAccessFailure.Reason.WRONG_CREDENTIAL, 1);
    Throwable refused = catchThrowable(() -> street.engage.mail().sync(RENTALS));

    Outcome<SavedAccount> outcome =
        setup.saveAccount(account("shop", "imap.shop.example", 993, 1), PASSWORD);

    assertThat(refused).isInstanceOf(MailAccessFailure.class);
    assertThat(outcome).matches(Outcome::isDone);
  }

  @Test
  void a_new_account_does_not_take_the_id_of_one_that_was_deleted() {
    rentalsAtWork();
    setup.deleteInbox(rentals().id(), Shop.shop().id());
    Inbox shop = street.engage.inboxes().get(0);
    setup.saveInbox(shop.withSettings(shop.settings().change().formerAccounts(Set.of()).build()));
    setup.deleteAccount(RENTALS);
    assertThat(setup.accounts()).hasSize(1);

    Outcome<SavedAccount> other =
        setup.saveAccount(account("info", "imap.shop.example", 993, 0), PASSWORD);

    assertThat(refused(other)).contains("stands for one mailbox");
    assertThat(setup.saveAccount(account("shop", "imap.shop.example", 993, 0), PASSWORD))
        .matches(Outcome::isDone);
  }

  @Test
  void a_program_that_gives_an_account_another_mailbox_touches_no_mail_in_it() {
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    street.clara.delete(List.of(street.onlyConversation().id()));
    street.engage.outbox().workOff();
    InMemoryMail ofOthers = InMemoryMail.create(MimeFormat.create(), street.clock);
    ofOthers.deliver(Shop.ACCOUNT, mail("important@stranger.example"));
    ofOthers.deliver(Shop.ACCOUNT, mail("too@stranger.example"));

    try (Engage changed = withOtherUser(ofOthers)) {
      Throwable refused = catchThrowable(() -> changed.mail().sync(Shop.ACCOUNT));
      changed.outbox().workOff();

      assertThat(refused).isInstanceOf(PortFailure.class).hasMessageContaining("one mailbox");
      assertThat(changed.mail().health(Shop.ACCOUNT))
          .matches(health -> !health.isGood())
          .extracting(AccountHealth::reason)
          .asString()
          .contains("one mailbox");
      assertThat(catchThrowable(() -> changed.mail().reconcile(Shop.ACCOUNT)))
          .isInstanceOf(PortFailure.class);
      assertThat(ofOthers.mails(Shop.ACCOUNT, "INBOX")).hasSize(2);
    }
  }

  @Test
  void what_is_still_owed_to_the_mailbox_is_not_done_in_another() {
    street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    street.clara.delete(List.of(street.onlyConversation().id()));
    InMemoryMail ofOthers = InMemoryMail.create(MimeFormat.create(), street.clock);
    ofOthers.deliver(Shop.ACCOUNT, mail("important@stranger.example"));

    try (Engage changed = withOtherUser(ofOthers)) {
      changed.outbox().workOff();
    }

    assertThat(ofOthers.mails(Shop.ACCOUNT, "INBOX")).hasSize(1);
  }

  private Engage withOtherUser(InMemoryMail mail) {
    return Engage.builder()
        .storage(street.storage)
        .blobs(street.blobs)
        .mail(mail)
        .customers(street.customers)
        .account(
            MailAccount.of(
                Shop.ACCOUNT.value(),
                "info",
                ServerEndpoint.loopback(143),
                ServerEndpoint.loopback(25)))
        .signingKeys(Shop.KEY)
        .clock(street.clock)
        .build();
  }
}
