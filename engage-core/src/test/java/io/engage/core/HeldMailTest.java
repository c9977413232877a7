package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Person;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Message;
import io.engage.model.queue.Service;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.testkit.Race;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of mail that no inbox took, wherever it turns up again and whoever touches it. */
@Tag("IN-12")
@DisplayNameGeneration(ReplaceUnderscores.class)
class HeldMailTest {
  private static final AccountId SALES_MAIL = AccountId.of("sales-mail");
  private static final InboxId SHOP = Shop.shop().id();
  private static final InboxId WORKSHOP = Shop.workshop().id();
  private static final InboxId SALES = InboxId.of("sales");
  private static final Page.Request ALL = Page.Request.first(1000);
  private static final String STRANGER =
      mailFrom("stranger@new.example", "1@new.example", "Cheap tyres");

  private final Street street = new Street();
  private final Engage engage =
      street
          .builder()
          .account(
              new MailAccount(
                  AccountId.of("yard-mail"),
                  "yard",
                  ServerEndpoint.loopback(143),
                  ServerEndpoint.loopback(25),
                  List.of("INBOX", "Moved"),
                  MailAccount.SentCopies.APPENDED))
          .account(
              MailAccount.of(
                  "sales-mail", "sales", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25)))
          .inbox(closed(Inbox.of("yard", "Yard", "yard@shop.example", AccountId.of("yard-mail"))))
          .inbox(closed(Inbox.of("sales", "Sales", "sales@shop.example", SALES_MAIL)))
          .build();
  private final HeldDesk desk = engage.mail().heldFor(Shop.CLARA);

  @AfterEach
  void close() {
    engage.close();
    street.close();
  }

  @Test
  @Tag("SY-2")
  @Tag("G-3")
  @Tag("G-8")
  void what_an_inbox_of_another_account_did_not_take_stops_no_import_when_it_comes_again() {
    rules(Shop.workshop(), Rule.named("all").always().then(RuleAction.routeTo(SALES)));
    street.arrives(STRANGER);
    sync();
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    street.arrives(fromAna("2@customer.example", "Is it ready?"));

    SyncReport report = sync();

    assertThat(report.ignored()).isEqualTo(1);
    assertThat(report.imported()).isEqualTo(1);
    assertThat(held(SALES)).hasSize(1);
    assertThat(street.onlyConversation().inbox()).isEqualTo(SALES);
  }

  @Test
  @Tag("SY-2")
  @Tag("G-6")
  void twins_of_the_same_second_are_held_once() {
    rules(Shop.workshop(), Rule.named("all").always().then(RuleAction.routeTo(SALES)));
    street.mail.deliver(Shop.ACCOUNT, bytes(STRANGER));
    sync();
    street.mail.deliver(Shop.ACCOUNT, bytes(STRANGER));

    SyncReport report = sync();

    assertThat(report.ignored()).isEqualTo(1);
    assertThat(held(SALES)).hasSize(1);
    assertThat(held(SALES).get(0).places()).hasSize(2);
  }

  @Test
  @Tag("G-3")
  void what_was_held_elsewhere_is_not_new_though_the_rule_that_led_there_is_gone() {
    rules(Shop.workshop(), Rule.named("all").always().then(RuleAction.routeTo(SALES)));
    street.arrives(STRANGER);
    sync();
    rules(Shop.workshop());
    street.mail.renumber(Shop.ACCOUNT, "INBOX");

    SyncReport report = sync();

    assertThat(report.ignored()).isEqualTo(1);
    assertThat(street.open()).isEmpty();
    assertThat(held(SALES)).hasSize(1);
  }

  @Test
  @Tag("SY-2")
  void the_same_mail_in_the_mailbox_of_the_inbox_itself_is_held_once() {
    rules(Shop.workshop(), Rule.named("all").always().then(RuleAction.routeTo(SALES)));
    byte[] mail = bytes(STRANGER.replace("To: repairs@", "To: sales@shop.example, repairs@"));
    street.mail.deliver(Shop.ACCOUNT, mail);
    street.mail.deliver(SALES_MAIL, mail);
    sync();

    SyncReport report = engage.mail().sync(SALES_MAIL);

    assertThat(report.ignored()).isEqualTo(1);
    assertThat(held(SALES)).hasSize(1);
  }

  @RepeatedTest(5)
  @Tag("SY-2")
  @Tag("G-5")
  @Tag("G-8")
  void a_mail_that_two_let_in_at_once_is_let_in_once() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER.replace("To: repairs@", "To: hello@shop.example, repairs@"));
    sync();
    HeldMail held = held(WORKSHOP).get(0);

    List<Outcome<Message>> outcomes = Race.run(4, () -> desk.letIn(WORKSHOP, held.key()));

    assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
    assertThat(street.open())
        .extracting(Conversation::inbox)
        .containsExactlyInAnyOrder(SHOP, WORKSHOP);
  }

  @RepeatedTest(5)
  @Tag("PO-6")
  void of_letting_in_and_deleting_at_once_one_alone_happens() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER);
    sync();
    HeldMail held = held(WORKSHOP).get(0);
    AtomicInteger turn = new AtomicInteger();

    List<Outcome<?>> outcomes =
        Race.run(
            2,
            () ->
                turn.getAndIncrement() == 0
                    ? desk.letIn(WORKSHOP, held.key())
                    : desk.discard(WORKSHOP, held.key()));

    assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
    assertThat(held(WORKSHOP)).isEmpty();
    boolean isIn = facts(AuditFact.LetIn.class).size() == 1;
    assertThat(street.open()).hasSize(isIn ? 1 : 0);
    engage.outbox().workOff();
    assertThat(street.mailsOnServer()).isEqualTo(isIn ? 1 : 0);
  }

  @Test
  @Tag("IN-14")
  @Tag("G-10")
  void what_a_deleted_inbox_did_not_take_is_reviewed_at_its_heir() {
    keep(closed(Shop.workshop()));
    keep(closed(Shop.shop()));
    street.arrives(STRANGER.replace("To: repairs@", "To: hello@shop.example, repairs@"));
    street.arrives(mailFrom("other@new.example", "2@new.example", "Hello"));
    sync();

    Outcome<Inbox> deleted = engage.setupOf(Shop.DIRK).deleteInbox(WORKSHOP, SHOP);

    assertThat(deleted.isDone()).isTrue();
    assertThat(held(SHOP)).hasSize(3);
    List<Message> letIn =
        held(SHOP).stream()
            .map(each -> desk.letIn(SHOP, each.key()).findValue().orElseThrow())
            .toList();
    assertThat(letIn.stream().map(Message::id).distinct()).as("twins are one").hasSize(2);
    assertThat(held(SHOP)).isEmpty();
    assertThat(street.open()).hasSize(2);
    assertThat(facts(AuditFact.HeldTransferred.class))
        .containsExactly(new AuditFact.HeldTransferred(WORKSHOP, SHOP, 2));
  }

  @Test
  @Tag("IN-14")
  @Tag("PO-6")
  void what_a_deleted_inbox_did_not_take_is_erased_with_its_person() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER);
    sync();
    engage.setupOf(Shop.DIRK).deleteInbox(WORKSHOP, SHOP);

    Erasure erasure = erase("stranger@new.example");

    assertThat(erasure.messages()).isEqualTo(1);
    assertThat(held(SHOP)).isEmpty();
    engage.outbox().workOff();
    assertThat(street.mailsOnServer()).isZero();
  }

  @Test
  @Tag("G-3")
  void what_is_let_in_stays_though_its_place_is_of_an_earlier_numbering() {
    keep(closed(Shop.workshop()));
    ServerUid uid = street.arrives(STRANGER);
    sync();
    street.mail.remove(uid);
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    street.arrives(fromAna("2@customer.example", "Is it ready?"));
    sync();

    Message message = letIn(WORKSHOP);
    sync();

    assertThat(message.state().onServer()).isNull();
    assertThat(stored(message).state().deleted()).isFalse();
    assertThat(street.open()).hasSize(2);
  }

  @Test
  @Tag("DI-1")
  void what_is_let_in_waits_since_it_came() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER);
    Instant came = street.clock.instant();
    sync();
    street.clock.advance(Duration.ofDays(3));

    letIn(WORKSHOP);

    assertThat(street.onlyConversation().state().service()).isEqualTo(Service.arrived(came));
  }

  @Test
  void what_is_let_in_stays_though_its_mail_is_being_deleted_on_the_server() {
    keep(closed(Shop.workshop()));
    ServerUid uid =
        street.arrives(STRANGER.replace("To: repairs@", "To: hello@shop.example, repairs@"));
    sync();
    street.clara.delete(List.of(street.onlyConversation().id()));

    Message message = letIn(WORKSHOP);
    sync();
    engage.outbox().workOff();
    sync();

    assertThat(message.state().onServer()).isNull();
    assertThat(stored(message).state().deleted()).isFalse();
    assertThat(state(uid)).isEqualTo(LedgerEntry.State.TOMBSTONE);
    assertThat(street.onlyConversation().inbox()).isEqualTo(WORKSHOP);
  }

  @Test
  void what_is_let_in_lies_where_it_was_found_last_and_everywhere_else_too() {
    keep(closed(Shop.workshop()));
    ServerUid first = street.arrives(STRANGER);
    ServerUid second = street.arrives(STRANGER);
    sync();

    Message message = letIn(WORKSHOP);
    sync();

    assertThat(message.state().onServer()).isEqualTo(second);
    assertThat(state(first)).isEqualTo(LedgerEntry.State.DUPLICATE);
    assertThat(state(second)).isEqualTo(LedgerEntry.State.IMPORTED);
    street.clara.deleteMessages(List.of(message.id()));
    engage.outbox().workOff();
    assertThat(street.mailsOnServer()).isZero();
  }

  @Test
  void a_mail_is_let_in_though_no_inbox_uses_its_account_any_more() {
    street.mail.deliver(SALES_MAIL, bytes(STRANGER.replace("repairs@", "sales@")));
    engage.mail().sync(SALES_MAIL);
    keep(Inbox.of("sales", "Sales", "sales@shop.example", Shop.ACCOUNT));

    Message message = letIn(SALES);

    assertThat(message.inbox()).isEqualTo(SALES);
    assertThat(street.onlyConversation().inbox()).isEqualTo(SALES);
  }

  @Test
  @Tag("PO-6")
  @Tag("G-4")
  void an_erased_mail_leaves_every_folder_and_no_renumbering_brings_it_back() {
    AccountId yard = AccountId.of("yard-mail");
    byte[] mail = bytes(STRANGER.replace("repairs@", "yard@"));
    street.mail.deliver(yard, mail);
    street.mail.deliver(yard, "Moved", mail);
    engage.mail().sync(yard);

    Erasure erasure = erase("stranger@new.example");

    assertThat(erasure.messages()).isEqualTo(1);
    street.mail.renumber(yard, "Moved");
    SyncReport report = engage.mail().sync(yard);
    engage.outbox().workOff();
    assertThat(report.ignored()).isZero();
    assertThat(report.imported()).isZero();
    assertThat(held(InboxId.of("yard"))).isEmpty();
    assertThat(street.mail.mails(yard, "INBOX")).isEmpty();
    assertThat(street.mail.mails(yard, "Moved")).isEmpty();
    assertThat(facts(AuditFact.DeletionRepeated.class)).hasSize(1);
  }

  @Test
  @Tag("PO-6")
  void bytes_that_another_inbox_keeps_for_review_outlive_the_message_made_of_them() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER.replace("To: repairs@", "To: hello@shop.example, repairs@"));
    sync();
    street.clock.advance(Duration.ofDays(40));

    engage.privacyOf(Shop.DIRK).retain(SHOP, Duration.ofDays(30));

    assertThat(desk.look(WORKSHOP, held(WORKSHOP).get(0).key()).findValue().orElseThrow().text())
        .contains("Cheap tyres");
    assertThat(desk.letIn(WORKSHOP, held(WORKSHOP).get(0).key()).isDone()).isTrue();
  }

  @Test
  @Tag("SY-5")
  @Tag("WK-10")
  void what_an_agent_discards_is_deleted_here_and_on_the_server_for_good() {
    keep(closed(Shop.workshop()));
    ServerUid uid = street.arrives(STRANGER);
    sync();
    HeldMail held = held(WORKSHOP).get(0);

    Outcome<HeldMail> discarded = desk.discard(WORKSHOP, held.key());

    engage.outbox().workOff();
    street.clock.advance(BlobRemovals.GRACE.plusSeconds(1));
    engage.outbox().workOff();
    assertThat(discarded.isDone()).isTrue();
    assertThat(desk.count(WORKSHOP).findValue()).contains(0L);
    assertThat(state(uid)).isEqualTo(LedgerEntry.State.TOMBSTONE);
    assertThat(street.mailsOnServer()).isZero();
    assertThat(street.blobs.find(held.source().digest())).isEmpty();
    assertThat(facts(AuditFact.HeldDeleted.class)).containsExactly(new AuditFact.HeldDeleted(uid));
    assertThat(desk.discard(WORKSHOP, held.key())).isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  @Tag("TH-6")
  void only_who_may_delete_discards() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER);
    sync();
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.DELETE, WORKSHOP, "Ask the workshop");

    Outcome<HeldMail> discarded = desk.discard(WORKSHOP, held(WORKSHOP).get(0).key());

    assertThat(discarded).isEqualTo(new Outcome.Refused<>("Ask the workshop"));
    assertThat(held(WORKSHOP)).hasSize(1);
  }

  @Test
  @Tag("SY-5")
  void what_one_inbox_discards_another_still_shows() {
    keep(closed(Shop.workshop()));
    street.arrives(STRANGER.replace("To: repairs@", "To: hello@shop.example, repairs@"));
    sync();

    desk.discard(WORKSHOP, held(WORKSHOP).get(0).key());

    engage.outbox().workOff();
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    assertThat(sync().duplicates()).isEqualTo(1);
    assertThat(held(WORKSHOP)).isEmpty();
    assertThat(street.mailsOnServer()).isEqualTo(1);
    Message shown = street.lastMessage(street.onlyConversation());
    assertThat(street.clara.open(shown.id()).isDone()).isTrue();
  }

  private SyncReport sync() {
    street.clock.advance(Duration.ofSeconds(1));
    return engage.mail().sync(Shop.ACCOUNT);
  }

  private void rules(Inbox inbox, Rule... rules) {
    keep(inbox.withSettings(inbox.settings().change().rules(RuleSet.of(rules)).build()));
  }

  private void keep(Inbox inbox) {
    street.keep(inbox);
  }

  private static Inbox closed(Inbox inbox) {
    return inbox.withSettings(inbox.settings().change().knownContactsOnly(true).build());
  }

  private List<HeldMail> held(InboxId inbox) {
    return desk.list(inbox, "", 100).findValue().orElseThrow();
  }

  private Message letIn(InboxId inbox) {
    return desk.letIn(inbox, held(inbox).get(0).key()).findValue().orElseThrow();
  }

  private Erasure erase(String address) {
    return engage
        .privacyOf(Shop.DIRK)
        .erase(Person.at(EmailAddress.of(address)))
        .findValue()
        .orElseThrow();
  }

  private Message stored(Message message) {
    return street.storage.inboxes().messages(List.of(message.id())).get(0);
  }

  private LedgerEntry.State state(ServerUid uid) {
    return street.storage.ledger().entries(List.of(uid)).get(0).state();
  }

  private <T extends AuditFact> List<T> facts(Class<T> kind) {
    return street.storage.audit().newest(100_000).stream()
        .map(AuditEntry::fact)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static byte[] bytes(String mail) {
    return mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
