package io.engage.dialer;

import io.engage.core.Foundation;
import io.engage.core.Outcome;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.campaign.Campaign;
import io.engage.model.campaign.Campaign.Status;
import io.engage.model.campaign.CampaignId;
import io.engage.model.campaign.CampaignList;
import io.engage.model.campaign.ListId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import java.util.Optional;
import java.util.function.BiFunction;

/** Asks the host before an agent acts on a campaign, and commits what they did in their name. */
final class CampaignActs {
  private static final int SHORT = 12;

  private final Agent agent;
  private final Foundation foundation;
  private final Runnable changed;
  private final CampaignShelf shelf;

  /**
   * @param changed told when something was changed that whoever dials would want to know
   */
  CampaignActs(Agent agent, Foundation foundation, Runnable changed) {
    this.changed = changed;
    this.agent = agent;
    this.foundation = foundation;
    this.shelf = new CampaignShelf(foundation);
  }

  Agent agent() {
    return agent;
  }

  Foundation foundation() {
    return foundation;
  }

  CampaignShelf shelf() {
    return shelf;
  }

  /** Does it when the campaign exists and the agent may, in the inbox that it belongs to. */
  <T> Outcome<T> on(
      CampaignId id, AgentAction action, BiFunction<Campaign, Inbox, Outcome<T>> act) {
    Optional<Campaign> found = shelf.find(id);
    return found.isEmpty()
        ? new Outcome.Unknown<>()
        : foundation.onInbox(
            agent, action, found.get().inbox(), inbox -> act.apply(found.get(), inbox));
  }

  /** The same with one of its lists. */
  <T> Outcome<T> onList(ListId id, AgentAction action, ListAct<T> act) {
    Optional<CampaignList> found = shelf.find(id);
    return found.isEmpty()
        ? new Outcome.Unknown<>()
        : on(
            found.get().campaign(),
            action,
            (campaign, inbox) -> act.on(campaign, found.get(), inbox));
  }

  /** What is done with a list. */
  @FunctionalInterface
  interface ListAct<T> {
    Outcome<T> on(Campaign campaign, CampaignList list, Inbox inbox);
  }

  void commit(InboxChange.Builder change, Campaign campaign, AuditFact fact) {
    foundation.commit(change, Actor.agent(agent), AuditSubject.of(campaign.inbox()), fact);
    tellChange();
  }

  /** Recipients have changed, or something that is committed otherwise. */
  void tellChange() {
    changed.run();
  }

  /**
   * A campaign that runs gets a new version with a list that is switched on, so that whoever is
   * about to finish it looks again. Since when it runs is not touched: lists know for themselves
   * since when they are on.
   */
  InboxChange.Builder renewing(CampaignId id, InboxChange.Builder change) {
    shelf
        .find(id)
        .filter(campaign -> campaign.state().status() == Status.RUNNING)
        .ifPresent(change::document);
    return change;
  }

  /** Short, because it stands in addresses, which have 64 characters before the at sign. */
  String shortId() {
    String id = foundation.ids().next().replace("-", "");
    return id.length() <= SHORT ? id : id.substring(id.length() - SHORT);
  }
}
