package io.engage.core;

import io.engage.core.ActionRow.Act;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.AgentSession;
import io.engage.model.queue.Service;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.List;

/** What is done with what waits. */
final class QueueRows {
  private QueueRows() {}

  static final List<ActionRow> OF_OFFERS =
      List.of(
          offers("accept", it -> it.clara.queue().accept(it.bike), "assigned")
              .after(it -> waiting(it, Eligibility.NO_CALL)),
          offers("accept", it -> it.clara.queue().accept(it.bike), "assigned")
              .after(it -> waiting(it, Eligibility.RING_ALL)),
          offers("decline", it -> it.clara.queue().decline(it.bike), "offer-declined")
              .after(it -> waiting(it, Eligibility.NO_CALL)),
          offers("pickable", it -> it.clara.queue().pickable(ActionScene.WORKSHOP, 10))
              .after(it -> waiting(it, Eligibility.RING_ALL)),
          ActionRow.of(
              QueueDesk.class,
              "explain",
              AgentAction.READ,
              it -> it.clara.queue().explain(it.bike)));

  static final ActionRow OFFERS =
      offers("offers", it -> it.clara.queue().offers())
          .after(it -> waiting(it, Eligibility.NO_CALL));

  private static ActionRow offers(String method, Act act, String... facts) {
    return ActionRow.of(QueueDesk.class, method, AgentAction.BE_OFFERED, act, facts);
  }

  /**
   * The bike waits in the workshop, whose only member is Clara, and is offered where that is so.
   */
  private static Object waiting(ActionScene scene, Eligibility eligibility) {
    Inbox workshop = scene.inbox(ActionScene.WORKSHOP);
    scene.street.keep(
        workshop.withSettings(
            workshop
                .settings()
                .change()
                .members(List.of(Member.of("clara")))
                .strategy(Strategy.of(eligibility, Distribution.LINEAR))
                .build()));
    Instant now = scene.street.clock.instant();
    Conversation bike = scene.street.onlyConversation();
    Document session = AgentSession.never(Shop.CLARA, now).signedIn(Shop.CLARA, now);
    scene
        .street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .conversations(
                    List.of(bike.withState(bike.state().withService(Service.arrived(now)))))
                .document(session)
                .audit(
                    List.of(
                        Sample.entry(
                            "the-bike-waits",
                            AuditSubject.of(bike.inbox(), bike.id()),
                            new AuditFact.ConversationOpened("a customer wrote"))))
                .build());
    return scene.distribution().workOff();
  }
}
