package io.engage.core.linking;

import io.engage.model.customer.CustomerId;
import io.engage.model.message.TrustLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides into which customer's history a message goes: the first customer with its sender's
 * address or number, else the one that its conversation is with when its sender has had part in it.
 * A message whose sender is suspicious is left to a person.
 */
public final class Linking {

  /** What was decided; {@code reason} is for the audit trail. */
  public sealed interface Link {

    /** It goes into this customer's history. */
    record Linked(CustomerId customer, String reason) implements Link {}

    /** It goes into nobody's. */
    record Unlinked(String reason) implements Link {}
  }

  /**
   * @param candidates the customers with the sender's address, best match first
   * @param ofConversation whom the conversation is linked to; null when to nobody
   * @param hasPart whether the sender has had part in the conversation before this message
   */
  public Link decide(
      List<CustomerId> candidates,
      @Nullable CustomerId ofConversation,
      boolean hasPart,
      TrustLevel trust) {
    if (trust == TrustLevel.SUSPICIOUS) {
      return new Link.Unlinked("its sender may be forged");
    }
    boolean unknown = candidates.isEmpty() && hasPart;
    if (ofConversation != null && (unknown || candidates.contains(ofConversation))) {
      return new Link.Linked(ofConversation, "the conversation is with this customer");
    }
    if (!candidates.isEmpty()) {
      return new Link.Linked(
          candidates.get(0),
          "first of %d customers with the sender's address (sender %s)"
              .formatted(candidates.size(), trust.code()));
    }
    return new Link.Unlinked("no customer has the sender's address");
  }
}
