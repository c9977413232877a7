package io.engage.dialer;

import io.engage.dialer.listing.CheckedRow;
import io.engage.dialer.listing.ListRow;
import io.engage.dialer.listing.RowProblem;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What checked rows become. Pure. */
final class ImportedRows {
  private ImportedRows() {}

  /** Empty for a row that is no recipient. */
  static Optional<Recipient> decide(ListId list, CheckedRow checked, Instant now) {
    if (checked instanceof CheckedRow.Good good) {
      return Optional.of(recipient(list, good.value(), RecipientState.PENDING));
    }
    return checked instanceof CheckedRow.Failed failed
        ? Optional.of(recipient(list, failed.value(), failed(failed.problems(), now)))
        : Optional.empty();
  }

  private static Recipient recipient(ListId list, ListRow row, RecipientState state) {
    return new Recipient(
        RecipientId.of(list, row.row()),
        row.address(),
        row.priority(),
        new Recipient.Row(row.message(), row.attachments(), row.variables()),
        state);
  }

  private static RecipientState failed(List<RowProblem> problems, Instant now) {
    RowProblem first = problems.get(0);
    Why why =
        switch (first.code()) {
          case MISSING_ADDRESS, INVALID_ADDRESS -> Why.INVALID_ADDRESS;
          default -> Why.INVALID_ROW;
        };
    return RecipientState.failed(RecipientOutcome.of(why, first.reason()), now);
  }

  /** The addresses of those that are to be sent to. */
  static List<EmailAddress> addresses(List<Recipient> recipients) {
    return recipients.stream().flatMap(each -> address(each).stream()).toList();
  }

  /**
   * The same recipients, of whom those have failed whose address stands in an earlier row.
   *
   * @param first who has each address in what was imported before, this list included
   */
  static List<Recipient> withoutDuplicates(
      List<Recipient> recipients, Map<EmailAddress, RecipientId> first, Instant now) {
    Map<String, RecipientId> holders = new HashMap<>();
    first.forEach((address, id) -> holders.put(caseless(address), id));
    List<Recipient> decided = new ArrayList<>();
    for (Recipient each : recipients) {
      RecipientId holder =
          address(each)
              .map(address -> holders.computeIfAbsent(caseless(address), any -> each.id()))
              .orElse(each.id());
      decided.add(holder.equals(each.id()) ? each : duplicate(each, now));
    }
    return decided;
  }

  private static Recipient duplicate(Recipient recipient, Instant now) {
    return recipient.withState(
        RecipientState.failed(
            RecipientOutcome.of(Why.DUPLICATE, "The address stands in an earlier row"), now));
  }

  private static Optional<EmailAddress> address(Recipient recipient) {
    return recipient.state().status() == RecipientStatus.PENDING
        ? EmailAddress.parse(recipient.address())
        : Optional.empty();
  }

  private static String caseless(EmailAddress address) {
    return address.value().toLowerCase(Locale.ROOT);
  }
}
