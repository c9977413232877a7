package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.queue.AgentPicture;
import io.engage.model.queue.InboxPicture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;

/** What may happen in two inboxes, on two nodes, in any order. */
final class LiveHistory {
  private static final List<Agent> AGENTS = List.of(Shop.CLARA, Shop.DIRK);

  private final LiveScene scene;
  private final Random random;

  LiveHistory(LiveScene scene, Random random) {
    this.scene = scene;
    this.random = random;
  }

  void goOn(int steps) {
    for (int step = 0; step < steps; step++) {
      scene.street.clock.advance(Duration.ofSeconds(random.nextInt(600)));
      List<Conversation> all = scene.all();
      if (all.isEmpty() || random.nextInt(5) == 0) {
        scene.arrives();
      } else {
        happens(all.get(random.nextInt(all.size())).id());
      }
    }
  }

  private void happens(ConversationId id) {
    Agent agent = AGENTS.get(random.nextInt(AGENTS.size()));
    Engage node = random.nextBoolean() ? scene.street.engage : scene.other;
    AgentDesk desk = node.deskOf(agent);
    switch (random.nextInt(16)) {
      case 0, 1 -> desk.take(List.of(id));
      case 2 -> desk.assign(List.of(id), AGENTS.get(random.nextInt(AGENTS.size())));
      case 3 -> desk.handBack(List.of(id));
      case 4, 5 -> desk.complete(List.of(id));
      case 6 -> desk.reopen(List.of(id));
      case 7 ->
          desk.transfer(List.of(id), random.nextBoolean() ? LiveScene.SHOP : LiveScene.WORKSHOP);
      case 8, 9 -> answers(desk, id);
      case 10 -> desk.prioritize(List.of(id), random.nextInt(200));
      case 11 -> comesAndGoes(desk.queue());
      case 12 -> node.distribution().workOff();
      case 13 -> desk.queue().offers().forEach(each -> acceptsOrDeclines(desk, each.id()));
      case 14 -> deletes(desk, id);
      default -> setsUp();
    }
  }

  private void answers(AgentDesk desk, ConversationId id) {
    if (!scene.street.storage.inboxes().messagesOf(id, LiveScene.MANY).items().isEmpty()) {
      scene.answers(desk, id);
    }
  }

  private void comesAndGoes(QueueDesk queue) {
    switch (random.nextInt(5)) {
      case 0, 1 -> queue.signIn();
      case 2 -> queue.beginBreak(random.nextBoolean() ? "lunch" : "coffee");
      case 3 -> queue.endBreak();
      default -> queue.signOut();
    }
  }

  private void acceptsOrDeclines(AgentDesk desk, ConversationId id) {
    if (random.nextBoolean()) {
      desk.queue().accept(id);
    } else {
      desk.queue().decline(id);
    }
  }

  private void deletes(AgentDesk desk, ConversationId id) {
    if (random.nextInt(4) == 0) {
      desk.delete(List.of(id));
    }
  }

  private void setsUp() {
    scene.setUp(
        LiveScene.WORKSHOP,
        settings ->
            settings
                .limits(new Limits(1 + random.nextInt(4), 1 + random.nextInt(4)))
                .members(
                    random.nextBoolean()
                        ? List.of(Member.of("dirk"))
                        : List.of(Member.of("clara"), Member.of("dirk"))));
  }

  /** How an inbox is, counted from the store. */
  InboxPicture anew(InboxId inbox) {
    return scene.live(scene.other).now(inbox).findValue().orElseThrow();
  }

  /** What is seen becomes what is counted from the store. */
  void awaitAnew(InboxId inbox, Watcher<InboxPicture> watcher) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(newest(watcher)).contains(without(anew(inbox))));
  }

  private static Optional<InboxPicture> newest(Watcher<InboxPicture> watcher) {
    List<InboxPicture> seen = watcher.seen();
    return seen.isEmpty() ? Optional.empty() : Optional.of(without(seen.get(seen.size() - 1)));
  }

  /** But for since when, which the store does not know of everything. */
  private static InboxPicture without(InboxPicture picture) {
    return new InboxPicture(
        picture.inbox(),
        picture.name(),
        picture.open(),
        picture.now(),
        picture.backlog(),
        picture.today(),
        picture.colours(),
        picture.agents().stream().map(LiveHistory::without).toList(),
        Instant.EPOCH);
  }

  private static AgentPicture without(AgentPicture agent) {
    return new AgentPicture(
        agent.agent(),
        agent.name(),
        agent.state(),
        null,
        agent.pause(),
        agent.call(),
        agent.channels(),
        agent.active(),
        agent.offered(),
        agent.completedIn(),
        agent.completedOut());
  }
}
