package io.engage.stories;

import static io.engage.stories.RealStreet.about;
import static io.engage.stories.RealStreet.allDone;
import static io.engage.stories.RealStreet.codes;
import static io.engage.stories.RealStreet.done;
import static io.engage.stories.RealStreet.last;
import static io.engage.stories.RealStreet.opened;
import static io.engage.stories.RealStreet.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.Texted;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.calendar.AppointmentType;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.Customer;
import io.engage.model.message.Channel;
import io.engage.model.message.Delivery;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Second chapter: customers, colleagues, and what is answered. */
final class HubAnswering extends HubStage {
  HubAnswering(RealStreet street) {
    super(street);
  }

  void play() {
    aToDoNeedsACustomer();
    anAppointmentIsBooked();
    aConversationIsGivenToAColleague();
    aConversationIsLinkedByHand();
    anEmailIsAnswered();
    aTextIsAnsweredAfterConsent();
  }

  private void aToDoNeedsACustomer() {
    Conversation zoe = about(clara, "Opening hours");
    refused(clara.calendar().createToDo(zoe.id(), "k1", "Call Zoe", null));
    assertThat(street.toDos.all()).isEmpty();

    Customer created = done(clara.createCustomer(last(clara, zoe.id()).id(), "Zoe Martin"));
    String toDo = done(clara.calendar().createToDo(zoe.id(), "k1", "Call Zoe", null));
    clara.calendar().createToDo(zoe.id(), "k1", "Call Zoe", null);

    assertThat(created.addresses()).containsExactly(EmailAddress.of("zoe@elsewhere.example"));
    assertThat(street.directory.all()).extracting(Customer::name).contains("Zoe Martin");
    assertThat(about(clara, "Opening hours").findCustomer()).contains(created.id());
    assertThat(toDo).isEqualTo("to-do-1");
    assertThat(street.toDos.all())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.customer()).isEqualTo(created.id());
              assertThat(it.createdBy()).isEqualTo(Shop.CLARA.id());
            });
    assertThat(codes(clara.auditTrail(zoe.id())))
        .contains("customer-created")
        .containsOnlyOnce("to-do-created");
  }

  private void anAppointmentIsBooked() {
    ConversationId zoe = about(clara, "Opening hours").id();
    assertThat(done(clara.calendar().appointmentTypes(zoe)))
        .extracting(AppointmentType::name)
        .containsExactly("Fitting");
    assertThat(freeStarts(zoe)).containsExactly(TEN, ELEVEN);

    done(clara.calendar().book(zoe, "k2", "fitting", ELEVEN, "Bring the bike"));

    assertThat(street.appointments.booked())
        .singleElement()
        .satisfies(it -> assertThat(it.start()).isEqualTo(ELEVEN));
    assertThat(freeStarts(zoe)).containsExactly(TEN);
    assertThat(codes(clara.auditTrail(zoe))).contains("appointment-booked");
  }

  private void aConversationIsGivenToAColleague() {
    allDone(clara.assign(List.of(bike()), Shop.DIRK));

    assertThat(assignedToDirk()).extracting(Conversation::id).containsExactly(bike());
    assertThat(clara.auditTrail(bike()))
        .anySatisfy(
            each -> {
              assertThat(each.fact())
                  .isEqualTo(new AuditFact.Assigned(Shop.DIRK.id(), Shop.DIRK.name()));
              assertThat(each.actor()).isEqualTo(Actor.agent(Shop.CLARA));
            });
  }

  private void aConversationIsLinkedByHand() {
    arrives(mail("<ana.private@elsewhere.example>", "downtown", "From home", "home@x.example"));
    street.sync(STORES);
    Conversation home = about(clara, "From home");
    assertThat(opened(clara, last(clara, home.id()).id()).conversation().findCustomer()).isEmpty();
    assertThat(done(clara.customers().find("Ana", 10)))
        .extracting(Customer::id)
        .containsExactly(ANA);

    allDone(clara.link(List.of(home.id()), ANA));

    assertThat(history(Channel.EMAIL)).hasSize(2);
    assertThat(clara.auditTrail(home.id()))
        .extracting(AuditEntry::fact)
        .contains(new AuditFact.LinkedToCustomer(ANA, "an agent chose"));
  }

  private void anEmailIsAnswered() {
    Message answer = done(dirk.reply(bike(), Reply.of("It is ready on Friday.")));
    street.workOff();

    assertThat(street.post.arrivedAt("ana@customer.example"))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.from()).isEqualTo("Downtown <downtown@shop.example>");
              assertThat(mail.header("In-Reply-To")).isEqualTo("<brake@x.example>");
              assertThat(mail.text())
                  .startsWith("It is ready on Friday.")
                  .contains("> My brake squeals.");
            });
    assertThat(street.post.holds("stores", "Sent"))
        .containsExactly(answer.headers().messageId().value());
    assertThat(last(clara, bike()).state().delivery()).isEqualTo(Delivery.SENT);
    assertThat(history(Channel.EMAIL))
        .hasSize(3)
        .filteredOn(each -> each.direction() == Direction.OUTBOUND)
        .hasSize(1);
    assertThat(clara.auditTrail(answer.id()))
        .filteredOn(each -> Set.of("reply-queued", "sent").contains(each.fact().code()))
        .extracting(AuditEntry::actor)
        .containsExactly(Actor.agent(Shop.DIRK), Actor.OUTBOX);
  }

  private void aTextIsAnsweredAfterConsent() {
    ConversationId texts = texts().id();
    assertThat(clara.texting().measure("Ready!").segments()).hasSize(1);
    assertThat(done(clara.texting().send(texts, "Ready!"))).isInstanceOf(Texted.AskedFirst.class);
    street.workOff();
    assertThat(street.gateway.sent())
        .singleElement()
        .satisfies(it -> assertThat(it.text()).contains("YES", "STOP"));

    street.clock.advance(Duration.ofSeconds(1));
    done(
        street
            .engage
            .sms()
            .receive(new InboundSms("in-1", ANAS, OURS, "YES", street.clock.instant())));
    Texted ready = done(clara.texting().send(texts, "Ready!"));
    street.workOff();
    String dispatch = street.gateway.nameOf(ready.message().id());
    street
        .engage
        .sms()
        .report(new SmsReport(dispatch, SmsReport.Status.DELIVERED, "", street.clock.instant()));

    assertThat(ready).isInstanceOf(Texted.Queued.class);
    assertThat(street.gateway.sent())
        .extracting(OutboundSms::to, OutboundSms::from, OutboundSms::text)
        .last()
        .hasToString("(" + ANAS + ", " + OURS + ", \"Ready!\")");
    assertThat(last(clara, texts).state().delivery()).isEqualTo(Delivery.DELIVERED);
    assertThat(history(Channel.SMS)).hasSize(4);
  }

  private List<Instant> freeStarts(ConversationId conversation) {
    return done(
        clara
            .calendar()
            .freeStarts(conversation, "fitting", Shop.MORNING, Shop.MORNING.plusSeconds(86_400)));
  }
}
