package io.engage.core.classifying;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a delivery report says about one recipient.
 *
 * @param address as the report writes it, without angle brackets; not always an e-mail address
 * @param action {@code failed}, {@code delayed}, {@code delivered}, {@code relayed} or {@code
 *     expanded} (RFC 3464 section 2.3.3)
 * @param status the enhanced status code (RFC 3463), the most telling one that the report has; null
 *     when it has none
 * @param replyCode of SMTP; null when the report has none
 * @param diagnostic what the other server said, on one line
 * @param permanent whether it is the address that failed and will go on failing; false for a full
 *     mailbox, for a fault of ours and for whatever may work later
 */
public record BouncedRecipient(
    String address,
    String action,
    @Nullable String status,
    @Nullable Integer replyCode,
    String diagnostic,
    BounceCategory category,
    boolean permanent) {
  public BouncedRecipient {
    requireNonNull(address, "address");
    requireNonNull(action, "action");
    requireNonNull(diagnostic, "diagnostic");
    requireNonNull(category, "category");
  }

  @Override
  public String toString() {
    return "BouncedRecipient[%s, %s, %s]".formatted(action, status, category.code());
  }
}
