package io.engage.core.arranging;

import io.engage.model.calendar.NewAppointment;
import io.engage.model.calendar.NewToDo;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the host is asked to arrange: only for the customer to whom a conversation is
 * linked, once for each key.
 */
public final class Arranging {
  private static final int LONGEST_TITLE = 500;
  private static final int LONGEST_NOTE = 4_000;
  private static final int LONGEST_KEY = 100;

  /**
   * What an agent wants done.
   *
   * @param key the same for each repeat of one wish
   */
  public record ToDoWish(String key, String title, @Nullable LocalDate dueOn) {}

  /**
   * What an agent wants booked.
   *
   * @param key the same for each repeat of one wish
   */
  public record AppointmentWish(String key, String type, Instant start, String note) {}

  public Arrangement<NewToDo> decide(ToDoWish wish, Conversation conversation, AgentId agent) {
    Optional<CustomerId> customer = conversation.findCustomer();
    if (customer.isEmpty()) {
      return new Arrangement.Refused<>(
          "A to-do is for a customer. Link the conversation to one first.");
    } else if (wish.title().isBlank() || wish.title().length() > LONGEST_TITLE) {
      return new Arrangement.Refused<>(
          "The title of a to-do has 1 to %d characters.".formatted(LONGEST_TITLE));
    }
    return keyed(
        wish.key(),
        new NewToDo(
            key(conversation, wish.key()),
            customer.get(),
            agent,
            wish.title().strip(),
            wish.dueOn()));
  }

  public Arrangement<NewAppointment> decide(
      AppointmentWish wish, Conversation conversation, AgentId agent) {
    Optional<CustomerId> customer = conversation.findCustomer();
    if (customer.isEmpty()) {
      return new Arrangement.Refused<>(
          "An appointment is with a customer. Link the conversation to one first.");
    } else if (wish.note().length() > LONGEST_NOTE) {
      return new Arrangement.Refused<>(
          "The note of an appointment has at most %d characters.".formatted(LONGEST_NOTE));
    }
    return keyed(
        wish.key(),
        new NewAppointment(
            key(conversation, wish.key()),
            customer.get(),
            agent,
            wish.type(),
            wish.start(),
            wish.note()));
  }

  private static <T> Arrangement<T> keyed(String key, T wish) {
    return key.isBlank() || key.length() > LONGEST_KEY
        ? new Arrangement.Refused<>(
            "The key of a wish has 1 to %d characters.".formatted(LONGEST_KEY))
        : new Arrangement.Asked<>(wish);
  }

  /** What two forms happen to call the same is one wish within one conversation only. */
  private static String key(Conversation conversation, String key) {
    return conversation.id().value() + '/' + key;
  }
}
