package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.calendar.AppointmentType;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentAction;
import io.engage.testkit.Race;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CalendarDeskTest {
  private static final CustomerId ANAS = CustomerId.of("ana");
  private static final Instant NINE = Shop.MORNING.plusSeconds(3600);
  private static final Instant TEN = Shop.MORNING.plusSeconds(7200);
  private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);

  private final Street street = new Street();
  private final CalendarDesk calendar = street.clara.calendar();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  @Tag("WK-3")
  void a_to_do_is_created_for_the_linked_customer_and_recorded() {
    ConversationId bike = anaWrites();

    Outcome<String> outcome = calendar.createToDo(bike, "form-1", "Order the bell", FRIDAY);

    assertThat(outcome).isEqualTo(new Outcome.Done<>("to-do-1"));
    assertThat(street.toDos.all())
        .singleElement()
        .satisfies(
            toDo -> {
              assertThat(toDo.customer()).isEqualTo(ANAS);
              assertThat(toDo.createdBy()).isEqualTo(Shop.CLARA.id());
              assertThat(toDo.title()).isEqualTo("Order the bell");
              assertThat(toDo.dueOn()).isEqualTo(FRIDAY);
            });
    assertThat(facts(bike, AuditFact.ToDoCreated.class))
        .containsExactly(new AuditFact.ToDoCreated("to-do-1", ANAS));
  }

  @Test
  @Tag("WK-3")
  void however_often_the_button_is_pressed_there_is_one_to_do_and_one_entry() {
    ConversationId bike = anaWrites();

    List<Outcome<String>> outcomes =
        Race.run(8, () -> calendar.createToDo(bike, "form-1", "Order the bell", null));

    assertThat(outcomes).containsOnly(new Outcome.Done<>("to-do-1"));
    assertThat(street.toDos.all()).hasSize(1);
    assertThat(facts(bike, AuditFact.ToDoCreated.class)).hasSize(1);
  }

  @Test
  @Tag("WK-3")
  @Tag("WK-4")
  void nothing_is_arranged_while_no_customer_is_linked() {
    street.arrives(mailFrom("Zoe <zoe@elsewhere.example>", "z@elsewhere.example", "Hello"));
    street.sync();
    ConversationId unlinked = street.onlyConversation().id();

    assertThat(calendar.createToDo(unlinked, "form-1", "Order", null))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(calendar.book(unlinked, "form-2", "fitting", NINE, ""))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(street.toDos.all()).isEmpty();
    assertThat(street.appointments.booked()).isEmpty();
  }

  @Test
  @Tag("WK-4")
  void any_type_is_booked_on_any_free_date_and_recorded() {
    ConversationId bike = anaWrites();
    AppointmentType type = calendar.appointmentTypes(bike).findValue().orElseThrow().get(0);
    List<Instant> free =
        calendar
            .freeStarts(bike, type.id(), Shop.MORNING, TEN.plusSeconds(1))
            .findValue()
            .orElseThrow();

    Outcome<String> outcome = calendar.book(bike, "form-1", type.id(), free.get(1), "Bring it");

    assertThat(free).containsExactly(NINE, TEN);
    assertThat(outcome).isEqualTo(new Outcome.Done<>("appointment-1"));
    assertThat(street.appointments.booked()).extracting(each -> each.start()).containsExactly(TEN);
    assertThat(facts(bike, AuditFact.AppointmentBooked.class))
        .containsExactly(new AuditFact.AppointmentBooked("appointment-1", "fitting", TEN, ANAS));
  }

  @Test
  @Tag("WK-4")
  void when_somebody_was_faster_nothing_is_booked_and_the_agent_is_told() {
    ConversationId bike = anaWrites();
    calendar.book(bike, "form-1", "fitting", NINE, "");

    Outcome<String> outcome = calendar.book(bike, "form-2", "fitting", NINE, "");

    assertThat(outcome)
        .isEqualTo(new Outcome.Refused<String>("This start is not free. Choose another."));
    assertThat(facts(bike, AuditFact.AppointmentBooked.class)).hasSize(1);
  }

  @Test
  @Tag("WK-4")
  void a_booking_that_is_asked_for_again_is_answered_as_before() {
    ConversationId bike = anaWrites();
    Outcome<String> first = calendar.book(bike, "form-1", "fitting", NINE, "");

    Outcome<String> second = calendar.book(bike, "form-1", "fitting", NINE, "");

    assertThat(second).isEqualTo(first);
    assertThat(street.appointments.booked()).hasSize(1);
    assertThat(facts(bike, AuditFact.AppointmentBooked.class)).hasSize(1);
  }

  @Test
  @Tag("TH-6")
  void what_the_host_does_not_permit_is_neither_shown_nor_done_and_is_recorded() {
    ConversationId bike = anaWrites();
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.BOOK_APPOINTMENT, Shop.workshop().id(), "Ask Dirk");
    street.permissions.refuse(
        Shop.CLARA.id(), AgentAction.CREATE_TO_DO, Shop.workshop().id(), "Ask Dirk");

    assertThat(calendar.appointmentTypes(bike)).isInstanceOf(Outcome.Refused.class);
    assertThat(calendar.freeStarts(bike, "fitting", NINE, TEN)).isInstanceOf(Outcome.Refused.class);
    assertThat(calendar.book(bike, "form-1", "fitting", NINE, ""))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(calendar.createToDo(bike, "form-1", "Order", null))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(facts(bike, AuditFact.ActionRefused.class)).hasSize(4);
  }

  @Test
  void a_host_without_list_and_calendar_refuses_and_says_so() {
    ConversationId bike = anaWrites();
    try (Engage bare =
        Engage.builder()
            .storage(street.storage)
            .blobs(street.blobs)
            .mail(street.mail)
            .customers(street.customers)
            .account(Street.ACCOUNT)
            .build()) {
      CalendarDesk desk = bare.deskOf(Shop.CLARA).calendar();

      assertThat(desk.appointmentTypes(bike).findValue()).contains(List.of());
      assertThat(desk.createToDo(bike, "form-1", "Order", null))
          .isEqualTo(
              new Outcome.Refused<String>(
                  "No to-do list is plugged in. Give Engage one with toDos(...)."));
      assertThat(desk.book(bike, "form-1", "fitting", NINE, ""))
          .isEqualTo(
              new Outcome.Refused<String>(
                  "No calendar is plugged in. Give Engage one with appointments(...)."));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Tag("WK-3")
  void what_was_created_though_the_node_died_is_recorded_once_when_it_is_asked_for_again(
      boolean afterTheCommit) {
    ConversationId bike = anaWrites();
    try (Engage dying =
        street.engageOn(new CrashingStorage(street.storage, 1, afterTheCommit), street.mail)) {
      CalendarDesk desk = dying.deskOf(Shop.CLARA).calendar();
      assertThatThrownBy(() -> desk.createToDo(bike, "form-1", "Order the bell", null))
          .isInstanceOf(CrashingStorage.Killed.class);
    }

    Outcome<String> again = calendar.createToDo(bike, "form-1", "Order the bell", null);

    assertThat(again).isEqualTo(new Outcome.Done<>("to-do-1"));
    assertThat(street.toDos.all()).hasSize(1);
    assertThat(facts(bike, AuditFact.ToDoCreated.class)).hasSize(1);
  }

  private ConversationId anaWrites() {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    street.sync();
    Conversation bike = street.onlyConversation();
    return bike.id();
  }

  private <T extends AuditFact> List<T> facts(ConversationId conversation, Class<T> sort) {
    return street.clara.auditTrail(conversation).stream()
        .map(AuditEntry::fact)
        .filter(sort::isInstance)
        .map(sort::cast)
        .toList();
  }
}
