package io.engage.model.calendar;

import static java.util.Objects.requireNonNull;

import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.AgentId;
import java.time.Instant;

/**
 * A meeting with a customer.
 *
 * @param key repeats carry the same one
 * @param type the id of one of the types that the host offers
 * @param start one of the free starts of that type, UTC
 */
public record NewAppointment(
    String key, CustomerId customer, AgentId createdBy, String type, Instant start, String note) {
  public NewAppointment {
    requireNonNull(key, "key");
    requireNonNull(customer, "customer");
    requireNonNull(createdBy, "createdBy");
    requireNonNull(type, "type");
    requireNonNull(start, "start");
    requireNonNull(note, "note");
  }

  @Override
  public String toString() {
    return "NewAppointment[" + key + "]";
  }
}
