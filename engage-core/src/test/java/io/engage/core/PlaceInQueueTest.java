package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.Person;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings.CompletedAnswered;
import io.engage.model.inbox.Member;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.model.queue.Offer;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.writing.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Since when a customer waits, whatever is done. */
@Tag("DI-1")
class PlaceInQueueTest {
  private static final SendOutcome REFUSED =
      new SendOutcome.Refused(new SmtpReply(550, "5.1.1", "unknown"), Map.of());

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void whoever_writes_waits_since_their_mail_came_however_late_it_is_fetched() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    Instant came = street.clock.instant();
    street.clock.advance(Duration.ofHours(3));
    street.sync();

    Conversation bike = street.onlyConversation();

    assertThat(bike.queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(bike)).isEqualTo(Service.arrived(came));
  }

  @Test
  void whoever_writes_again_keeps_their_place() {
    Conversation bike = asked();
    Instant place = service(bike).waitingSince();
    answers("2@customer.example", "Hello?");

    assertThat(service(now(bike)).waitingSince()).isEqualTo(place);
  }

  @Test
  @Tag("G-26")
  void automatic_mail_makes_nobody_wait_and_keeps_nobody_waiting() {
    Conversation bike = asked();
    reply(bike);
    Service before = service(now(bike));

    street.arrives(
        fromAna("2@customer.example", "I am away.")
            .replace(
                "Subject:",
                "In-Reply-To: <1@customer.example>\nAuto-Submitted: auto-replied\nSubject:"));
    street.sync();

    assertThat(now(bike).messages()).isEqualTo(3);
    assertThat(service(now(bike))).isEqualTo(before);
  }

  @Test
  void automatic_mail_that_belongs_to_nothing_waits_in_no_queue() {
    street.arrives(
        fromAna("1@customer.example", "I am away.")
            .replace("Subject:", "Auto-Submitted: auto-replied\nSubject:"));

    street.sync();

    assertThat(street.list(ConversationFilter.completed()))
        .singleElement()
        .satisfies(each -> assertThat(service(each)).isEqualTo(Service.NONE));
  }

  @Test
  void an_answer_ends_the_waiting_when_it_is_committed_and_says_who_answered() {
    Conversation bike = asked();
    street.clock.advance(Duration.ofMinutes(5));

    reply(bike);

    Service after = service(now(bike));
    assertThat(now(bike).queueState()).isEqualTo(QueueState.IDLE);
    assertThat(after.waitingSince()).isNull();
    assertThat(after.answeredAt()).isEqualTo(street.clock.instant());
    assertThat(after.handlers()).containsExactly(Shop.CLARA.id());
  }

  @Test
  void after_an_answer_the_next_question_waits_from_then_on_and_the_first_answer_is_remembered() {
    Conversation bike = asked();
    reply(bike);
    Instant first = service(now(bike)).answeredAt();

    Instant came = answers("2@customer.example", "And the bell?");

    assertThat(service(now(bike)).waitingSince()).isEqualTo(came);
    assertThat(service(now(bike)).answeredAt()).isEqualTo(first);
  }

  @Test
  void who_takes_it_works_on_it_while_the_customer_still_waits() {
    Conversation bike = asked();
    street.clock.advance(Duration.ofMinutes(1));

    street.clara.take(List.of(bike.id()));

    Service after = service(now(bike));
    assertThat(now(bike).queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(after.takenAt()).isEqualTo(street.clock.instant());
    assertThat(after.waitingSince()).isEqualTo(service(bike).waitingSince());
    assertThat(after.handlers()).containsExactly(Shop.CLARA.id());
  }

  @Test
  void what_is_handed_back_unanswered_has_its_old_place_again() {
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    street.clock.advance(Duration.ofMinutes(1));

    street.clara.handBack(List.of(bike.id()));

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
    assertThat(service(now(bike)).takenAt()).isNull();
  }

  @Test
  void what_is_handed_back_after_an_answer_waits_from_then_on() {
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    reply(bike);
    street.clock.advance(Duration.ofMinutes(1));

    street.clara.handBack(List.of(bike.id()));

    assertThat(service(now(bike)).waitingSince()).isEqualTo(street.clock.instant());
  }

  @Test
  void what_is_completed_waits_for_nobody_and_the_next_question_begins_anew() {
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));
    reply(bike);
    street.clara.complete(List.of(bike.id()));
    Service completed = service(now(bike));
    street.clock.advance(Duration.ofDays(30));

    Instant came = answers("2@customer.example", "It squeaks again.");

    assertThat(completed.waitingSince()).isNull();
    Service again = service(now(bike));
    assertThat(now(bike).queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(again.arrivedAt()).isEqualTo(came);
    assertThat(again.waitingSince()).isEqualTo(came);
    assertThat(again.answeredAt()).isNull();
    assertThat(again.takenAt()).isEqualTo(street.clock.instant());
    assertThat(again.handlers()).containsExactly(Shop.CLARA.id());
  }

  @Test
  @Tag("WK-2")
  void the_conversation_that_follows_a_completed_one_waits_on_its_own() {
    street.keep(
        Shop.workshop()
            .withSettings(
                Shop.workshop()
                    .settings()
                    .change()
                    .completedAnswered(CompletedAnswered.OPENS_ANOTHER)
                    .build()));
    Conversation bike = asked();
    street.clara.complete(List.of(bike.id()));

    Instant came = answers("2@customer.example", "It squeaks again.");

    assertThat(service(street.onlyConversation())).isEqualTo(Service.arrived(came));
    assertThat(service(now(bike)).waitingSince()).isNull();
  }

  @Test
  void what_an_agent_opens_again_unanswered_has_its_old_place() {
    Conversation bike = asked();
    street.clara.complete(List.of(bike.id()));
    street.clock.advance(Duration.ofMinutes(1));

    street.clara.reopen(List.of(bike.id()));

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
  }

  @Test
  void what_an_agent_opens_again_answered_waits_from_then_on_unless_somebody_has_it() {
    Conversation nobodys = asked();
    reply(nobodys);
    street.clara.complete(List.of(nobodys.id()));
    street.clock.advance(Duration.ofMinutes(1));
    street.clara.reopen(List.of(nobodys.id()));
    Conversation unassigned = now(nobodys);
    street.clara.take(List.of(nobodys.id()));
    reply(nobodys);
    street.clara.complete(List.of(nobodys.id()));

    street.clara.reopen(List.of(nobodys.id()));

    assertThat(unassigned.queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(unassigned).waitingSince()).isEqualTo(street.clock.instant());
    assertThat(now(nobodys).queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(service(now(nobodys)).waitingSince()).isNull();
  }

  @Test
  @Tag("WK-1")
  void what_is_transferred_keeps_its_place_in_the_other_queue() {
    Conversation bike = asked();
    street.clock.advance(Duration.ofMinutes(1));

    street.clara.transfer(List.of(bike.id()), Shop.shop().id());

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
  }

  @Test
  @Tag("WK-1")
  void what_is_transferred_answered_waits_for_somebody_there() {
    Conversation bike = asked();
    reply(bike);
    street.clock.advance(Duration.ofMinutes(1));

    street.clara.transfer(List.of(bike.id()), Shop.shop().id());

    assertThat(service(now(bike)).waitingSince()).isEqualTo(street.clock.instant());
  }

  @Test
  @Tag("WK-1")
  void nobody_keeps_what_goes_where_they_do_not_work_and_it_waits_there() {
    membersOnly(Shop.shop(), Shop.DIRK);
    Conversation bike = asked();
    street.clara.take(List.of(bike.id()));

    street.clara.transfer(List.of(bike.id()), Shop.shop().id());

    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
    assertThat(service(now(bike)).handlers()).containsExactly(Shop.CLARA.id());
  }

  @Test
  @Tag("IN-14")
  void what_an_inbox_leaves_keeps_its_place_and_goes_to_who_works_at_the_heirs() {
    membersOnly(Shop.shop(), Shop.DIRK);
    Conversation asked = asked();
    street.clara.take(List.of(asked.id()));
    Conversation offered = offered(askedBy("Ben Okafor <ben@customer.example>", "9@b.example"));

    street.engage.setupOf(Shop.CLARA).deleteInbox(Shop.workshop().id(), Shop.shop().id());

    assertThat(now(asked).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(asked)).waitingSince()).isEqualTo(service(asked).waitingSince());
    assertThat(codes(asked)).contains("transferred", "handed-back");
    assertThat(now(offered).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(codes(offered)).contains("offer-withdrawn");
  }

  @Test
  @Tag("WK-7")
  void what_an_agent_begins_never_waits_until_the_customer_answers() {
    WritingDesk writing = street.clara.writing();
    Draft draft = writing.begin(Shop.workshop().id()).findValue().orElseThrow();
    Message sent =
        sent(draft.withContent(draft.content().to(Shop.ANA).withText("Ready."), Instant.EPOCH));
    Conversation begun = street.onlyConversation();
    Service before = service(begun);

    street.arrives(
        fromAna("2@customer.example", "Great!")
            .replace(
                "Subject:", "In-Reply-To: <%s>\nSubject:".formatted(sent.headers().messageId())));
    Instant came = street.clock.instant();
    street.sync();

    assertThat(begun.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(before.arrivedAt()).isNull();
    assertThat(before.waitingSince()).isNull();
    assertThat(before.answeredAt()).isNull();
    assertThat(before.takenAt()).isNotNull();
    assertThat(before.handlers()).containsExactly(Shop.CLARA.id());
    assertThat(service(now(begun)).arrivedAt()).isEqualTo(came);
    assertThat(service(now(begun)).waitingSince()).isEqualTo(came);
  }

  @Test
  @Tag("WK-9")
  void an_answer_taken_back_leaves_the_customer_waiting_at_their_old_place() {
    Conversation bike = asked();
    Message answer = sent(bike);
    Service answered = service(now(bike));

    street.clara.writing().undo(answer.id());

    assertThat(answered.waitingSince()).isNull();
    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
    assertThat(service(now(bike)).answeredAt()).isNull();
  }

  @Test
  @Tag("WK-9")
  void one_of_two_answers_taken_back_leaves_nobody_waiting() {
    Conversation bike = asked();
    Message first = sent(bike);
    street.clock.advance(Duration.ofSeconds(2));
    sent(bike);
    Instant answered = street.clock.instant();

    street.clara.writing().undo(first.id());

    assertThat(service(now(bike)).waitingSince()).isNull();
    assertThat(service(now(bike)).answeredAt()).isEqualTo(answered);
  }

  @Test
  @Tag("SY-5")
  void an_answer_deleted_before_it_goes_leaves_the_customer_waiting_at_their_old_place() {
    Conversation bike = asked();
    Message first = sent(bike);
    street.clock.advance(Duration.ofSeconds(2));
    Message second = sent(bike);

    street.clara.deleteMessages(List.of(first.id()));
    Service answered = service(now(bike));
    street.clara.deleteMessages(List.of(second.id()));

    assertThat(answered.waitingSince()).isNull();
    assertThat(answered.answeredAt()).isEqualTo(second.at());
    assertThat(now(bike).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
    assertThat(service(now(bike)).answeredAt()).isNull();
  }

  @Test
  @Tag("SY-5")
  void an_answer_deleted_after_it_went_has_answered() {
    Conversation bike = asked();
    reply(bike);
    street.engage.outbox().workOff();

    street.clara.deleteMessages(List.of(street.lastMessage(bike).id()));

    assertThat(service(now(bike)).waitingSince()).isNull();
    assertThat(service(now(bike)).answeredAt()).isNotNull();
  }

  @Test
  @Tag("G-30")
  void an_answer_that_nobody_gets_leaves_the_customer_waiting_at_their_old_place() {
    Conversation nobodys = asked();
    Conversation claras = askedBy("Ben <ben@customer.example>", "8@b.example");
    street.clara.take(List.of(claras.id()));
    reply(nobodys);
    reply(claras);
    street.mail.answerNext(REFUSED, false);
    street.mail.answerNext(REFUSED, false);

    street.engage.outbox().workOff();

    assertThat(now(nobodys).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(now(claras).queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(List.of(nobodys, claras))
        .allSatisfy(
            each -> {
              Service after = service(now(each));
              assertThat(after.waitingSince()).isEqualTo(service(each).waitingSince());
              assertThat(after.answeredAt()).isNull();
            });
  }

  @Test
  @Tag("G-30")
  void what_one_of_two_recipients_got_has_answered() {
    street.arrives(
        fromAna("1@customer.example", "Is it ready?")
            .replace("Subject:", "Cc: Ben Okafor <ben@customer.example>\nSubject:"));
    street.sync();
    Conversation bike = street.onlyConversation();
    street.mail.refuse(
        EmailAddress.of("ben@customer.example"), new SmtpReply(550, "5.1.1", "unknown"));
    reply(bike);

    street.engage.outbox().workOff();

    assertThat(codes(bike)).contains("sent", "send-failed");
    assertThat(service(now(bike)).waitingSince()).isNull();
  }

  @Test
  @Tag("WK-9")
  void a_failed_answer_that_goes_again_ends_the_waiting_unless_they_wrote_since() {
    Conversation bike = failed(asked());
    Conversation asking = failed(askedBy("Ben <ben@customer.example>", "8@b.example"));
    street.arrives(
        Street.mailFrom("Ben <ben@customer.example>", "9@b.example", "Hello?")
            .replace("Subject:", "In-Reply-To: <8@b.example>\nSubject:"));
    street.sync();
    offered(now(bike));

    street.clara.writing().retry(answerIn(bike).id());
    street.clara.writing().retry(answerIn(asking).id());

    assertThat(now(bike).queueState()).isEqualTo(QueueState.IDLE);
    assertThat(service(now(bike)).answeredAt()).isEqualTo(street.clock.instant());
    assertThat(whyWithdrawn(bike)).isEqualTo("somebody answered it");
    assertThat(service(now(asking)).waitingSince()).isEqualTo(service(asking).waitingSince());
  }

  @Test
  @Tag("SY-5")
  void what_is_deleted_waits_for_nobody() {
    Conversation bike = offered(asked());

    street.clara.delete(List.of(bike.id()));

    assertThat(now(bike).queueState()).isEqualTo(QueueState.IDLE);
    assertThat(service(now(bike)).waitingSince()).isNull();
    assertThat(service(now(bike)).offer()).isNull();
  }

  @Test
  @Tag("PO-6")
  void what_is_erased_waits_for_nobody() {
    Conversation bike = offered(asked());

    street.engage.privacyOf(Shop.CLARA).erase(Person.at(Shop.ANA.address()));

    assertThat(service(now(bike)).waitingSince()).isNull();
    assertThat(service(now(bike)).offer()).isNull();
  }

  @Test
  @Tag("DI-4")
  @Tag("SY-6")
  void what_left_the_server_is_offered_to_nobody_and_comes_back_to_its_old_place() {
    ServerUid uid = street.arrives(Street.mailFrom("eve@stranger.example", "1@e.example", "Hi"));
    street.sync();
    Conversation hello = offered(street.onlyConversation());
    byte[] mail = sourceOf(uid);
    street.mail.remove(uid);
    street.sync();
    Conversation gone = now(hello);
    street.clock.advance(Duration.ofHours(1));

    street.mail.deliver(Shop.ACCOUNT, mail);
    street.sync();

    assertThat(gone.messages()).isZero();
    assertThat(gone.queueState()).isEqualTo(QueueState.IDLE);
    assertThat(service(gone).offer()).isNull();
    assertThat(whyWithdrawn(hello)).isEqualTo("nothing is left of it");
    assertThat(now(hello).queueState()).isEqualTo(QueueState.QUEUED);
    assertThat(service(now(hello)).waitingSince()).isEqualTo(service(hello).waitingSince());
  }

  @Test
  @Tag("DI-4")
  @Tag("PO-6")
  void an_offer_of_what_is_erased_or_kept_no_longer_ends_and_the_trail_says_so() {
    Conversation erased = offered(asked());
    PrivacyDesk desk = street.engage.privacyOf(Shop.CLARA);
    desk.erase(Person.at(Shop.ANA.address()));
    Conversation partly = askedBy("Ben Okafor <ben@customer.example>", "9@b.example");
    street.clock.advance(Duration.ofDays(2));
    street.arrives(
        Street.mailFrom("Ben Okafor <ben@customer.example>", "8@b.example", "Hello?")
            .replace("Subject:", "In-Reply-To: <9@b.example>\nSubject:"));
    street.sync();
    street.clara.deleteMessages(List.of(street.lastMessage(partly).id()));
    offered(now(partly));

    desk.retain(Shop.workshop().id(), Duration.ofDays(1));

    assertThat(List.of(erased, partly))
        .allSatisfy(each -> assertThat(service(now(each)).offer()).isNull())
        .allSatisfy(each -> assertThat(now(each).messages()).isZero())
        .extracting(this::whyWithdrawn)
        .containsExactly("nothing is left of it", "nothing is left of it");
  }

  @Test
  @Tag("WK-6")
  void beside_a_conversation_nobody_waits() {
    Conversation bike = asked();
    WritingDesk writing = street.clara.writing();
    Draft draft = writing.forward(street.lastMessage(bike).id()).findValue().orElseThrow();
    Message forwarded = sent(draft.withContent(draft.content().to(Shop.BEN), Instant.EPOCH));

    street.arrives(
        Street.mailFrom("Ben Okafor <ben@customer.example>", "3@b.example", "We have it.")
            .replace(
                "Subject:",
                "In-Reply-To: <%s>\nSubject:".formatted(forwarded.headers().messageId())));
    street.sync();

    Conversation side =
        street.storage.inboxes().conversations(List.of(forwarded.conversation())).get(0);
    assertThat(side.messages()).isEqualTo(2);
    assertThat(service(side).waitingSince()).isNull();
    assertThat(service(now(bike)).waitingSince()).isEqualTo(service(bike).waitingSince());
  }

  @Test
  @Tag("TH-5")
  void what_a_rule_gives_an_agent_is_theirs_from_then_on() {
    street.keep(
        Shop.workshop()
            .withSettings(
                Shop.workshop()
                    .settings()
                    .change()
                    .rules(
                        RuleSet.of(
                            Rule.named("all")
                                .always()
                                .then(new RuleAction.RouteToAgent(Shop.DIRK))))
                    .build()));

    Conversation bike = asked();

    assertThat(bike.queueState()).isEqualTo(QueueState.ACTIVE);
    assertThat(service(bike).takenAt()).isEqualTo(street.clock.instant());
    assertThat(service(bike).handlers()).containsExactly(Shop.DIRK.id());
  }

  @Test
  @Tag("DI-4")
  void whatever_else_is_decided_about_it_ends_an_offer_and_the_trail_says_why() {
    Conversation taken = offered(asked());
    Conversation completed = offered(askedBy("Ben <ben@customer.example>", "8@b.example"));
    Conversation moved = offered(askedBy("Cy <cy@customer.example>", "7@c.example"));
    Conversation answered = offered(askedBy("Di <di@customer.example>", "6@d.example"));

    street.clara.take(List.of(taken.id()));
    street.clara.complete(List.of(completed.id()));
    street.clara.transfer(List.of(moved.id()), Shop.shop().id());
    reply(answered);

    assertThat(List.of(taken, completed, moved, answered))
        .allSatisfy(each -> assertThat(service(now(each)).offer()).isNull())
        .extracting(this::whyWithdrawn)
        .containsExactly(
            "somebody else got it",
            "it was completed",
            "it went to another inbox",
            "somebody answered it");
  }

  @Test
  @Tag("DI-4")
  void who_takes_what_they_were_offered_loses_no_offer() {
    Conversation bike = offered(asked());

    street.engage.deskOf(Shop.DIRK).take(List.of(bike.id()));

    assertThat(service(now(bike)).offer()).isNull();
    assertThat(codes(bike)).doesNotContain("offer-withdrawn");
  }

  private Conversation asked() {
    return askedBy("Ana Silva <ana@customer.example>", "1@customer.example");
  }

  private Conversation askedBy(String sender, String id) {
    street.arrives(Street.mailFrom(sender, id, "Is it ready?"));
    street.sync();
    return street.open().stream()
        .filter(each -> each.participants().stream().anyMatch(who -> sender.contains(who.value())))
        .findFirst()
        .orElseThrow();
  }

  /** Answered, and the answer was refused for good. */
  private Conversation failed(Conversation conversation) {
    reply(conversation);
    street.mail.answerNext(REFUSED, false);
    street.engage.outbox().workOff();
    return now(conversation);
  }

  private Message answerIn(Conversation conversation) {
    return street.messages(conversation).stream()
        .filter(each -> each.direction() == Direction.OUTBOUND)
        .findFirst()
        .orElseThrow();
  }

  private byte[] sourceOf(ServerUid uid) {
    return street.mail.mails(Shop.ACCOUNT, "INBOX").stream()
        .filter(each -> each.uid().equals(uid))
        .findFirst()
        .orElseThrow()
        .source();
  }

  /** When it came. */
  private Instant answers(String id, String text) {
    street.arrives(
        fromAna(id, text).replace("Subject:", "In-Reply-To: <1@customer.example>\nSubject:"));
    Instant came = street.clock.instant();
    street.sync();
    return came;
  }

  private void reply(Conversation conversation) {
    assertThat(street.clara.reply(conversation.id(), Reply.of("On Friday.")))
        .matches(Outcome::isDone);
  }

  /** So that it can be taken back. */
  private Message sent(Conversation conversation) {
    Message question = street.messages(conversation).get(0);
    Draft draft = street.clara.writing().reply(question.id()).findValue().orElseThrow();
    return sent(draft.withContent(draft.content().withText("On Friday."), Instant.EPOCH));
  }

  private Message sent(Draft draft) {
    return street.clara.writing().sendAnyway(draft).findValue().orElseThrow();
  }

  /** To Dirk. */
  private Conversation offered(Conversation conversation) {
    Instant now = street.clock.instant();
    Offer offer = new Offer(Shop.DIRK.id(), now, now.plusSeconds(30));
    street
        .engage
        .foundation()
        .commit(
            InboxChange.builder()
                .conversations(
                    List.of(
                        conversation.withState(
                            conversation
                                .state()
                                .withService(service(conversation).offered(offer))))),
            Actor.DISTRIBUTION,
            AuditSubject.of(conversation.inbox(), conversation.id()),
            new AuditFact.Offered(Shop.DIRK.id(), Shop.DIRK.name(), offer.until()));
    return now(conversation);
  }

  private void membersOnly(Inbox inbox, Agent member) {
    street.keep(
        inbox.withSettings(
            inbox.settings().change().members(List.of(Member.of(member.id().value()))).build()));
  }

  private Conversation now(Conversation conversation) {
    return now(conversation.id());
  }

  private Conversation now(ConversationId id) {
    return street.storage.inboxes().conversations(List.of(id)).get(0);
  }

  private static Service service(Conversation conversation) {
    return conversation.state().service();
  }

  private List<String> codes(Conversation conversation) {
    return street.storage.audit().ofConversation(conversation.id()).stream()
        .map(each -> each.fact().code())
        .toList();
  }

  private String whyWithdrawn(Conversation conversation) {
    return street.storage.audit().ofConversation(conversation.id()).stream()
        .map(AuditEntry::fact)
        .filter(AuditFact.OfferWithdrawn.class::isInstance)
        .map(each -> ((AuditFact.OfferWithdrawn) each).reason())
        .findFirst()
        .orElseThrow();
  }
}
