package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import java.util.List;

/**
 * A customer, as the host tells of them.
 *
 * @param name as agents know them
 * @param addresses e-mail addresses and phone numbers, the preferred one first
 */
public record Customer(CustomerId id, String name, List<Address> addresses) {
  public Customer {
    requireNonNull(id, "id");
    requireNonNull(name, "name");
    addresses = List.copyOf(addresses);
  }

  @Override
  public String toString() {
    return "Customer[" + id.value() + "]";
  }
}
