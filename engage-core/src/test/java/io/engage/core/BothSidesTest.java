package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.memory.InMemoryMail;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one side does while the other is not looking, and one node while another works. */
class BothSidesTest {
  private final Street street = new Street();
  private final WatchedMail watched = new WatchedMail(street.mail);
  private final Engage node = street.engageOn(street.storage, watched);

  @AfterEach
  void close() {
    node.close();
    street.close();
  }

  @Test
  @Tag("G-30")
  @Tag("G-42")
  void a_server_that_accepts_after_the_lease_has_ended_is_believed() {
    Message answer = answered();
    watched.afterSend(this::anotherNodeTakesOver);

    node.outbox().workOff();

    assertThat(stored(answer).state().delivery()).isEqualTo(Delivery.SENT);
    assertThat(street.mail.sent()).hasSize(1);
    assertThat(codes(answer)).containsSubsequence("send-in-doubt", "send-doubt-lifted", "sent");
  }

  @Test
  @Tag("G-30")
  void a_server_that_refuses_after_the_lease_has_ended_is_believed() {
    Message answer = answered();
    street.mail.answerNext(
        new SendOutcome.Refused(new SmtpReply(550, "5.1.1", "no such user"), Map.of()), false);
    watched.afterSend(this::anotherNodeTakesOver);

    node.outbox().workOff();

    assertThat(stored(answer).state().delivery()).isEqualTo(Delivery.FAILED);
    assertThat(street.storage.outbox().unsettled(10)).isEmpty();
  }

  @Test
  @Tag("G-30")
  @Tag("G-42")
  void whoever_is_overtaken_before_the_first_byte_leaves_the_mail_to_whoever_has_it_now() {
    Message answer = answered();
    watched.beforeConnecting(this::anotherNodeClaimsAndNobodyGetsThrough);

    node.outbox().workOff();
    Delivery overtaken = stored(answer).state().delivery();
    street.clock.advance(Duration.ofMinutes(21));
    street.engage.outbox().workOff();

    assertThat(overtaken).isEqualTo(Delivery.QUEUED);
    assertThat(stored(answer).state().delivery()).isEqualTo(Delivery.SENT);
    assertThat(street.mail.sent()).hasSize(1);
    assertThat(codes(answer)).doesNotContain("send-failed", "send-doubt-lifted");
  }

  private void anotherNodeClaimsAndNobodyGetsThrough() {
    street.clock.advance(Duration.ofMinutes(21));
    Instant now = street.clock.instant();
    assertThat(street.storage.outbox().claim(10, now, now.plus(Duration.ofMinutes(20)))).hasSize(1);
    street.mail.failNext(InMemoryMail.Step.CONNECT_TO_SEND, Reason.TIMEOUT, 1);
  }

  @Test
  @Tag("SY-6")
  void a_mail_that_the_server_hides_for_a_moment_comes_back_under_its_uid() {
    ServerUid uid = street.arrives(fromAna("1@stranger.example", "Hello").replace("ana@", "eve@"));
    node.mail().sync(Shop.ACCOUNT);
    Message mail = street.lastMessage(street.onlyConversation());
    watched.hide(uid.uid());
    node.mail().sync(Shop.ACCOUNT);
    assertThat(street.open()).isEmpty();

    watched.hide(0);
    node.mail().sync(Shop.ACCOUNT);

    assertThat(street.onlyConversation().unread()).isEqualTo(1);
    assertThat(stored(mail).state().onServer()).isEqualTo(uid);
    assertThat(codes(mail)).containsSubsequence("left-server", "came-back");
  }

  @Test
  @Tag("G-4")
  void a_mail_that_was_moved_while_an_agent_deleted_it_is_deleted_where_it_went() {
    ServerUid old = street.arrives(fromAna("1@customer.example", "Hello"));
    street.sync();
    street.clara.delete(List.of(street.onlyConversation().id()));
    street.mail.remove(old);
    street.arrives(fromAna("1@customer.example", "Hello"));
    street.engage.outbox().workOff();

    street.sync();
    street.engage.outbox().workOff();

    assertThat(street.mailsOnServer()).isZero();
    assertThat(street.open()).isEmpty();
  }

  @Test
  @Tag("SY-5")
  void a_mail_that_was_read_here_while_its_folder_was_renumbered_is_read_there_too() {
    street.arrives(fromAna("1@customer.example", "Hello"));
    street.sync();
    street.clara.open(street.lastMessage(street.onlyConversation()).id());
    street.mail.renumber(Shop.ACCOUNT, "INBOX");
    street.engage.outbox().workOff();

    street.sync();
    street.engage.outbox().workOff();

    assertThat(street.mail.mails(Shop.ACCOUNT, "INBOX").get(0).seen()).isTrue();
  }

  @Test
  @Tag("G-3")
  @Tag("SY-6")
  void a_mail_that_was_deleted_while_its_folder_was_renumbered_is_gone_here_too() {
    ServerUid uid = street.arrives(fromAna("1@x.example", "Hello").replace("ana@", "eve@"));
    street.sync();
    street.mail.remove(uid);
    street.mail.renumber(Shop.ACCOUNT, "INBOX");

    street.sync();

    assertThat(street.open()).isEmpty();
  }

