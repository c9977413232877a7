package io.engage.core.linking;

import io.engage.model.address.Address;
import io.engage.model.address.NamedAddress;
import io.engage.model.customer.NewCustomer;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides who the correspondent of a message would be as a new customer. */
public final class Introducing {
  private Introducing() {}

  /**
   * A message makes one customer, however often it is asked to.
   *
   * @param name what the agent typed; blank for the name that the message gives
   * @return empty when the message names nobody
   */
  public static Optional<NewCustomer> decide(Message message, String name) {
    return correspondent(message)
        .map(
            address ->
                new NewCustomer(
                    message.id().value(),
                    name.isBlank() ? nameOf(message) : name.strip(),
                    List.of(address)));
  }

  /** Where the other side of a message is reached. */
  public static Optional<Address> correspondent(Message message) {
    return message.phone() != null
        ? Optional.of(message.phone())
        : people(message).map(NamedAddress::address).map(Address.class::cast).findFirst();
  }

  private static String nameOf(Message message) {
    return people(message).map(NamedAddress::name).findFirst().orElse("");
  }

  private static Stream<NamedAddress> people(Message message) {
    return message.direction() == Direction.OUTBOUND
        ? message.headers().to().stream()
        : message.headers().from().stream();
  }
}
