package io.engage.model.calendar;

import static java.util.Objects.requireNonNull;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done for a customer.
 *
 * @param key repeats carry the same one
 * @param dueOn the last day to do it; null when it does not matter
 */
public record NewToDo(
    String key, CustomerId customer, AgentId createdBy, String title, @Nullable LocalDate dueOn) {
  public NewToDo {
    requireNonNull(key, "key");
    requireNonNull(customer, "customer");
    requireNonNull(createdBy, "createdBy");
    if (title.isBlank()) {
      throw new IllegalArgumentException("A to-do needs a title");
    }
  }

  @Override
  public String toString() {
    return "NewToDo[" + key + "]";
  }
}
