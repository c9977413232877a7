package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Returns;
import io.engage.core.receiving.Origin;
import io.engage.dialer.tracking.Reacting;
import io.engage.dialer.tracking.Reaction;
import io.engage.dialer.tracking.Traces;
import io.engage.model.audit.Actor;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MessageKind;
import io.engage.model.message.ParsedMail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hears what comes back for the mails of campaigns, wherever it says so: in what a report is about,
 * in the mails that it answers, in the address that it came to. The number of questions does not
 * depend on the number of mails, and a batch without any costs none.
 */
final class CampaignReturns implements Returns {
  private final Foundation foundation;
  private final CampaignShelf shelf;
  private final Suppressing suppressing;
  private final Function<String, Optional<RecipientId>> tokens;
  private final Function<ParsedMail, Optional<InvitationAnswer>> invitations;

  /**
   * @param tokens finds the recipient whom a text names by a genuine token
   * @param invitations reads what a mail says to an event
   */
  CampaignReturns(
      Foundation foundation,
      Function<String, Optional<RecipientId>> tokens,
      Function<ParsedMail, Optional<InvitationAnswer>> invitations) {
    this.foundation = foundation;
    this.shelf = new CampaignShelf(foundation);
    this.suppressing = new Suppressing(foundation);
    this.tokens = tokens;
    this.invitations = invitations;
  }

  /** A mail and whose it is. */
  private record Found(Returned returned, Recipient recipient, Campaign campaign) {}

  @Override
  public Map<ServerUid, Origin> recognise(List<Returned> mails) {
    Map<ServerUid, Origin> origins = new LinkedHashMap<>();
    List<RecipientNote> notes = new ArrayList<>();
    List<Suppressing.Wish> wishes = new ArrayList<>();
    for (Found each : find(mails)) {
      Reaction reaction = decide(each);
      Campaign campaign = each.campaign();
      notes.addAll(reaction.notes());
      if (reaction.suppression() != null) {
        wishes.add(new Suppressing.Wish(each.recipient(), campaign, reaction.suppression()));
      }
      origins.put(
          each.returned().uid(),
          new Origin(campaign.id(), campaign.inbox(), campaign.name(), reaction.answer()));
    }
    suppressing.suppress(wishes, Actor.RECEIVING);
    if (!notes.isEmpty()) {
      foundation.storage().recipients().note(notes);
    }
    return origins;
  }

  private Reaction decide(Found found) {
    Returned returned = found.returned();
    Optional<InvitationAnswer> invitation =
        returned.classification().kind() == MessageKind.CALENDAR_REPLY
            ? invitations.apply(returned.mail())
            : Optional.empty();
    return Reacting.decide(
        found.recipient().id(),
        returned.mail(),
        returned.classification(),
        invitation.orElse(null),
        returned.receivedAt());
  }

  private List<Found> find(List<Returned> mails) {
    Map<Returned, RecipientId> named = new LinkedHashMap<>();
    for (Returned each : mails) {
      Traces.of(each.mail(), each.classification()).stream()
          .flatMap(text -> tokens.apply(text).stream())
          .findFirst()
          .ifPresent(id -> named.put(each, id));
    }
    return named.isEmpty() ? List.of() : known(named);
  }

  /** A list may have been removed since; its mails are as any others then. */
  private List<Found> known(Map<Returned, RecipientId> named) {
    Map<RecipientId, Recipient> recipients =
        foundation.storage().recipients().find(List.copyOf(named.values())).stream()
            .collect(Collectors.toMap(Recipient::id, each -> each));
    Map<ListId, Campaign> campaigns =
        shelf.campaignsOf(recipients.keySet().stream().map(RecipientId::list).toList());
    List<Found> found = new ArrayList<>();
    named.forEach(
        (returned, id) -> {
          Recipient recipient = recipients.get(id);
          Campaign campaign = campaigns.get(id.list());
          if (recipient != null && campaign != null) {
            found.add(new Found(returned, recipient, campaign));
          }
        });
    return found;
  }
}
