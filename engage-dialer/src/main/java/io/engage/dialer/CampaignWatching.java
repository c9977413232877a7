package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.dialer.forecasting.Forecasting;
import io.engage.dialer.listing.ExportWriting;
import io.engage.dialer.pacing.Hours;
import io.engage.model.audit.AuditFact;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Pace;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Inbox;
import io.engage.spi.Recipients;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how campaigns stand and what became of each recipient, and settles what is in doubt. */
final class CampaignWatching {
  private static final int AT_ONCE = 500;
  private static final List<String> HEADER =
      List.of(
          "row",
          "emailRecipient",
          "outcome",
          "reason",
          "words",
          "attempts",
          "at",
          "seen",
          "seenByMachine",
          "rejected",
          "spam",
          "unsubscribed",
          "answered",
          "invitation");

  private final CampaignActs acts;
  private final AccountPaces paces;
  private final Foundation foundation;

  CampaignWatching(CampaignActs acts, AccountPaces paces) {
    this.acts = acts;
    this.paces = paces;
    this.foundation = acts.foundation();
  }

  CampaignView view(Campaign campaign, Inbox inbox) {
    List<CampaignList> lists = acts.shelf().lists(campaign.id());
    Instant now = foundation.clock().instant();
    List<ListId> active =
        lists.stream()
            .filter(each -> each.status() == CampaignList.Status.ACTIVE)
            .map(CampaignList::id)
            .toList();
    long waiting = recipients().counts(active).notProcessed();
    Pace shared = foundation.findAccount(inbox.account()).map(paces::of).orElse(Pace.UNLIMITED);
    return new CampaignView(
        campaign,
        lists,
        Hours.decide(campaign.plan(), now) instanceof Hours.Open,
        recipients().counts(lists.stream().map(CampaignList::id).toList()),
        Forecasting.decide(campaign.plan(), shared, waiting, now));
  }

  /** The trail first, here and below: nothing that is told or changed is missing in it. */
  RecipientCounts recount(Campaign campaign) {
    acts.commit(InboxChange.builder(), campaign, new AuditFact.RecipientsRecounted(campaign.id()));
    return recipients().recount(acts.shelf().listIds(campaign.id()));
  }

  /** It may break off before all went out that the trail says. */
  long export(Campaign campaign, CampaignList list, OutputStream to) throws IOException {
    acts.commit(
        InboxChange.builder(),
        campaign,
        new AuditFact.RecipientsExported(
            campaign.id(), list.id(), recipients().counts(List.of(list.id())).total()));
    ExportWriting writing = ExportWriting.withSemicolons();
    write(to, ExportWriting.BYTE_ORDER_MARK + writing.line(HEADER));
    long written = 0;
    long after = 0;
    List<Recipient> page;
    do {
      page = recipients().of(list.id(), Set.of(), after, AT_ONCE);
      write(to, page.stream().map(each -> writing.line(cells(each))).collect(Collectors.joining()));
      written += page.size();
      after = page.isEmpty() ? after : page.get(page.size() - 1).id().row();
    } while (page.size() == AT_ONCE);
    to.flush();
    return written;
  }

  private static void write(OutputStream to, String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> cells(Recipient recipient) {
    RecipientState state = recipient.state();
    RecipientState.Traces traces = state.traces();
    RecipientOutcome outcome = state.outcome();
    RecipientState.InvitationAnswer answer = traces.invitation();
    return List.of(
        Long.toString(recipient.id().row()),
        recipient.address(),
        state.status().code(),
        outcome == null ? "" : outcome.why().code(),
        outcome == null ? "" : outcome.words(),
        Integer.toString(state.attempts()),
        time(state.at()),
        time(traces.seen()),
        time(traces.seenByMachine()),
        time(traces.rejected()),
        time(traces.spam()),
        time(traces.unsubscribed()),
        time(traces.answered()),
        answer == null ? "" : answer.code());
  }

  private static String time(@Nullable Instant at) {
    return at == null ? "" : at.toString();
  }

  /** Those of other campaigns, and those that are not in doubt, stay as they are. */
  Outcome<List<Recipient>> resolve(
      Campaign campaign, Collection<RecipientId> ids, Resolution resolution) {
    Set<ListId> ours = Set.copyOf(acts.shelf().listIds(campaign.id()));
    Instant now = foundation.clock().instant();
    List<RecipientNote> notes =
        recipients().find(ids).stream()
            .filter(each -> ours.contains(each.id().list()))
            .filter(each -> each.state().status() == RecipientStatus.IN_DOUBT)
            .map(each -> RecipientNote.of(each.id(), resolution.note(), now))
            .toList();
    if (notes.isEmpty()) {
      return new Outcome.AlreadySo<>();
    }
    acts.commit(
        InboxChange.builder(),
        campaign,
        new AuditFact.RecipientsResolved(campaign.id(), notes.size(), resolution.code()));
    List<Recipient> resolved = recipients().note(notes);
    acts.tellChange();
    return new Outcome.Done<>(resolved);
  }

  private Recipients recipients() {
    return foundation.storage().recipients();
  }
}
