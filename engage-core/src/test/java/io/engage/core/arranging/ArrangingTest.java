package io.engage.core.arranging;

import static io.engage.core.Shop.ANA;
import static io.engage.core.Shop.CLARA;
import static io.engage.core.Shop.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.Shop;
import io.engage.core.arranging.Arranging.AppointmentWish;
import io.engage.core.arranging.Arranging.ToDoWish;
import io.engage.model.calendar.NewAppointment;
import io.engage.model.calendar.NewToDo;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ArrangingTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
  private static final CustomerId ANAS = CustomerId.of("ana");

  private final Arranging arranging = new Arranging();
  private final Conversation unlinked = Shop.conversation("bike", Shop.workshop(), ANA);
  private final Conversation linked = unlinked.withState(unlinked.state().withCustomer(ANAS));

  @Test
  @Tag("WK-3")
  void a_to_do_is_for_the_linked_customer_and_its_key_is_the_conversations() {
    Arrangement<NewToDo> arrangement =
        arranging.decide(new ToDoWish("form-1", " Order it ", FRIDAY), linked, CLARA.id());

    assertThat(arrangement)
        .isEqualTo(
            new Arrangement.Asked<>(
                new NewToDo("bike/form-1", ANAS, CLARA.id(), "Order it", FRIDAY)));
  }

  @Test
  @Tag("WK-3")
  @Tag("WK-4")
  void nothing_is_arranged_for_nobody() {
    assertThat(arranging.decide(new ToDoWish("form-1", "Order it", null), unlinked, CLARA.id()))
        .isEqualTo(
            new Arrangement.Refused<NewToDo>(
                "A to-do is for a customer. Link the conversation to one first."));
    assertThat(
            arranging.decide(
                new AppointmentWish("form-1", "fitting", MORNING, ""), unlinked, CLARA.id()))
        .isEqualTo(
            new Arrangement.Refused<NewAppointment>(
                "An appointment is with a customer. Link the conversation to one first."));
  }

  @Test
  @Tag("WK-4")
  void an_appointment_is_with_the_linked_customer() {
    Arrangement<NewAppointment> arrangement =
        arranging.decide(
            new AppointmentWish("form-1", "fitting", MORNING, "Bring it"), linked, CLARA.id());

    assertThat(arrangement)
        .isEqualTo(
            new Arrangement.Asked<>(
                new NewAppointment(
                    "bike/form-1", ANAS, CLARA.id(), "fitting", MORNING, "Bring it")));
  }

  @Test
  void titles_notes_and_keys_have_bounds() {
    assertThat(arranging.decide(new ToDoWish("form-1", " ", null), linked, CLARA.id()))
        .isInstanceOf(Arrangement.Refused.class);
    assertThat(arranging.decide(new ToDoWish("form-1", "x".repeat(501), null), linked, CLARA.id()))
        .isInstanceOf(Arrangement.Refused.class);
    assertThat(arranging.decide(new ToDoWish(" ", "Order it", null), linked, CLARA.id()))
        .isInstanceOf(Arrangement.Refused.class);
    assertThat(
            arranging.decide(
                new AppointmentWish("x".repeat(101), "fitting", MORNING, ""), linked, CLARA.id()))
        .isInstanceOf(Arrangement.Refused.class);
    assertThat(
            arranging.decide(
                new AppointmentWish("form-1", "fitting", MORNING, "x".repeat(4_001)),
                linked,
                CLARA.id()))
        .isInstanceOf(Arrangement.Refused.class);
  }
}
