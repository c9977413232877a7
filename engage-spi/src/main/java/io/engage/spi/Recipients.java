package io.engage.spi;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the recipients of campaigns, a million of them and more, and hands each to one worker at a
 * time. Campaigns and their lists are {@link Documents}.
 *
 * <p><b>Callers.</b> Several workers at once, on any thread and on several machines.
 *
 * <p><b>Commitment.</b> When a method returns, its effect is durable, and the {@link #counts} say
 * so; when it throws, nothing has changed and it may be called again.
 *
 * <p><b>Batches.</b> Each method does its work in a number of statements that does not depend on
 * how many recipients it is given, and its cost does not depend on how many are stored.
 *
 * <p><b>Repetition.</b> A worker may die at any moment. What it had only claimed is claimed again
 * when the lease ends; what it had marked as attempting is then handed out with {@link
 * RecipientClaim#interrupted()}, so that it can be settled as in doubt instead of being sent twice.
 * A worker that lives and waits for a slow server keeps its claims by {@link #prolong}.
 *
 * <p>{@code RecipientsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Recipients {

  /**
   * Stores recipients that are not there yet; those with an id that is there are passed over, so
   * that an import may be repeated.
   *
   * @return how many are new
   */
  int add(Collection<Recipient> recipients);

  /**
   * For each of these addresses that stands in these lists: the recipient who was stored first.
   * Addresses are compared without regard to case.
   */
  Map<EmailAddress, RecipientId> first(
      Collection<ListId> lists, Collection<EmailAddress> addresses);

  /**
   * Claims up to {@code limit} recipients of these lists: lower priorities first, equal ones in the
   * order of {@code lists}, then of their rows. One may be claimed when it is pending and its
   * {@code notBefore} is at or before {@code now}, or when a claim of it was neither settled nor
   * released and its lease ended at or before {@code now}. The new claim's token is greater than
   * every earlier token of that recipient.
   *
   * @return empty when there is nothing to claim now
   */
  List<RecipientClaim> claim(List<ListId> lists, int limit, Instant now, Instant leaseUntil);

  /**
   * Claims up to {@code limit} recipients of these lists whom somebody has left behind, in any
   * order: they were claimed or marked, and the lease ended at or before {@code now}. Whoever is
   * pending is left alone. So what was under way can be settled in lists from which nobody is sent
   * to any more.
   *
   * @return empty when nobody was left behind
   */
  List<RecipientClaim> claimAbandoned(
      Collection<ListId> lists, int limit, Instant now, Instant leaseUntil);

  /**
   * Has claims last until {@code leaseUntil}, be they marked or not, for whoever is still at work
   * on them. A lease is never made shorter.
   *
   * @return those of the claims that are still the newest of their recipients; the others belong to
   *     somebody else by now, or were settled or given back
   */
  List<RecipientClaim> prolong(Collection<RecipientClaim> claims, Instant leaseUntil);

  /**
   * Marks claimed recipients as attempting, just before the first byte of their mails goes out, and
   * counts the attempt. A claim whose lease has ended is as good as any, as long as nobody else has
   * one.
   *
   * @return those of the claims that are still the newest of their recipients; the others belong to
   *     somebody else by now and must be left alone
   */
  List<RecipientClaim> markAttempting(Collection<RecipientClaim> claims);

  /**
   * Gives back claims that were not begun: they are pending again and may be claimed from {@code
   * until} on. What was marked as attempting is left alone, and so is what belongs to somebody else
   * by now.
   */
  void release(Collection<RecipientClaim> claims, Instant until);

  /**
   * Records what became of claims, by {@link
   * io.engage.model.campaign.RecipientState#settled(RecipientSettlement)}. A settlement whose claim
   * is not the newest of its recipient, or was settled before, is passed over. One that says that
   * the mail was not begun takes its attempt off again and leaves the outcome as it was.
   *
   * @return those that were passed over
   */
  List<RecipientSettlement> settle(Collection<RecipientSettlement> settlements);

  /**
   * Records what came back, in this order, by {@link
   * io.engage.model.campaign.RecipientState#noted}. Notes about unknown recipients are passed over.
   *
   * @return the recipients that it changed, as they are now
   */
  List<Recipient> note(Collection<RecipientNote> notes);

  /** Those of these recipients that exist, in any order. */
  List<Recipient> find(Collection<RecipientId> ids);

  /**
   * Recipients of a list in the order of their rows, from behind {@code afterRow} (0 for the first)
   * on, at most {@code limit}.
   *
   * @param statuses only those; all when it is empty
   * @return empty when there are no more
   */
  List<Recipient> of(ListId list, Set<RecipientStatus> statuses, long afterRow, int limit);

  /**
   * Recipients with this address, in all lists, by list and row, from behind {@code after} (null
   * for the first) on, at most {@code limit}. Addresses are compared without regard to case.
   */
  List<Recipient> withAddress(EmailAddress address, @Nullable RecipientId after, int limit);

  /** How many recipients of these lists are where, as it is kept beside them. */
  RecipientCounts counts(Collection<ListId> lists);

  /** The same, counted one by one, and kept beside them from now on. */
  RecipientCounts recount(Collection<ListId> lists);

  /**
   * When a recipient of these lists may be claimed next, be it pending or claimed by somebody who
   * may be gone; a moment that has passed when there is one already, empty when all are final.
   */
  Optional<Instant> nextDue(Collection<ListId> lists);

  /**
   * When recipients of these lists were claimed or settled last; empty when they never were. A copy
   * of the storage that was restored says when that was, not when it was restored.
   */
  Optional<Instant> lastWorkedOn(Collection<ListId> lists);

  /**
   * Replaces who they are: the address by {@code pseudonym}, the row by {@link
   * io.engage.model.campaign.Recipient.Row#EMPTY}. Of a server's reply the codes stay and the text
   * goes; that also holds for what is settled or noted later. Those that were pending or claimed
   * have failed, and their claims are worth nothing any more. All other statuses and all traces
   * stay, so that the counts stay true. Unknown ones are passed over.
   */
  void erase(Collection<RecipientId> recipients, String pseudonym, Instant at);

  /**
   * Forgets recipients of a list, at most {@code limit} of them.
   *
   * @return how many; 0 when the list has none any more
   */
  int remove(ListId list, int limit);
}
