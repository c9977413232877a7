package io.engage.core;

import io.engage.core.arranging.Arrangement;
import io.engage.core.arranging.Arranging;
import io.engage.core.erasing.Veil;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.calendar.AppointmentType;
import io.engage.model.calendar.Booking;
import io.engage.model.calendar.NewAppointment;
import io.engage.model.calendar.NewToDo;
import io.engage.model.calendar.ToDoCreation;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * To-dos and appointments for the customer to whom a conversation is linked, in the host's own list
 * and calendar.
 *
 * <p><b>Keys.</b> Whoever shows the form makes a key for it, such as a random UUID, and gives the
 * same one when the agent presses the button again: however often it is asked for, each wish is
 * fulfilled and recorded once. When a host's port throws, ask again with the same key.
 */
public final class CalendarDesk {
  private final Agent agent;
  private final Parts parts;
  private final Permitting permitting;
  private final Arranging arranging = new Arranging();

  CalendarDesk(Agent agent, Parts parts, Permitting permitting) {
    this.agent = agent;
    this.parts = parts;
    this.permitting = permitting;
  }

  /**
   * Creates a to-do.
   *
   * @param dueOn the last day to do it; null when it does not matter
   * @return its id in the host; refused while no customer is linked
   */
  public Outcome<String> createToDo(
      ConversationId conversation, String key, String title, @Nullable LocalDate dueOn) {
    Arranging.ToDoWish wish = new Arranging.ToDoWish(key, title, dueOn);
    return arranged(
        AgentAction.CREATE_TO_DO,
        conversation,
        found -> arranging.decide(wish, found, agent.id()),
        this::create);
  }

  /** What the host can book, in the order in which it shall be shown. */
  public Outcome<List<AppointmentType>> appointmentTypes(ConversationId conversation) {
    return offered(conversation, () -> parts.appointments().types());
  }

  /**
   * When an appointment of this type could start, ascending, from {@code from} up to, not
   * including, {@code until}.
   */
  public Outcome<List<Instant>> freeStarts(
      ConversationId conversation, String type, Instant from, Instant until) {
    return offered(conversation, () -> parts.appointments().freeStarts(type, from, until));
  }

  /**
   * Books an appointment.
   *
   * @param type the id of one of the types
   * @param start one of its free starts
   * @return its id in the host; refused while no customer is linked, and when somebody was faster
   */
  public Outcome<String> book(
      ConversationId conversation, String key, String type, Instant start, String note) {
    Arranging.AppointmentWish wish = new Arranging.AppointmentWish(key, type, start, note);
    return arranged(
        AgentAction.BOOK_APPOINTMENT,
        conversation,
        found -> arranging.decide(wish, found, agent.id()),
        this::book);
  }

  private Outcome<String> create(NewToDo wish, Conversation conversation) {
    ToDoCreation creation = parts.toDos().create(wish);
    if (creation instanceof ToDoCreation.Created created) {
      return recorded(
          created.id(),
          new AuditFact.ToDoCreated(created.id(), wish.customer()),
          wish.customer(),
          conversation);
    }
    return new Outcome.Refused<>(((ToDoCreation.Refused) creation).reason());
  }

  private Outcome<String> book(NewAppointment wish, Conversation conversation) {
    Booking booking = parts.appointments().book(wish);
    if (booking instanceof Booking.Booked booked) {
      return recorded(
          booked.id(),
          new AuditFact.AppointmentBooked(booked.id(), wish.type(), wish.start(), wish.customer()),
          wish.customer(),
          conversation);
    }
    return new Outcome.Refused<>(((Booking.Refused) booking).reason());
  }

  /** Asks the host, and again when somebody changed the conversation meanwhile: keys allow it. */
  private <T> Outcome<String> arranged(
      AgentAction action,
      ConversationId conversation,
      Function<Conversation, Arrangement<T>> decision,
      BiFunction<T, Conversation, Outcome<String>> ask) {
    return parts
        .committing()
        .retrying(
            () ->
                permitting.onConversation(
                    action,
                    conversation,
                    found ->
                        decision.apply(found) instanceof Arrangement.Asked<T> asked
                            ? ask.apply(asked.wish(), found)
                            : refused(decision.apply(found))));
  }

  private static <T> Outcome<String> refused(Arrangement<T> arrangement) {
    return new Outcome.Refused<>(((Arrangement.Refused<T>) arrangement).reason());
  }

  /**
   * A repeat is in the trail already. The conversation goes along, so that of two repeats at the
   * same moment the second looks again.
   */
  private Outcome<String> recorded(
      String id, AuditFact fact, CustomerId customer, Conversation conversation) {
    Veil veil = new Veil(parts.pseudonyms());
    boolean isRepeat =
        Portions.trail(parts.storage().audit(), conversation.id())
            .map(each -> veil.lifted(each.fact(), Set.of(customer)))
            .anyMatch(fact::equals);
    if (!isRepeat) {
      parts
          .committing()
          .commit(
              InboxChange.builder()
                  .conversations(List.of(conversation))
                  .audit(
                      parts
                          .committing()
                          .stamp(
                              Actor.agent(agent),
                              AuditSubject.of(conversation.inbox(), conversation.id()),
                              fact))
                  .build());
    }
    return new Outcome.Done<>(id);
  }

  private <T> Outcome<List<T>> offered(ConversationId conversation, Supplier<List<T>> offer) {
    return permitting.onConversation(
        AgentAction.BOOK_APPOINTMENT,
        conversation,
        found -> new Outcome.Done<>(List.copyOf(offer.get())));
  }
}
