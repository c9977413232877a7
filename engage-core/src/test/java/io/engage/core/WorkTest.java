package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryMail.Step;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Customer;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.testkit.Race;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkTest {
  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("SY-1")
  @Tag("WK-10")
  void whoever_cannot_wait_has_the_mailbox_of_an_inbox_looked_at() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));

    Outcome<SyncReport> synced = street.clara.sync(Shop.workshop().id());

    assertThat(synced.findValue().orElseThrow().imported()).isEqualTo(1);
    assertThat(street.onlyConversation().inbox()).isEqualTo(Shop.workshop().id());
    assertThat(street.clara.sync(InboxId.of("none"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(street.storage.audit().newest(100))
        .filteredOn(entry -> entry.fact().equals(new AuditFact.SyncRequested()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(Actor.agent(Shop.CLARA));
              assertThat(entry.subject()).isEqualTo(AuditSubject.of(Shop.workshop().id()));
            });
  }

  @Test
  @Tag("WK-1")
  void an_action_on_many_conversations_tells_what_it_did_for_each() {
    threeCustomersWrite();
    List<ConversationId> ids = street.open().stream().map(Conversation::id).toList();
    street.clara.complete(ids.subList(0, 1));

    Map<ConversationId, Outcome<Conversation>> outcomes =
        street.clara.complete(
            List.of(ids.get(0), ids.get(1), ids.get(2), ConversationId.of("no-such")));

    assertThat(outcomes.values())
        .extracting(outcome -> outcome.getClass().getSimpleName())
        .containsExactly("AlreadySo", "Done", "Done", "Unknown");
    assertThat(street.open()).isEmpty();
    assertThat(street.list(ConversationFilter.completed())).hasSize(3);
  }

  @Test
  @Tag("WK-10")
  void the_audit_trail_of_a_message_tells_everything_in_order_with_names() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation bike = street.onlyConversation();
    Message question = street.lastMessage(bike);
    street.clara.open(question.id());
    street.clara.assign(List.of(bike.id()), Shop.DIRK);
    street.engage.deskOf(Shop.DIRK).complete(List.of(bike.id()));

    List<AuditEntry> trail = street.clara.auditTrail(question.id());

    assertThat(trail)
        .extracting(entry -> entry.actor().name() + " " + entry.fact().code())
        .containsExactly(
            "Engage received",
            "Engage conversation-opened",
            "Engage linked-to-customer",
            "Clara Rossi marked-read",
            "Clara Rossi assigned",
            "Dirk Jensen completed");
  }

  @Test
  @Tag("SY-5")
  void opening_a_message_marks_it_read_here_and_on_the_server() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Message question = street.lastMessage(street.onlyConversation());

    OpenedMessage opened = street.clara.open(question.id()).findValue().orElseThrow();
    street.engage.outbox().workOff();

    assertThat(opened.content().text()).isEqualToIgnoringWhitespace("Is it ready?");
    assertThat(opened.message().state().read()).isTrue();
    assertThat(opened.conversation().unread()).isZero();
    assertThat(street.mail.mails(Shop.ACCOUNT, "INBOX").get(0).seen()).isTrue();
  }

  @Test
  @Tag("SY-5")
  @Tag("G-4")
  void a_deleted_mail_leaves_the_server_though_that_fails_twice_and_never_comes_back() {
    street.arrives(fromAna("1@customer.example", "Delete me"));
    street.sync();
    Conversation bike = street.onlyConversation();
    street.mail.failNext(Step.DELETE, Reason.CONNECTION_LOST, 2);

    street.clara.delete(List.of(bike.id()));
    for (int sync = 0; sync < 3; sync++) {
      street.engage.outbox().workOff();
      assertThat(street.sync().imported()).isZero();
      street.clock.advance(Duration.ofMinutes(10));
    }

    assertThat(street.mailsOnServer()).isZero();
    assertThat(street.list(ConversationFilter.all())).isEmpty();
    assertThat(street.clara.history(CustomerId.of("ana"), Page.Request.first(10)).items())
        .hasSize(1);
  }

  @Test
  @Tag("SY-6")
  void what_another_program_deletes_on_the_server_stays_here() {
    street.mail.remove(street.arrives(fromAna("0@customer.example", "Gone before")));
    street.arrives(fromAna("1@customer.example", "Keep me"));
    street.sync();
    street.mail.mails(Shop.ACCOUNT, "INBOX").forEach(mail -> street.mail.remove(mail.uid()));

    street.sync();

    assertThat(street.clara.open(street.lastMessage(street.onlyConversation()).id()).isDone())
        .isTrue();
  }

  @Test
  @Tag("WK-5")
  @Tag("WK-9")
  void a_reply_goes_out_and_the_customers_answer_joins_the_conversation() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation bike = street.onlyConversation();

    Message answer =
        street
            .clara
            .reply(street.lastMessage(bike).id(), Reply.of("On Friday."))
            .findValue()
            .orElseThrow();
    street.engage.outbox().workOff();
    street.arrives(
        fromAna("2@customer.example", "Thanks!")
            .replace("Subject:", "In-Reply-To: <" + answer.headers().messageId() + ">\nSubject:"));
    street.sync();

    String sent = textOf(street);
    assertThat(sent)
        .contains("Message-ID: <" + answer.headers().messageId() + ">")
        .contains("In-Reply-To: <1@customer.example>")
        .contains("References: <1@customer.example>");
    assertThat(street.onlyConversation().messages()).isEqualTo(3);
    assertThat(street.messages(bike))
        .extracting(message -> message.state().delivery())
        .containsExactly(Delivery.NONE, Delivery.SENT, Delivery.NONE);
    assertThat(street.mail.mails(Shop.ACCOUNT, "Sent")).hasSize(1);
  }

  @Test
  @Tag("WK-5")
  void answering_a_conversation_answers_what_a_person_wrote_last() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.arrives(
        fromAna("2@customer.example", "Hello?")
            .replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    street.arrives(
        fromAna("3@customer.example", "I am away.")
            .replace(
                "Subject:",
                "In-Reply-To: <1@customer.example>\nAuto-Submitted: auto-replied\nSubject:"));
    street.sync();

    Message answer =
        street
            .clara
            .reply(street.onlyConversation().id(), Reply.of("On Friday."))
            .findValue()
            .orElseThrow();

    assertThat(answer.headers().inReplyTo())
        .extracting(RfcMessageId::value)
        .containsExactly("2@customer.example");
  }

  @Test
  @Tag("G-30")
  void a_mail_without_a_final_answer_is_in_doubt_and_is_never_sent_again() {
    replyTo("Is it ready?");
    street.mail.answerNext(new SendOutcome.InDoubt("no answer after the final dot"), true);

    street.engage.outbox().workOff();
    street.clock.advance(Duration.ofDays(10));
    street.engage.outbox().workOff();

    assertThat(street.mail.sent()).hasSize(1);
    assertThat(street.lastMessage(street.onlyConversation()).state().delivery())
        .isEqualTo(Delivery.IN_DOUBT);
  }

  @Test
  @Tag("G-30")
  void a_mail_that_was_put_off_is_sent_later_with_the_same_message_id() {
    Message answer = replyTo("Is it ready?");
    street.mail.answerNext(
        new SendOutcome.Refused(new SmtpReply(451, "4.7.1", "greylisted"), Map.of()), false);
    street.mail.failNext(Step.CONNECT_TO_SEND, Reason.REFUSED, 1);

    for (int i = 0; i < 4; i++) {
      street.engage.outbox().workOff();
      street.clock.advance(Duration.ofHours(1));
    }

    assertThat(street.mail.sent()).hasSize(1);
    assertThat(textOf(street)).contains("Message-ID: <" + answer.headers().messageId() + ">");
    assertThat(street.clara.auditTrail(answer.id()))
        .extracting(entry -> entry.fact().code())
        .containsSubsequence("reply-queued", "send-postponed", "send-postponed", "sent");
  }

  @Test
  @Tag("SY-7")
  void a_bounce_marks_the_message_that_came_back_and_opens_nothing() {
    Message answer = replyTo("Is it ready?");
    street.engage.outbox().workOff();
    street.arrives(
        """
        From: MAILER-DAEMON@shop.example
        To: repairs@shop.example
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <b1@shop.example>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        It could not be delivered.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.shop.example

        Final-Recipient: rfc822; ana@customer.example
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 no such user
        --b
        Content-Type: text/rfc822-headers

        Message-ID: <%s>
        Subject: Re: My bike
        --b--
        """
            .formatted(answer.headers().messageId()));

    street.sync();

    Conversation bike = street.onlyConversation();
    assertThat(bike.messages()).isEqualTo(3);
    assertThat(street.storage.inboxes().messages(List.of(answer.id())).get(0).state().delivery())
        .isEqualTo(Delivery.BOUNCED);
  }

  @Test
  @Tag("TH-3")
  void a_customer_is_created_from_a_message_and_linked() {
    street.arrives(
        mailFrom("Zoe Nguyen <zoe@new.example>", "1@new.example", "Do you sell helmets?"));
    street.sync();
    Message question = street.lastMessage(street.onlyConversation());

    Customer zoe = street.clara.createCustomer(question.id(), "").findValue().orElseThrow();

    assertThat(zoe.name()).isEqualTo("Zoe Nguyen");
    assertThat(street.onlyConversation().findCustomer()).contains(zoe.id());
    assertThat(street.clara.history(zoe.id(), Page.Request.first(10)).items()).hasSize(1);
  }

  @Test
  @Tag("TH-2")
  void opening_links_to_a_customer_whom_the_directory_did_not_know_before() {
    street.arrives(
        mailFrom("Zoe Nguyen <zoe@new.example>", "1@new.example", "Do you sell helmets?"));
    street.sync();
    street.customers.with("zoe", "Zoe Nguyen", EmailAddress.of("zoe@new.example"));

    street.clara.open(street.lastMessage(street.onlyConversation()).id());

    assertThat(street.onlyConversation().findCustomer()).contains(CustomerId.of("zoe"));
  }

  @Test
  @Tag("TH-4")
  void the_history_of_a_customer_goes_over_all_inboxes_newest_first() {
    street.arrives(fromAna("1@customer.example", "First"));
    street.clock.advance(Duration.ofHours(1));
    street.arrives(fromAna("2@customer.example", "Second").replace("repairs@", "hello@"));
    street.sync();

    List<Message> history =
        street.clara.history(CustomerId.of("ana"), Page.Request.first(10)).items();

    assertThat(history).extracting(Message::preview).containsExactly("Second", "First");
    assertThat(history)
        .extracting(message -> message.inbox().value())
        .containsExactly("shop", "workshop");
  }

  @Test
  @Tag("TH-6")
  void a_refused_action_changes_nothing_and_is_recorded() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation bike = street.onlyConversation();
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.DELETE, bike.inbox(), "Ask Dirk");

    Outcome<Conversation> outcome = street.clara.delete(List.of(bike.id())).get(bike.id());

    assertThat(outcome).isEqualTo(new Outcome.Refused<Conversation>("Ask Dirk"));
    assertThat(street.open()).hasSize(1);
    assertThat(street.clara.auditTrail(bike.id()))
        .last()
        .extracting(entry -> entry.fact().code())
        .isEqualTo("action-refused");
  }

  @Test
  @Tag("TH-6")
  void what_an_agent_may_not_read_stands_in_no_history_and_no_trail() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation bike = street.onlyConversation();
    Message question = street.lastMessage(bike);
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.READ, bike.inbox(), "Not yours");

    assertThat(street.clara.history(CustomerId.of("ana"), Page.Request.first(10)).items())
        .isEmpty();
    assertThat(street.clara.auditTrail(question.id())).isEmpty();
    assertThat(street.clara.auditTrail(bike.id())).isEmpty();
    assertThat(street.clara.open(question.id())).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  @Tag("SY-5")
  void a_deleted_mail_can_still_be_opened_from_the_customers_history() {
    street.arrives(fromAna("1@customer.example", "Delete me"));
    street.sync();
    street.clara.delete(List.of(street.onlyConversation().id()));
    Message deleted =
        street.clara.history(CustomerId.of("ana"), Page.Request.first(10)).items().get(0);

    OpenedMessage opened = street.clara.open(deleted.id()).findValue().orElseThrow();

    assertThat(opened.content().text()).isEqualToIgnoringWhitespace("Delete me");
    assertThat(street.list(ConversationFilter.all())).isEmpty();
  }

  @Test
  @Tag("G-7")
  @Tag("TH-6")
  void deleting_in_one_inbox_leaves_the_mail_to_the_other_inbox_on_the_server() {
    street.arrives(
        fromAna("1@customer.example", "To both")
            .replace("To: repairs@shop.example", "To: repairs@shop.example, hello@shop.example"));
    street.sync();
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.DELETE, Shop.workshop().id(), "Not in the workshop");
    List<ConversationId> both = street.open().stream().map(Conversation::id).toList();

    street.clara.delete(both);
    street.engage.outbox().workOff();
    street.sync();

    assertThat(street.mailsOnServer()).isEqualTo(1);
    assertThat(street.onlyConversation().inbox()).isEqualTo(Shop.workshop().id());
  }

  @Test
  @Tag("G-30")
  void a_transport_that_breaks_after_the_attempt_began_leaves_the_mail_in_doubt() {
    Message answer = replyTo("Is it ready?");
    try (Engage broken = street.engageOn(street.storage, new BreakingMail(street.mail))) {
      broken.outbox().workOff();
    }
    street.clock.advance(Duration.ofDays(1));
    street.engage.outbox().workOff();

    assertThat(street.mail.sent()).isEmpty();
    assertThat(street.storage.inboxes().messages(List.of(answer.id())).get(0).state().delivery())
        .isEqualTo(Delivery.IN_DOUBT);
  }

  @Test
  @Tag("G-30")
  void an_entry_of_an_account_that_is_gone_keeps_nobody_elses_mail_back() {
    street.storage.inboxes().commit(markSeenOf(AccountId.of("gone")));
    replyTo("Is it ready?");

    street.engage.outbox().workOff();

    assertThat(street.mail.sent()).hasSize(1);
  }

  @Test
  @Tag("SY-5")
  void one_change_that_the_server_refuses_does_not_keep_the_others_back() {
    threeCustomersWrite();
    List<ConversationId> ids = street.open().stream().map(Conversation::id).toList();
    street.mail.failNext(Step.DELETE, Reason.PROTOCOL, 1);

    street.clara.delete(ids.subList(0, 1));
    street.clock.advance(Duration.ofSeconds(1));
    street.clara.markRead(ids.subList(1, 3));
    street.engage.outbox().workOff();

    assertThat(street.mail.mails(Shop.ACCOUNT, "INBOX").stream().filter(each -> each.seen()))
        .hasSize(2);
    assertThat(street.mailsOnServer()).isEqualTo(3);
  }

  private InboxChange markSeenOf(AccountId account) {
    return InboxChange.builder()
        .outbox(
            List.of(
                new OutboxEntry(
                    OutboxId.of("o-gone"),
                    account,
                    new OutboxTask.MarkSeen(Set.of(), true),
                    Shop.MORNING,
                    0)))
        .audit(
            List.of(
                new AuditEntry(
                    AuditEntryId.of("a-gone"),
                    Shop.MORNING,
                    Actor.OUTBOX,
                    AuditSubject.NONE,
                    new AuditFact.HandedBack())))
        .build();
  }

  @Test
  @Tag("G-30")
  void a_refused_login_is_tried_once_for_all_mails_that_wait() {
    replyTo("Is it ready?");
    street.clara.reply(street.onlyConversation().id(), Reply.of("Or on Saturday."));
    street.mail.failNext(Step.CONNECT_TO_SEND, Reason.WRONG_CREDENTIAL, 1);

    street.engage.outbox().workOff();

    assertThat(street.mail.sent()).isEmpty();
    assertThat(street.storage.outbox().unsettled(10))
        .allSatisfy(entry -> assertThat(entry.attempts()).isEqualTo(1));
  }

  @Test
  @Tag("TH-6")
  void inboxes_that_an_agent_may_not_read_are_not_in_their_lists() {
    street.arrives(fromAna("1@customer.example", "For the workshop"));
    street.arrives(fromAna("2@customer.example", "For the shop").replace("repairs@", "hello@"));
    street.sync();
    street.permissions.refuse(Shop.CLARA.id(), AgentAction.READ, Shop.workshop().id(), "Not yours");

    assertThat(street.open()).extracting(each -> each.inbox().value()).containsExactly("shop");
  }

  @Test
  @Tag("SY-4")
  void an_attachment_is_listed_and_saved_under_a_safe_name() throws IOException {
    street.arrives(
        """
        From: ana@customer.example
        To: repairs@shop.example
        Subject: Photo
        Message-ID: <p@customer.example>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        Here it is.
        --b
        Content-Type: image/jpeg; name="../../etc/bike.jpg"
        Content-Disposition: attachment; filename="../../etc/bike.jpg"
        Content-Transfer-Encoding: base64

        QmlrZQ==
        --b--
        """);
    street.sync();
    Message photo = street.lastMessage(street.onlyConversation());
    ByteArrayOutputStream saved = new ByteArrayOutputStream();

    street.clara.saveAttachment(photo.id(), photo.attachments().get(0).part(), saved);

    assertThat(photo.attachments().get(0).name().value()).isEqualTo("bike.jpg");
    assertThat(saved.toString(StandardCharsets.UTF_8)).isEqualTo("Bike");
  }

  @Test
  @Tag("WK-13")
  void agents_who_act_on_one_conversation_at_once_lose_nothing() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Message question = street.lastMessage(street.onlyConversation());

    Race.run(
        8,
        () ->
            IntStream.range(0, 10)
                .mapToObj(
                    i ->
                        street
                            .engage
                            .deskOf(Shop.CLARA)
                            .reply(question.id(), Reply.of("Answer " + i)))
                .toList());

    Conversation bike = street.onlyConversation();
    assertThat(street.messages(bike)).hasSize(81);
    assertThat(bike.messages()).isEqualTo(81);
  }

  @Test
  @Tag("PO-5")
  void a_listener_hears_of_everything_after_the_commit_and_again_when_it_failed() {
    street.deafTimes.set(1);
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    street.clara.complete(List.of(street.onlyConversation().id()));

    Awaitility.await()
        .untilAsserted(
            () -> {
              street.engage.outbox().workOff();
              assertThat(street.listener.entries())
                  .extracting(entry -> entry.fact().code())
                  .containsSubsequence("received", "conversation-opened", "imported", "completed");
            });
  }

  private Message replyTo(String question) {
    street.arrives(fromAna("1@customer.example", question));
    street.sync();
    return street
        .clara
        .reply(street.lastMessage(street.onlyConversation()).id(), Reply.of("On Friday."))
        .findValue()
        .orElseThrow();
  }

  private void threeCustomersWrite() {
    street.arrives(fromAna("1@customer.example", "One"));
    street.arrives(mailFrom("ben@customer.example", "2@customer.example", "Two"));
    street.arrives(mailFrom("zoe@new.example", "3@new.example", "Three"));
    street.sync();
  }

  private static String textOf(Street street) {
    try (var bytes = street.mail.sent().get(0).content().open()) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