  @Test
  @Tag("SY-5")
  void what_is_owed_for_other_accounts_hides_nothing_that_is_owed_for_this_one() {
    street.arrives(fromAna("1@customer.example", "Hello"));
    street.sync();
    street.storage.inboxes().commit(owedForAnother(10_001));
    Conversation bike = street.onlyConversation();
    street.clara.open(street.lastMessage(bike).id());
    ServerUid second = street.arrives(fromAna("2@customer.example", "Another"));
    street.mail.markSeen(second, false);
    street.mail.remove(second);

    street.sync();

    assertThat(street.storage.inboxes().conversations(List.of(bike.id())).get(0).unread()).isZero();
  }

  private static InboxChange owedForAnother(int entries) {
    return InboxChange.builder()
        .outbox(
            IntStream.range(0, entries)
                .mapToObj(
                    i ->
                        new OutboxEntry(
                            OutboxId.of("other-" + i),
                            AccountId.of("another"),
                            new OutboxTask.MarkSeen(Set.of(), true),
                            Shop.MORNING.minusSeconds(60),
                            0))
                .toList())
        .audit(
            List.of(
                new AuditEntry(
                    AuditEntryId.of("owed"),
                    Shop.MORNING,
                    Actor.OUTBOX,
                    AuditSubject.NONE,
                    new AuditFact.HandedBack())))
        .build();
  }

  @Test
  @Tag("G-8")
  @Tag("G-10")
  void whoever_loses_the_lease_in_the_middle_of_reconciling_writes_nothing_any_more() {
    street.sync();
    street.arrives(fromAna("1@customer.example", "Hello"));
    watched.beforeFetch(
        () -> {
          street.clock.advance(MailDesk.LEASE.plusSeconds(1));
          assertThat(
                  street
                      .storage
                      .leases()
                      .acquire(
                          "mailbox:" + Shop.ACCOUNT.value(),
                          "another node",
                          street.clock.instant(),
                          street.clock.instant().plus(MailDesk.LEASE)))
              .isPresent();
        });
    List<AuditEntry> before = street.storage.audit().newest(100);

    assertThatThrownBy(() -> node.mail().reconcile(Shop.ACCOUNT)).isInstanceOf(PortFailure.class);

    assertThat(street.storage.audit().newest(100)).isEqualTo(before);
    assertThat(street.open()).isEmpty();
  }

  @Test
  @Tag("G-8")
  void whoever_was_taken_for_dead_while_reading_keeps_nobody_from_reading_afterwards() {
    street.arrives(fromAna("1@customer.example", "Hello"));
    watched.beforeFetch(() -> node.mail().free(Street.ACCOUNT));

    SyncReport goesOn = node.mail().sync(Shop.ACCOUNT);

    street.arrives(fromAna("2@customer.example", "Hello again"));
    assertThat(goesOn.imported()).isEqualTo(1);
    assertThat(street.sync().imported()).isEqualTo(1);
  }

  @Test
  @Tag("TH-4")
  @Tag("TH-6")
  void a_history_has_full_pages_whatever_the_agent_may_not_read() {
    for (int i = 0; i < 6; i++) {
      street.arrives(
          fromAna(i + "@customer.example", "No. " + i)
              .replace("repairs@", i % 2 == 0 ? "repairs@" : "hello@"));
    }
    street.sync();
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.READ, Shop.shop().id(), "Only for the office");

    Page<Message> page = street.clara.history(CustomerId.of("ana"), Page.Request.first(3));

    assertThat(page.items()).hasSize(3);
    assertThat(page.next()).isNull();
  }

  @Test
  @Tag("WK-5")
  void answering_finds_what_a_person_wrote_behind_any_number_of_automatic_mails() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    IntStream.range(0, 130)
        .forEach(
            i ->
                street.arrives(
                    fromAna("auto" + i + "@customer.example", "I am away")
                        .replace(
                            "Subject:",
                            "In-Reply-To: <1@customer.example>\nAuto-Submitted: auto-replied\n"
                                + "Subject:")));
    street.sync();
    Conversation bike = street.onlyConversation();

    Message answer =
        street.clara.reply(bike.id(), Reply.of("On Friday.")).findValue().orElseThrow();

    assertThat(bike.messages()).isEqualTo(131);
    assertThat(answer.headers().inReplyTo()).containsExactly(Shop.id("1@customer.example"));
  }

  private Message answered() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    return street
        .clara
        .reply(street.onlyConversation().id(), Reply.of("On Friday."))
        .findValue()
        .orElseThrow();
  }

  private void anotherNodeTakesOver() {
    street.clock.advance(Duration.ofMinutes(21));
    street.engage.outbox().workOff();
  }

  private Message stored(Message message) {
    return street.storage.inboxes().messages(List.of(message.id())).get(0);
  }

  private List<String> codes(Message message) {
    return street.storage.audit().ofMessage(message.id()).stream()
        .map(entry -> entry.fact().code())
        .toList();
  }
}
