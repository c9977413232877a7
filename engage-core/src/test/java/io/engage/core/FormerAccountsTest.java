package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.mailbox.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mail to earlier addresses is fetched where it arrives, after an inbox went or moved. */
@Tag("IN-1")
@Tag("IN-4")
@Tag("IN-14")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FormerAccountsTest {
  private static final AccountId RENTALS = AccountId.of("rentals-mail");
  private static final AccountId BIKES = AccountId.of("bikes-mail");
  private static final Credential PASSWORD = Credential.password("a bicycle");
  private static final InboxId SHOP = Shop.shop().id();

  private final Street street = new Street();
  private final SetupDesk setup = street.engage.setupOf(Shop.CLARA);

  @BeforeEach
  void rentals_has_an_account_of_its_own() {
    setup.saveInbox(
        Inbox.of("rentals", "Rentals", "rent@shop.example", RENTALS), account(RENTALS), PASSWORD);
  }

  @AfterEach
  void close() {
    street.close();
  }

  private static StoredAccount account(AccountId id) {
    return new StoredAccount(
        MailAccount.of(
            id.value(), id.value(), ServerEndpoint.loopback(143), ServerEndpoint.loopback(25)),
        0);
  }

  private Inbox stored(String id) {
    return street.engage.inboxes().stream()
        .filter(each -> each.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void arrivesAtRentals(String to) {
    street.mail.deliver(
        RENTALS,
        Street.fromAna("to-" + to, "May I rent a bike?")
            .replace("repairs@shop.example", to)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    street.engage.mail().sync(RENTALS);
  }

  private List<Conversation> inInbox(String id) {
    return street.list(ConversationFilter.open().inInboxes(Set.of(InboxId.of(id))));
  }

  private static String refused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<?>) outcome).reason();
  }

  @Test
  void the_heir_of_an_inbox_gets_the_mail_of_its_account() {
    setup.deleteInbox(InboxId.of("rentals"), SHOP);

    arrivesAtRentals("rent@shop.example");

    assertThat(stored("shop").settings().formerAccounts()).containsExactly(RENTALS);
    assertThat(inInbox("shop")).hasSize(1);
  }

  @Test
  @Tag("SY-1")
  void the_account_is_watched_for_the_heir() {
    setup.deleteInbox(InboxId.of("rentals"), SHOP);

    try (Running running = street.engage.start()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> street.engage.mail().health(RENTALS).lastGoodSync() != null);
      assertThat(running).isNotNull();
    }
  }

  @Test
  void another_inbox_of_the_account_does_not_get_the_heirs_mail() {
    setup.saveInbox(Inbox.of("tours", "Tours", "tours@shop.example", RENTALS));
    setup.deleteInbox(InboxId.of("rentals"), SHOP);

    arrivesAtRentals("rent@shop.example");
    arrivesAtRentals("somebody@shop.example");

    assertThat(inInbox("shop")).hasSize(1);
    assertThat(inInbox("tours")).hasSize(1);
  }

  @Test
  void an_inbox_that_moves_to_another_account_still_gets_what_arrives_in_the_earlier_one() {
    setup.saveAccount(account(BIKES), PASSWORD);
    Inbox rentals = stored("rentals");
    Inbox moved =
        new Inbox(
            rentals.id(),
            rentals.name(),
            rentals.sender(),
            rentals.addresses(),
            BIKES,
            rentals.settings(),
            rentals.version());

    Outcome<SavedInbox> outcome = setup.saveInbox(moved);

    assertThat(outcome).matches(Outcome::isDone);
    arrivesAtRentals("rent@shop.example");
    assertThat(inInbox("rentals")).hasSize(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                street.listener.entries().stream()
                    .map(AuditEntry::fact)
                    .anyMatch(
                        new AuditFact.InboxConfigured(
                                "Rentals", List.of("account", "former accounts"))
                            ::equals));
  }

  @Test
  void an_account_is_not_deleted_while_mail_to_earlier_addresses_arrives_in_it() {
    setup.deleteInbox(InboxId.of("rentals"), SHOP);

    assertThat(refused(setup.deleteAccount(RENTALS)))
        .contains("earlier addresses of inbox 'Bike shop'");
    Inbox shop = stored("shop");
    setup.saveInbox(shop.withSettings(shop.settings().change().formerAccounts(Set.of()).build()));
    assertThat(setup.deleteAccount(RENTALS)).matches(Outcome::isDone);
  }

  @Test
  void nobody_adds_an_account_in_which_other_peoples_mail_arrives() {
    Inbox shop = stored("shop");

    Outcome<SavedInbox> outcome =
        setup.saveInbox(
            shop.withSettings(shop.settings().change().formerAccounts(Set.of(RENTALS)).build()));

    assertThat(refused(outcome)).contains("none can be added");
  }
}
