package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.jpa.JpaStorage;
import io.engage.jpa.JpaStorage.SchemaMode;
import io.engage.model.address.EmailAddress;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Channel;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.spi.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three processes offer what waits in two inboxes of one PostgreSQL to six agents, who take it as
 * fast as they can. Again and again one process is killed with its agents, and another one goes on.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DI-4")
@Tag("IN-8")
@Tag("PO-3")
class OfferChaosTest {
  private static final int WAITING = Integer.getInteger("engage.chaos.waiting", 150);
  private static final int ALL = WAITING * OfferingNode.INBOXES.size();
  private static final int KILL_AFTER = ALL / 10;
  private static final int NODES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  private final Random random = new Random(20_261_123);
  private final String address = Databases.address();
  private final DataSource database = Databases.at(address);
  private final Storage storage = JpaStorage.over(database).schema(SchemaMode.NONE).build();
  private final Map<Integer, Process> nodes = new HashMap<>();
  private int killed;

  @AfterEach
  void endAll() {
    nodes.values().forEach(each -> each.toHandle().destroyForcibly());
  }

  @Test
  void whoever_is_killed_each_is_given_to_one_and_nobody_is_given_too_much() throws Exception {
    try (OfferingNode shop = new OfferingNode(database)) {
      for (int number = 0; number < NODES; number++) {
        nodes.put(number, start(number));
      }
      awaitWork();
      shop.engage
          .foundation()
          .commit(
              InboxChange.builder().conversations(queue()),
              Actor.RECEIVING,
              AuditSubject.NONE,
              new AuditFact.ConversationOpened("customers wrote"));
      for (int done = KILL_AFTER; !isDone(); done += KILL_AFTER) {
        awaitDone(done);
        kill(random.nextInt(NODES));
      }

      nodes.values().forEach(each -> each.toHandle().destroyForcibly());
      assertThat(killed).isPositive();
      assertThat(conversations())
          .hasSize(ALL)
          .allMatch(each -> each.queueState() == QueueState.COMPLETED);
      assertThat(new Trail().replayed().assigned.values()).containsOnly(1);
      assertThat(shop.engage.auditOf(OfferingNode.AGENTS.get(0)).verify().findValue().orElseThrow())
          .matches(each -> each.isIntact());
    }
  }

  private List<Conversation> queue() {
    List<Conversation> queue = new ArrayList<>();
    for (Inbox inbox : OfferingNode.INBOXES) {
      for (int number = 0; number < WAITING; number++) {
        queue.add(waiting(inbox, number));
      }
    }
    return queue;
  }

  private static Conversation waiting(Inbox inbox, int number) {
    Instant since = Instant.parse("2026-03-02T08:00:00Z").plusSeconds(number);
    return new Conversation(
        ConversationId.of(inbox.id().value() + "-" + number),
        inbox.id(),
        Channel.EMAIL,
        "Bike no. " + number,
        Set.of(EmailAddress.of("customer" + number + "@customer.example")),
        1,
        1,
        since,
        since,
        Conversation.Exchange.NONE,
        Conversation.State.NEW.withService(Service.arrived(since)),
        0);
  }

  /** They say so before they begin. */
  private void awaitWork() throws IOException {
    for (Process node : nodes.values()) {
      BufferedReader said =
          new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
      assertThat(said.readLine()).isEqualTo("at work");
    }
  }

  /** All of it counts as more than any part. */
  private void awaitDone(int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> isDone() || ALL - left() >= count);
  }

  private int left() {
    return storage
        .queues()
        .standings(OfferingNode.INBOXES.stream().map(Inbox::id).toList())
        .values()
        .stream()
        .mapToInt(each -> each.queued() + each.offered() + each.active())
        .sum();
  }

  private boolean isDone() {
    return storage
        .search()
        .find(ConversationFilter.open(), Page.Request.first(1))
        .items()
        .isEmpty();
  }

  private List<Conversation> conversations() {
    return storage.search().find(ConversationFilter.all(), Page.Request.first(1_000)).items();
  }

  /** With its agents, who come back with the next one. */
  private void kill(int number) throws Exception {
    Process node = Objects.requireNonNull(nodes.get(number));
    node.toHandle().destroyForcibly();
    node.waitFor();
    killed++;
    nodes.put(number, start(number));
  }

  private Process start(int number) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            OfferingNode.class.getName(),
            address,
            "node-" + number + "-" + killed,
            Integer.toString(2 * number),
            Integer.toString(2 * number + 1))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Who had what, after each commit. */
  private final class Trail {
    final Map<ConversationId, Integer> assigned = new HashMap<>();
    private final Map<ConversationId, AgentId> held = new HashMap<>();
    private final Map<AgentId, Map<InboxId, Integer>> loads = new HashMap<>();

    Trail replayed() {
      long after = 0;
      List<AuditLink> links = new ArrayList<>(storage.audit().chainAfter(after, 500));
      while (!links.isEmpty()) {
        links.forEach(each -> replay(each.entry().subject(), each.entry().fact()));
        after = links.get(links.size() - 1).sequence();
        links = storage.audit().chainAfter(after, 500);
      }
      assertThat(held).isEmpty();
      assertThat(assigned).hasSize(ALL);
      return this;
    }

    private void replay(AuditSubject subject, AuditFact fact) {
      if (fact instanceof AuditFact.Offered offered) {
        give(subject, offered.agent());
      } else if (fact instanceof AuditFact.OfferUnanswered silent) {
        assertThat(free(subject)).isEqualTo(silent.agent());
      } else if (fact instanceof AuditFact.OfferWithdrawn withdrawn) {
        assertThat(free(subject)).isEqualTo(withdrawn.agent());
      } else if (fact instanceof AuditFact.Assigned to) {
        assertThat(held.get(subject.conversation())).isEqualTo(to.agent());
        assigned.merge(Objects.requireNonNull(subject.conversation()), 1, Integer::sum);
      } else if (fact instanceof AuditFact.Completed) {
        assertThat(free(subject)).isNotNull();
      }
    }

    private void give(AuditSubject subject, AgentId agent) {
      Map<InboxId, Integer> load = loads.computeIfAbsent(agent, any -> new HashMap<>());
      int before = load.values().stream().mapToInt(each -> each).sum();
      int now = load.merge(Objects.requireNonNull(subject.inbox()), 1, Integer::sum);
      assertThat(held.put(Objects.requireNonNull(subject.conversation()), agent)).isNull();
      assertThat(now).isLessThanOrEqualTo(OfferingNode.MOST);
      if (subject.inbox().value().equals("workshop")) {
        assertThat(before).isZero();
      }
    }

    private @Nullable AgentId free(AuditSubject subject) {
      AgentId agent = held.remove(subject.conversation());
      loads
          .getOrDefault(agent, Map.of())
          .computeIfPresent(Objects.requireNonNull(subject.inbox()), (inbox, count) -> count - 1);
      return agent;
    }
  }
}
