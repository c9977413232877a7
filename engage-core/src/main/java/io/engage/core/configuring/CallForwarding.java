package io.engage.core.configuring;

import io.engage.model.address.PhoneNumber;
import java.util.Collection;
import java.util.Optional;

/** Decides whether calls to a number for texts may go to another one: never round in a circle. */
public final class CallForwarding {
  private CallForwarding() {}

  /**
   * @param number whose calls are forwarded
   * @param ours the numbers for texts of all inboxes, whose calls are forwarded too
   */
  public static Optional<String> refusal(
      PhoneNumber number, PhoneNumber to, Collection<PhoneNumber> ours) {
    return to.equals(number) || ours.contains(to)
        ? Optional.of(
            "Calls would go round in a circle: that is a number for texts, whose calls are"
                + " forwarded themselves. Give the shop's own line.")
        : Optional.empty();
  }
}
