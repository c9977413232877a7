package io.engage.dialer;

import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.ListId;
import io.engage.model.inbox.MailAccount;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * On what, and through what, a connection is at work for a turn.
 *
 * @param mayGoOn asked before each mail
 * @param tally what came of it
 */
record AtWork(
    Standing standing,
    Map<ListId, ListMails> lists,
    MailAccount account,
    Way way,
    Line line,
    BooleanSupplier mayGoOn,
    Tally tally) {
  Campaign campaign() {
    return standing.campaign();
  }

  /** The same, which goes on as long as both allow it. */
  AtWork within(BooleanSupplier bounds) {
    return new AtWork(
        standing,
        lists,
        account,
        way,
        line,
        () -> mayGoOn.getAsBoolean() && bounds.getAsBoolean(),
        tally);
  }
}
