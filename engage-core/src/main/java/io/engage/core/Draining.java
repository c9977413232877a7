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
import io.engage.spi.StaleVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * Offers what waits in an inbox until nobody has room or nothing is left that could be offered.
 * Several offers are one commit. When somebody was faster, everything is read and decided again,
 * for fewer at once: the more there are at it, the smaller the steps.
 */
final class Draining {
  private static final int MOST_AT_ONCE = 100;
  private static final int ATTEMPTS = 100;
  private static final long PAUSE_NANOS = 50_000;

  private final Parts parts;
  private final Situations situations;
  private final RandomGenerator random;

  Draining(Parts parts, RandomGenerator random) {
    this.parts = parts;
    this.situations = new Situations(parts);
    this.random = random;
  }

  /**
   * @return how many offers were made
   * @throws StaleVersion when somebody was faster again and again
   */
  int drain(Inbox inbox) {
    int offered = 0;
    int most = MOST_AT_ONCE;
    int missed = 0;
    while (true) {
      try {
        QueuePlan plan = offerSome(inbox, most);
        offered += plan.offers().size();
        if (plan.offers().isEmpty() || !plan.hasRoom()) {
          return offered;
        }
        most = Math.min(MOST_AT_ONCE, most * 2);
        missed = 0;
      } catch (StaleVersion somebodyWasFaster) {
        missed++;
        if (missed == ATTEMPTS) {
          throw somebodyWasFaster;
        }
        most = Math.max(1, most / 2);
        LockSupport.parkNanos(missed * PAUSE_NANOS);
      }
    }
  }

  private QueuePlan offerSome(Inbox inbox, int most) {
    Situation situation = situations.of(inbox);
    int room = Queueing.room(situation);
    QueuePlan plan = room == 0 ? decide(situation) : plan(situation, Math.min(room, most));
    if (!plan.offers().isEmpty()) {
      commit(plan.offers());
    }
    return plan;
  }

  /** Reads on behind those that everybody has declined who has room. */
  private QueuePlan plan(Situation situation, int most) {
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
