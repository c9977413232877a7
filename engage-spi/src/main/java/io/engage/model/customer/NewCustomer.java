package io.engage.model.customer;

import static java.util.Objects.requireNonNull;

import io.engage.model.address.Address;
import java.util.List;

/**
 * A customer to be created from a message.
 *
 * @param key repeats carry the same one
 * @param name what the agent typed, or what the message says of its sender; may be empty
 * @param addresses at least one
 */
public record NewCustomer(String key, String name, List<Address> addresses) {
  public NewCustomer {
    requireNonNull(key, "key");
    requireNonNull(name, "name");
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "A new customer needs an e-mail address or a phone number");
    }
  }

  @Override
  public String toString() {
    return "NewCustomer[" + addresses.size() + " addresses]";
  }
}
