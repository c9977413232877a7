package io.engage.core;

import io.engage.core.queueing.QueuePlan;
import io.engage.core.queueing.QueuePlan.Planned;
import io.engage.core.queueing.Queueing;
import io.engage.core.queueing.Situation;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Offers some of what waits in an inbox, in one commit. */
final class GivingOut {
  private final Parts parts;
  private final Situations situations;
  private final RandomGenerator random;

  GivingOut(Parts parts, RandomGenerator random) {
    this.parts = parts;
    this.situations = new Situations(parts);
    this.random = random;
  }

  /**
   * @param inbox as it is set up now
   * @param most offers so many at most
   * @throws io.engage.spi.StaleVersion when somebody was faster: read and decide again
   */
  QueuePlan offer(Inbox inbox, int most, HostsWord host) {
    QueuePlan plan = permitted(situations.of(inbox), most, host);
    if (!plan.offers().isEmpty()) {
      commit(plan.offers());
    }
    return plan;
  }

  /**
   * The host is asked about those who are to get something; only when it refuses one of them, about
   * all others who could.
   */
  private QueuePlan permitted(Situation supposed, int most, HostsWord host) {
    QueuePlan plan = plan(supposed, most);
    InboxId inbox = supposed.inbox().id();
    return plan.offers().stream().allMatch(each -> host.lets(each.to(), inbox))
        ? plan
        : plan(supposed.refusing(host.refused(Queueing.askable(supposed), inbox)), most);
  }

  private QueuePlan plan(Situation situation, int most) {
    int room = Queueing.room(situation);
    return room == 0 ? decide(situation) : readOn(situation, Math.min(room, most));
  }

  /** Behind those that everybody has declined who has room. */
  private QueuePlan readOn(Situation situation, int most) {
    List<Conversation> queue = new ArrayList<>();
    Page.Request request = Page.Request.first(most);
    while (true) {
      Page<Conversation> page = parts.storage().queues().waiting(situation.inbox().id(), request);
      queue.addAll(page.items());
      QueuePlan plan = decide(situation.withQueue(queue));
      Page.Mark next = page.next();
      if (!plan.offers().isEmpty() || !plan.hasRoom() || next == null) {
        return plan;
      }
      request = new Page.Request(next, most);
    }
  }

  private QueuePlan decide(Situation situation) {
    synchronized (random) {
      return Queueing.decide(situation, random);
    }
  }

  private void commit(List<Planned> offers) {
    Map<DocumentKey, Document> documents = new LinkedHashMap<>();
    List<Occurrence> occurrences = new ArrayList<>();
    for (Planned offer : offers) {
      keep(documents, offer.session());
      if (offer.rotation() != null) {
        keep(documents, offer.rotation());
      }
      occurrences.add(occurrence(offer));
    }
    parts
        .committing()
        .commit(
            InboxChange.builder()
                .conversations(offers.stream().map(Planned::conversation).toList())
                .documents(documents.values())
                .audit(parts.committing().stamp(Actor.DISTRIBUTION, occurrences))
                .build());
  }

  /** The last of each, over the version that was read: in one commit it is stored once. */
  private static void keep(Map<DocumentKey, Document> documents, Document each) {
    documents.merge(each.key(), each, (before, after) -> after.withVersion(before.version()));
  }

  private static Occurrence occurrence(Planned offer) {
    Conversation conversation = offer.conversation();
    return new Occurrence(
        AuditSubject.of(conversation.inbox(), conversation.id()),
        new AuditFact.Offered(offer.to().id(), offer.to().name(), offer.offer().until()));
  }
}
