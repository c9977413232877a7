package io.engage.core;

import io.engage.core.ActionRow.Act;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentAction;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentSession;
import java.time.Instant;
import java.util.List;

/** What is done by those who look on while others work. */
final class SupervisionRows {
  private SupervisionRows() {}

  static final List<ActionRow> ALL =
      List.of(
          row("spy", AgentAction.SPY, it -> desk(it).spy(it.bike, true), "spied"),
          row(
              "info",
              AgentAction.SUPERVISE,
              it -> desk(it).info(Shop.DIRK.id()),
              "agent-looked-at"),
          row(
              "pause",
              AgentAction.STEER_AGENTS,
              it -> desk(it).pause(Shop.DIRK.id(), "coaching"),
              "break-begun"),
          row(
                  "resume",
                  AgentAction.STEER_AGENTS,
                  it -> desk(it).resume(Shop.DIRK.id()),
                  "break-ended")
              .after(it -> withDirk(it, "lunch")),
          row(
              "message",
              AgentAction.STEER_AGENTS,
              it -> desk(it).message(Shop.DIRK.id(), "Ana is on the phone for you"),
              "agent-messaged"),
          row(
              "signOut",
              AgentAction.STEER_AGENTS,
              it -> desk(it).signOut(Shop.DIRK.id()),
              "signed-out"),
          row(
              "monitorScreen",
              AgentAction.MONITOR_SCREEN,
              it -> desk(it).monitorScreen(Shop.DIRK.id()),
              "screen-monitored"),
          live("now", it -> desk(it).live().now(ActionScene.WORKSHOP)),
          live("watch", it -> desk(it).live().watch(ActionScene.WORKSHOP)),
          live("waiting", it -> desk(it).live().waiting(ActionScene.WORKSHOP, null, 10)));

  private static SupervisorDesk desk(ActionScene scene) {
    return scene.supervision();
  }

  private static ActionRow live(String method, Act act) {
    return ActionRow.of(LiveDesk.class, method, AgentAction.SUPERVISE, act);
  }

  private static ActionRow row(String method, AgentAction action, Act act, String... facts) {
    return ActionRow.of(SupervisorDesk.class, method, action, act, facts)
        .after(it -> withDirk(it, null));
  }

  /** Dirk works in the workshop, and is signed in. */
  static Object withDirk(ActionScene scene, String pause) {
    Inbox workshop = scene.inbox(ActionScene.WORKSHOP);
    scene.street.keep(
        workshop.withSettings(
            workshop.settings().change().members(List.of(Member.of("dirk"))).build()));
    Instant now = scene.street.clock.instant();
    AgentSession session = AgentSession.never(Shop.DIRK, now).signedIn(Shop.DIRK, now);
    scene
        .street
        .storage
        .inboxes()
        .commit(
            InboxChange.builder()
                .document(pause == null ? session : session.paused(pause, now))
                .audit(
                    List.of(
                        new AuditEntry(
                            AuditEntryId.of("dirk-comes"),
                            now,
                            Actor.agent(Shop.DIRK),
                            AuditSubject.NONE,
                            new AuditFact.SignedIn(Shop.DIRK.id(), Shop.DIRK.name()))))
                .build());
    return DocumentKey.Kind.AGENT_SESSION;
  }
}
