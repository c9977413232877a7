package io.engage.spi;

import io.engage.model.conversation.Page;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what is owed to mail servers, each entry to one worker at a time. Entries are written,
 * and claims settled, by {@link InboxStore#commit}.
 *
 * <p><b>Callers.</b> Several workers at once, on any thread and on several machines.
 *
 * <p><b>Commitment.</b> When a method returns, its effect is durable; when it throws, nothing has
 * changed and the worker asks again later.
 *
 * <p><b>Repetition.</b> A worker may die at any moment. What it had only claimed is claimed again
 * when the lease ends; what it had marked as attempting is then handed out with {@link
 * OutboxClaim#interrupted()}, so that it can be settled as in doubt instead of being done twice.
 *
 * <p>{@code OutboxContract} in engage-testkit has a test for each promise on this page.
 */
public interface Outbox {

  /**
   * Claims up to {@code limit} due entries: those with the earliest {@code notBefore} first, equal
   * ones in the order in which they were committed. An entry is due when its {@code notBefore} is
   * at or before {@code now}, and it was never claimed or its lease ended at or before {@code now}.
   * The new claim's token is greater than every earlier token of that entry.
   *
   * @return the claims; empty when nothing is due
   */
  List<OutboxClaim> claim(int limit, Instant now, Instant leaseUntil);

  /**
   * Marks claimed entries as attempted, just before the first byte of them goes out.
   *
   * @return those of the claims that are still the newest of their entries; the others belong to
   *     somebody else by now and must be left alone
   */
  List<OutboxClaim> markAttempting(Collection<OutboxClaim> claims);

  /**
   * Gives back claims that were not begun: nobody holds these entries any more, they may be
   * withdrawn, and they are due again at {@code until}, as they were. What was marked as attempting
   * is left alone, and so is what belongs to somebody else by now.
   */
  void release(Collection<OutboxClaim> claims, Instant until);

  /**
   * Those of these entries that cannot be withdrawn, because somebody has claimed them and neither
   * settled them nor given them back, also when the lease has ended; in any order.
   */
  List<OutboxId> held(Collection<OutboxId> entries);

  /** What has not been settled, in the order of {@link #claim}, at most {@code limit}. */
  List<OutboxEntry> unsettled(int limit);

  /**
   * What has not been settled of one account, claimed or not, in ascending order of the ids (by
   * their characters), at most {@code limit}. An entry that is unsettled during the whole of a walk
   * from page to page is on exactly one of them.
   *
   * @param after the last id of the page before; null for the first page
   */
  List<OutboxEntry> unsettledOf(AccountId account, @Nullable OutboxId after, int limit);

  /**
   * The messages of ours in these inboxes that have come this far ({@link Message.State#worst}:
   * what some of the recipients did not get has failed), deleted ones not included, newest first;
   * what is equally old is sorted by id, descending. {@link Page#next()} is null exactly when
   * nothing follows.
   */
  Page<Message> messages(
      Collection<InboxId> inboxes, Collection<Delivery> deliveries, Page.Request page);
}
