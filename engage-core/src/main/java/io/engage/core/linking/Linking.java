package io.engage.core.linking;

import io.engage.model.address.Address;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.Conversation;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.TrustLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides into which customer's history a message goes: the first customer with its sender's
 * address, the only one with its number, else the one that its conversation is with when its sender
 * has had part in it. What an agent said of the conversation comes before what the directory says
 * of whoever opened it. A message whose sender is suspicious is left to a person.
 */
public final class Linking {

  /**
   * Who wrote it.
   *
   * @param address null when the message does not say
   * @param customers those with that address, best match first
   */
  public record Sender(@Nullable Address address, List<CustomerId> customers, TrustLevel trust) {
    public Sender {
      customers = List.copyOf(customers);
    }

    /** Families share a number; which of them wrote, only a person can tell. */
    boolean isAmbiguous() {
      return address instanceof PhoneNumber && customers.size() > 1;
    }

    boolean isKnown() {
      return !customers.isEmpty() && !isAmbiguous();
    }
  }

  /** What was decided; {@code reason} is for the audit trail. */
  public sealed interface Link {

    /** It goes into this customer's history. */
    record Linked(CustomerId customer, String reason) implements Link {}

    /** It goes into nobody's. */
    record Unlinked(String reason) implements Link {}
  }

  /**
   * @param conversation as it was before this message
   */
  public Link decide(Sender sender, Conversation conversation) {
    if (sender.trust() == TrustLevel.SUSPICIOUS) {
      return new Link.Unlinked("its sender may be forged");
    }
    if (conversation.isSideThread()) {
      return new Link.Unlinked("a side thread stands in no customer's history");
    }
    CustomerId with = conversation.state().customer();
    if (with == null && conversation.state().linkSettled()) {
      return new Link.Unlinked("an agent took the link to a customer away");
    }
    return with != null && isTheirs(sender, with, conversation)
        ? new Link.Linked(with, "the conversation is with this customer")
        : byDirectory(sender);
  }

  private static boolean isTheirs(Sender sender, CustomerId with, Conversation conversation) {
    return sender.customers().contains(with)
        || (!sender.isKnown() && hasPart(sender, conversation))
        || (conversation.state().linkSettled() && isOpener(sender, conversation));
  }

  private static Link byDirectory(Sender sender) {
    if (sender.isAmbiguous()) {
      return new Link.Unlinked(
          "%d customers have the sender's number".formatted(sender.customers().size()));
    }
    return sender.customers().stream()
        .findFirst()
        .<Link>map(
            first ->
                new Link.Linked(
                    first,
                    "first of %d customers with the sender's address (sender %s)"
                        .formatted(sender.customers().size(), sender.trust().code())))
        .orElseGet(() -> new Link.Unlinked("no customer has the sender's address"));
  }

  private static boolean hasPart(Sender sender, Conversation conversation) {
    return conversation.participants().stream().anyMatch(each -> isSame(each, sender.address()));
  }

  private static boolean isOpener(Sender sender, Conversation conversation) {
    return conversation.participants().stream()
        .findFirst()
        .filter(each -> isSame(each, sender.address()))
        .isPresent();
  }

  private static boolean isSame(Address one, @Nullable Address other) {
    return other != null && one.value().equalsIgnoreCase(other.value());
  }
}
