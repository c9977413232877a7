package io.engage.dialer.campaigning;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.CampaignList.Word;
import io.engage.model.campaign.CampaignPlan;
import io.engage.model.campaign.EventTemplate;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether those whom a campaign has invited can be told what became of its event, what they
 * are told, and who they are. Calendars know the event by its UID and believe the highest sequence
 * (RFC 5546 section 2.1.4), so each word has the next one.
 */
public final class Announcing {
  /**
   * Whose calendar may have the event. Whoever is in doubt is told, too: calendars pass over what
   * they know nothing of, but nobody is to ride out to something that was called off.
   */
  public static final Set<RecipientStatus> INVITED =
      Set.of(RecipientStatus.SENT, RecipientStatus.IN_DOUBT);

  private Announcing() {}

  /**
   * Why it cannot be told now; empty when it can. Whoever is invited at the same moment would not
   * hear of it, so nobody may be.
   *
   * @param lists of the campaign
   * @param counts of all of them
   * @param calledOffBy the campaign that tells of its cancellation, which is the last word; null
   *     when there is none
   */
  public static Optional<String> decide(
      Campaign invited,
      Collection<CampaignList> lists,
      RecipientCounts counts,
      @Nullable Campaign calledOffBy) {
    if (calledOffBy != null) {
      return refused(
          invited,
          "has its event cancelled already; campaign '%s' tells so".formatted(calledOffBy.name()));
    }
    if (invited.plan().event() == null) {
      return refused(invited, "invites nobody: it has no event");
    }
    if (lists.stream().anyMatch(each -> each.sequel() != null)) {
      return refused(invited, "only tells of an event. Choose the campaign that has invited to it");
    }
    if (invited.state().status() == Status.RUNNING) {
      return refused(invited, "runs. Stop it first, so that nobody is invited meanwhile");
    }
    if (counts.claimed() + counts.attempting() > 0) {
      return refused(invited, "has mails on their way. Try again when they have arrived");
    }
    return !hasInvited(counts)
        ? refused(invited, "has invited nobody yet. Change its event, or cancel it")
        : Optional.empty();
  }

  /** Whether there is anybody whom it concerns. */
  public static boolean hasInvited(RecipientCounts counts) {
    return counts.sent() + counts.inDoubt() > 0;
  }

  /** Whether a list tells somebody of these lists that the event does not take place. */
  public static boolean callsOff(CampaignList list, Collection<CampaignList> invited) {
    CampaignList.Sequel sequel = list.sequel();
    return sequel != null
        && sequel.word() == Word.CANCELLED
        && invited.stream().anyMatch(each -> each.id().equals(sequel.invited()));
  }

  private static Optional<String> refused(Campaign campaign, String why) {
    return Optional.of("Campaign '%s' %s.".formatted(campaign.name(), why));
  }

  /**
   * What they are told: an event that is cancelled is the one that they know.
   *
   * @param wanted the event as it is now; null when there is none any more
   */
  public static Optional<EventTemplate> next(
      EventTemplate known, @Nullable EventTemplate wanted, Word word) {
    EventTemplate told = word == Word.CANCELLED ? known : wanted;
    return Optional.ofNullable(told).map(event -> event.withSequence(known.sequence() + 1));
  }

  /**
   * The campaign that invited, from now on: whoever it still invites hears of the event as it is,
   * and to one that is cancelled nobody is invited any more.
   */
  public static Campaign invited(Campaign before, EventTemplate event, Word word, Instant at) {
    CampaignPlan plan = before.plan().withEvent(event);
    Campaign after = before.withPlan(before.name(), plan);
    return word == Word.CANCELLED && before.state().status() != Status.CANCELLED
        ? after.withState(before.state().to(Status.CANCELLED, at, "Its event is cancelled"))
        : after;
  }

  /**
   * Whoever got the invitation, or may have, as a row of another list; empty for all others. What
   * its row says in its own words, or attaches, belongs to the invitation.
   */
  public static Optional<Recipient> told(Recipient invited, ListId list) {
    boolean got =
        INVITED.contains(invited.state().status())
            && EmailAddress.parse(invited.address()).isPresent();
    return got
        ? Optional.of(
            new Recipient(
                RecipientId.of(list, invited.id().row()),
                invited.address(),
                invited.priority(),
                new Recipient.Row("", List.of(), invited.row().variables()),
                RecipientState.PENDING))
        : Optional.empty();
  }
}
