package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.Observation;
import io.engage.core.Outcome;
import io.engage.core.SupervisorDesk;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentMessage;
import io.engage.model.queue.AgentSession;
import io.engage.model.writing.Draft;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A supervisor on one node, an agent on another, and a database between them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("DI-6")
@Tag("PO-2")
class SupervisionOnDatabaseTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Agent CLARA = Sample.clara();
  private static final Agent DIRK = Agent.of("dirk", "Dirk Jensen");

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_supervisor_follows_a_conversation_that_goes_on_at_another_node(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    arrives(1, "");
    try (Engage one = node(database);
        Engage other = node(database)) {
      one.mail().sync(ACCOUNT.id());
      AgentDesk clara = one.deskOf(CLARA);
      Conversation lamp = only(clara);
      Watcher watcher = new Watcher();
      other.supervisionOf(DIRK).spy(lamp.id(), true).findValue().orElseThrow().subscribe(watcher);
      watcher.awaitSeen(all -> messages(all).size() == 1);
      MessageId question = messages(watcher.seen).get(0).id();

      Draft draft = clara.writing().reply(question).findValue().orElseThrow();
      watcher.awaitSeen(all -> all.contains(new Observation.Drafted(draft)));
      clara.writing().discard(draft.id());
      clara.take(List.of(lamp.id()));
      clara.reply(lamp.id(), Reply.of("It is ready."));
      arrives(2, "In-Reply-To: <1@customer.example>\r\n");
      one.mail().sync(ACCOUNT.id());

      watcher.awaitSeen(all -> all.contains(new Observation.Undrafted(draft.id())));
      watcher.awaitSeen(all -> messages(all).size() == 3);
      watcher.awaitSeen(all -> lastStanding(all).findAssignee().isPresent());
      assertThat(watcher.failures).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void of_what_supervisors_and_agents_do_on_many_nodes_at_once_nothing_is_lost(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    Storage storage = JpaStorage.over(database).build();
    AtomicInteger caller = new AtomicInteger();
    try (Engage one = node(database);
        Engage other = node(database)) {
      one.deskOf(CLARA).queue().signIn();
      SupervisorDesk dirk = other.supervisionOf(DIRK);

      Race.run(
          4,
          () -> {
            boolean supervises = caller.getAndIncrement() % 2 == 0;
            for (int round = 0; round < 15; round++) {
              if (supervises) {
                dirk.pause(CLARA.id(), "coaching");
                dirk.resume(CLARA.id());
              } else {
                one.deskOf(CLARA).queue().signOut();
                one.deskOf(CLARA).queue().signIn();
              }
            }
            return true;
          });
    }

    AgentSession session =
        (AgentSession) storage.documents().find(List.of(AgentSession.keyOf(CLARA.id()))).get(0);
    long changes =
        storage.audit().chainAfter(0, 10_000).stream()
            .filter(link -> isOfSession(link.entry().fact()))
            .count();
    assertThat(session.version()).isEqualTo(changes);
    assertThat(session.online() || !session.isOnBreak()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void a_message_reaches_its_agent_at_another_node_in_order_and_is_seen_once(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    try (Engage one = node(database);
        Engage other = node(database)) {
      one.supervisionOf(DIRK).message(CLARA.id(), "Call Ana");
      clock.advance(Duration.ofMillis(1));
      one.supervisionOf(DIRK).message(CLARA.id(), "And “Bén” 😀");
      List<AgentMessage> waiting = other.deskOf(CLARA).queue().messages();

      List<Outcome<AgentMessage>> outcomes =
          Race.run(4, () -> other.deskOf(CLARA).queue().seen(waiting.get(0)));

      assertThat(waiting)
          .extracting(AgentMessage::text)
          .containsExactly("Call Ana", "And “Bén” 😀");
      assertThat(outcomes).filteredOn(Outcome::isDone).hasSize(1);
      assertThat(one.deskOf(CLARA).queue().messages()).containsExactly(waiting.get(1));
    }
  }

  private static boolean isOfSession(AuditFact fact) {
    return fact instanceof AuditFact.SignedIn
        || fact instanceof AuditFact.SignedOut
        || fact instanceof AuditFact.BreakBegun
        || fact instanceof AuditFact.BreakEnded;
  }

  private static Conversation only(AgentDesk desk) {
    return desk.list(ConversationFilter.all(), Page.Request.first(2)).items().get(0);
  }

  private static List<Message> messages(List<Observation> all) {
    return all.stream()
        .filter(Observation.Said.class::isInstance)
        .map(each -> ((Observation.Said) each).message())
        .filter(distinctById())
        .toList();
  }

  private static Predicate<Message> distinctById() {
    Set<MessageId> seen = new HashSet<>();
    return message -> seen.add(message.id());
  }

  private static Conversation lastStanding(List<Observation> all) {
    return all.stream()
        .filter(Observation.Stands.class::isInstance)
        .map(each -> ((Observation.Stands) each).conversation())
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  private Engage node(DataSource database) {
    Inbox shop = Inbox.of("shop", "Shop", "shop@shop.example", ACCOUNT.id());
    return Engage.builder()
        .storage(JpaStorage.over(database).build())
        .blobs(blobs)
        .mail(mail)
        .customers(InMemoryCustomerDirectory.create())
        .account(ACCOUNT)
        .inbox(
            shop.withSettings(
                shop.settings().change().members(List.of(Member.of(CLARA.id().value()))).build()))
        .signingKeys(Secret.of("the same key on every node"))
        .clock(clock)
        .build();
  }

  private void arrives(int number, String more) {
    mail.deliver(
        ACCOUNT.id(),
        """
        From: ana@customer.example
        To: shop@shop.example
        Subject: Lamp
        Message-ID: <%d@customer.example>
        Date: Mon, 2 Mar 2026 09:00:00 +0000
        """
            .formatted(number)
            .replace("\n", "\r\n")
            .concat(more)
            .concat("\r\nIs it ready?\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Sees everything that there is to see. */
  private static final class Watcher implements Flow.Subscriber<Observation> {
    private final List<Observation> seen = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    void awaitSeen(Predicate<List<Observation>> asItShouldBe) {
      await().atMost(1, TimeUnit.MINUTES).until(() -> asItShouldBe.test(seen));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Observation observation) {
      seen.add(observation);
    }

    @Override
    public void onError(Throwable failed) {
      failures.add(failed);
    }

    @Override
    public void onComplete() {}
  }
}
