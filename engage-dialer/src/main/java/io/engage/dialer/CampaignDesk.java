package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.dialer.campaigning.Wish;
import io.engage.dialer.listing.SampleList;
import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.OutboundMessage;
import io.engage.model.outbox.SendOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does with campaigns: sets them up, imports their lists, checks, starts and stops
 * them, and sees what became of each recipient.
 *
 * <p>Thread-safe. The host is asked before each action, for the inbox that the campaign belongs to;
 * what it refuses is recorded, and so is everything that was done, without anybody's address.
 */
public final class CampaignDesk {
  private final CampaignActs acts;
  private final AccountPaces paces;
  private final CampaignSaving saving;
  private final CampaignSwitching switching;
  private final CampaignFiles files;
  private final CampaignWatching watching;
  private final EventAnnouncing announcing;

  /**
   * @param paces what accounts may send
   * @param changed told when something was changed that whoever dials would want to know
   */
  CampaignDesk(Agent agent, Foundation foundation, AccountPaces paces, Runnable changed) {
    this.paces = paces;
    this.acts = new CampaignActs(agent, foundation, changed);
    this.saving = new CampaignSaving(acts);
    this.switching = new CampaignSwitching(acts);
    this.files = new CampaignFiles(acts);
    this.watching = new CampaignWatching(acts, paces);
    this.announcing = new EventAnnouncing(acts, saving);
  }

  /**
   * Sets up a campaign that is not started.
   *
   * @param name as it stands in the rows of its lists
   * @return refused when another has the name, or the template is none for this
   */
  public Outcome<Campaign> create(InboxId inbox, String name, CampaignPlan plan) {
    requireNonNull(name, "name");
    requireNonNull(plan, "plan");
    return acts.foundation()
        .onInbox(
            acts.agent(),
            AgentAction.MANAGE_CAMPAIGNS,
            inbox,
            found -> saving.create(inbox, name, plan));
  }

  /**
   * Changes name and plan of a campaign, given with the version that it was read with. One that
   * runs goes on with them: the next mails are made of them.
   *
   * @return overtaken, with the campaign as it is, when somebody else changed it in the meantime
   */
  public Outcome<Campaign> save(Campaign wanted) {
    return manage(wanted.id(), (before, inbox) -> saving.save(before, wanted));
  }

  /** Those of the inboxes in which the agent may look at campaigns, by name. */
  public List<Campaign> list() {
    Set<InboxId> permitted = acts.foundation().permitted(acts.agent(), AgentAction.READ_CAMPAIGNS);
    return acts.shelf().all().stream()
        .filter(each -> permitted.contains(each.inbox()))
        .sorted(Comparator.comparing(Campaign::name).thenComparing(each -> each.id().value()))
        .toList();
  }

  public Outcome<Campaign> find(CampaignId id) {
    return read(id, (campaign, inbox) -> new Outcome.Done<>(campaign));
  }

  /**
   * Removes a campaign that does not run, with its lists, files, and what became of anybody.
   *
   * @return refused while it runs or has active lists, or within a transaction of the host, which
   *     could not take it back
   */
  public Outcome<Campaign> remove(CampaignId id) {
    return manage(id, (campaign, inbox) -> saving.remove(campaign));
  }

  /**
   * Keeps a file that rows may name.
   *
   * @param content is read to its end and not closed
   * @return with the token to paste into the list; refused when it is larger than 20 MB
   * @throws IOException when {@code content} cannot be read; nothing is kept then
   */
  public Outcome<CampaignAttachment> upload(
      CampaignId id, String name, String contentType, InputStream content) throws IOException {
    try {
      return manage(id, (campaign, inbox) -> upload(campaign, name, contentType, content));
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }

  private Outcome<CampaignAttachment> upload(
      Campaign campaign, String name, String contentType, InputStream content) {
    try {
      return files.upload(campaign, name, contentType, content);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The files of a campaign. */
  public Outcome<List<CampaignAttachment>> files(CampaignId id) {
    return read(id, (campaign, inbox) -> new Outcome.Done<>(acts.shelf().files(id)));
  }

  public Outcome<CampaignAttachment> removeFile(CampaignId id, String token) {
    requireNonNull(token, "token");
    return manage(id, (campaign, inbox) -> files.remove(campaign, token));
  }

  /** A list to begin with, in the form of the manuals. */
  public String sampleList(String campaignName) {
    return SampleList.text(campaignName);
  }

  /**
   * Imports a list, row by row, in flat memory. Rows that are none are refused and reported; those
   * with an invalid address are kept as failed. An import that is cut short leaves what was read;
   * repeated for the same list it goes on, and no row is there twice.
   *
   * @param rows is read to its end and not closed
   * @return refused when the list cannot be read at all, another is being imported, or the host has
   *     a transaction open, which could not take it back
   * @throws UncheckedIOException when {@code rows} cannot be read
   */
  public Outcome<ImportReport> importList(CampaignId id, ListImport order, InputStream rows) {
    requireNonNull(order, "order");
    requireNonNull(rows, "rows");
    return manage(
        id, (campaign, inbox) -> new ListImporting(acts).run(campaign, inbox, order, rows));
  }

  /** The lists of a campaign. */
  public Outcome<List<CampaignList>> lists(CampaignId id) {
    return read(id, (campaign, inbox) -> new Outcome.Done<>(acts.shelf().lists(id)));
  }

  /**
   * From now on its recipients are sent to, when the campaign runs. A list that tells of an event
   * and was not filled to its end is filled first, but not within a transaction of the host.
   */
  public Outcome<CampaignList> activate(ListId id) {
    return acts.onList(
        id,
        AgentAction.MANAGE_CAMPAIGNS,
        (campaign, list, inbox) ->
            list.sequel() != null && list.status() == CampaignList.Status.IMPORTING
                ? announcing.fill(campaign, id)
                : switching.switchList(campaign, id, true));
  }

  /** From now on nobody of it is sent to. */
  public Outcome<CampaignList> deactivate(ListId id) {
    return acts.onList(
        id,
        AgentAction.MANAGE_CAMPAIGNS,
        (campaign, list, inbox) -> switching.switchList(campaign, id, false));
  }

  /**
   * Removes a list that is not active, with what became of its recipients.
   *
   * @return refused while it is active, or within a transaction of the host, which could not take
   *     it back
   */
  public Outcome<CampaignList> removeList(ListId id) {
    return acts.onList(
        id,
        AgentAction.MANAGE_CAMPAIGNS,
        (campaign, list, inbox) -> saving.removeList(campaign, list));
  }

  /** Renders every mail that was not sent yet, of the active lists or, without any, of all. */
  public Outcome<Preflight> preflight(CampaignId id) {
    return read(
        id,
        (campaign, inbox) ->
            new Outcome.Done<>(new Preflighting(acts, paces, campaign, inbox).check()));
  }

  /** The mail of one row, as it would go out now. */
  public Outcome<OutboundMessage> preview(RecipientId row) {
    return acts.onList(
        row.list(),
        AgentAction.READ_CAMPAIGNS,
        (campaign, list, inbox) -> new TestSending(acts).preview(campaign, list, inbox, row.row()));
  }

  /** Sends the mail of one row to somebody who tries it out; nobody's state changes. */
  public Outcome<SendOutcome> sendTest(RecipientId row, EmailAddress to) {
    requireNonNull(to, "to");
    return acts.onList(
        row.list(),
        AgentAction.RUN_CAMPAIGNS,
        (campaign, list, inbox) ->
            new TestSending(acts).send(campaign, list, inbox, row.row(), to));
  }

  /**
   * Has a campaign send whenever its windows are open; one that was stopped goes on.
   *
   * @return refused when it cannot: the inbox is off or has no account, no list is active, its
   *     texts cannot be filled in, or everybody has had their turn
   */
  public Outcome<Campaign> start(CampaignId id) {
    return run(id, Wish.START, null);
  }

  /** Holds a campaign; what is just on its way goes on. */
  public Outcome<Campaign> stop(CampaignId id) {
    return run(id, Wish.STOP, "Stopped by " + acts.agent().name());
  }

  /** Lets a campaign that was stopped go on. */
  public Outcome<Campaign> resume(CampaignId id) {
    return run(id, Wish.RESUME, null);
  }

  /** Ends a campaign for good. */
  public Outcome<Campaign> cancel(CampaignId id) {
    return run(id, Wish.CANCEL, "Ended by " + acts.agent().name());
  }

  /**
   * Has everybody whom a campaign has invited told that the event is different: calendars show it
   * as it is now, under the same UID. That is a campaign of its own, which can be looked at, tried
   * out, started and watched as any other; the one that invited goes on with the event as it is
   * now. Whoever wants no more bulk mail is not told.
   *
   * @param name of the campaign that tells it
   * @param plan of the campaign that tells it, with the event as it is now
   * @return not started, with its lists switched on; refused while the other campaign runs, when it
   *     has no event or has invited nobody yet, or within a transaction of the host
   */
  public Outcome<Campaign> announceChange(CampaignId invited, String name, CampaignPlan plan) {
    return announce(invited, name, plan, CampaignList.Word.CHANGED);
  }

  /**
   * Has everybody whom a campaign has invited told that the event does not take place: calendars
   * strike it out. The campaign that invited is ended for good.
   *
   * @param name of the campaign that tells it
   * @param plan of the campaign that tells it; the event in it does not matter
   * @return as {@link #announceChange}
   */
  public Outcome<Campaign> announceCancellation(
      CampaignId invited, String name, CampaignPlan plan) {
    return announce(invited, name, plan, CampaignList.Word.CANCELLED);
  }

  private Outcome<Campaign> announce(
      CampaignId invited, String name, CampaignPlan plan, CampaignList.Word word) {
    requireNonNull(name, "name");
    requireNonNull(plan, "plan");
    return manage(
        invited, (campaign, inbox) -> announcing.announce(campaign.id(), name, plan, word));
  }

  /** How a campaign stands. */
  public Outcome<CampaignView> monitor(CampaignId id) {
    return read(id, (campaign, inbox) -> new Outcome.Done<>(watching.view(campaign, inbox)));
  }

  /** Counts the recipients one by one and keeps what comes of it. */
  public Outcome<RecipientCounts> recount(CampaignId id) {
    return read(id, (campaign, inbox) -> new Outcome.Done<>(watching.recount(campaign)));
  }

  /**
   * Recipients of a list, in the order of their rows, from behind {@code afterRow} on.
   *
   * @param statuses only those; all when it is empty
   */
  public Outcome<List<Recipient>> recipients(
      ListId id, Set<RecipientStatus> statuses, long afterRow, int limit) {
    return acts.onList(
        id,
        AgentAction.READ_CAMPAIGNS,
        (campaign, list, inbox) ->
            new Outcome.Done<>(
                acts.foundation().storage().recipients().of(id, statuses, afterRow, limit)));
  }

  /**
   * Writes what became of each recipient of a list, as a file that spreadsheets open safely.
   *
   * @param to is not closed
   * @return how many rows were written
   * @throws IOException when {@code to} does not take it
   */
  public Outcome<Long> export(ListId id, OutputStream to) throws IOException {
    try {
      return acts.onList(
          id, AgentAction.READ_CAMPAIGNS, (campaign, list, inbox) -> export(campaign, list, to));
    } catch (UncheckedIOException notTaken) {
      throw notTaken.getCause();
    }
  }

  private Outcome<Long> export(Campaign campaign, CampaignList list, OutputStream to) {
    try {
      return new Outcome.Done<>(watching.export(campaign, list, to));
    } catch (IOException notTaken) {
      throw new UncheckedIOException(notTaken);
    }
  }

  /**
   * Decides what became of recipients who are in doubt; others are passed over. When one is to be
   * sent again and the campaign has finished, it has to be started again.
   *
   * @return those that it changed
   */
  public Outcome<List<Recipient>> resolve(
      CampaignId id, Collection<RecipientId> recipients, Resolution resolution) {
    requireNonNull(resolution, "resolution");
    return acts.on(
        id,
        AgentAction.RUN_CAMPAIGNS,
        (campaign, inbox) -> watching.resolve(campaign, recipients, resolution));
  }

  private Outcome<Campaign> run(CampaignId id, Wish wish, @Nullable String reason) {
    return acts.on(
        id,
        AgentAction.RUN_CAMPAIGNS,
        (campaign, inbox) -> switching.decide(id, inbox, wish, reason));
  }

  private <T> Outcome<T> manage(CampaignId id, BiFunction<Campaign, Inbox, Outcome<T>> act) {
    return acts.on(id, AgentAction.MANAGE_CAMPAIGNS, act);
  }

  private <T> Outcome<T> read(CampaignId id, BiFunction<Campaign, Inbox, Outcome<T>> act) {
    return acts.on(id, AgentAction.READ_CAMPAIGNS, act);
  }
}
