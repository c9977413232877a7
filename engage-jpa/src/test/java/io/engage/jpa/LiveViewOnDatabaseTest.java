package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.Job;
import io.engage.core.LiveDesk;
import io.engage.core.Stop;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Secret;
import io.engage.model.inbox.ServerEndpoint;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.InboxPicture;
import io.engage.model.queue.QueueStanding;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What supervisors see, over a database and on two nodes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
class LiveViewOnDatabaseTest {
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Inbox SHOP =
      Inbox.of("shop", "Shop", "shop@shop.example", ACCOUNT.id())
          .withSettings(
              InboxSettings.usual()
                  .change()
                  .members(List.of(new Member(Sample.clara().id(), 0)))
                  .build());

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("DI-5")
  void what_one_node_does_is_seen_on_the_other_as_it_is_counted_from_the_store(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    try (Engage one = node(database);
        Engage other = node(database)) {
      Screen screen = new Screen();
      live(one).watch(SHOP.id()).findValue().orElseThrow().subscribe(screen);
      screen.await(any -> true);

      arrives(1);
      arrives(2);
      arrives(3);
      other.mail().sync(ACCOUNT.id());
      AgentDesk clara = other.deskOf(Sample.clara());
      List<ConversationId> waiting =
          clara.list(ConversationFilter.open(), Page.Request.first(10)).items().stream()
              .map(Conversation::id)
              .toList();
      clara.queue().signIn();
      clara.take(waiting.subList(0, 2));
      clara.complete(waiting.subList(0, 1));

      InboxPicture seen = screen.await(each -> each.today().completedIn() == 1);
      InboxPicture counted = live(other).now(SHOP.id()).findValue().orElseThrow();
      assertThat(seen.now()).isEqualTo(counted.now());
      assertThat(seen.today()).isEqualTo(counted.today());
      assertThat(seen.now().queued()).isEqualTo(1);
      assertThat(seen.agents()).singleElement().returns(AgentState.BUSY, each -> each.state());
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("IN-9")
  void nodes_that_look_at_once_tell_of_a_threshold_once(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    Storage storage = JpaStorage.over(database).build();
    try (Engage one = node(database);
        Engage other = node(database)) {
      arrives(1);
      one.mail().sync(ACCOUNT.id());
      clock.advance(Duration.ofHours(5));
      Deque<Engage> nodes = new ArrayDeque<>(List.of(one, other));

      Race.run(2, () -> thresholds(next(nodes)).run(new Stop()));

      assertThat(storage.queues().standings(List.of(SHOP.id())).get(SHOP.id()))
          .isEqualTo(new QueueStanding(1, 0, 0, Sample.MONDAY, null));
      assertThat(storage.audit().newest(100))
          .filteredOn(each -> each.fact() instanceof AuditFact.ThresholdCrossed)
          .hasSize(1);
    }
  }

  private static LiveDesk live(Engage node) {
    return node.supervisionOf(Sample.clara()).live();
  }

  private static Job thresholds(Engage node) {
    return node.jobs().stream()
        .filter(each -> each.name().equals("thresholds"))
        .findFirst()
        .orElseThrow();
  }

  private Engage node(DataSource database) {
    return Engage.builder()
        .storage(JpaStorage.over(database).build())
        .blobs(blobs)
        .mail(mail)
        .customers(InMemoryCustomerDirectory.create())
        .account(ACCOUNT)
        .inbox(SHOP)
        .signingKeys(Secret.of("the same key on every node"))
        .clock(clock)
        .build();
  }

  private static Engage next(Deque<Engage> nodes) {
    synchronized (nodes) {
      return nodes.remove();
    }
  }

  private void arrives(int number) {
    mail.deliver(
        ACCOUNT.id(),
        """
        From: customer%1$d@customer.example
        To: shop@shop.example
        Subject: Lamp %1$d
        Message-ID: <%1$d@customer.example>
        Date: Mon, 2 Mar 2026 09:00:00 +0000

        Is it ready?
        """
            .formatted(number)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps the newest picture. */
  private static final class Screen implements Flow.Subscriber<InboxPicture> {
    private final AtomicReference<@Nullable InboxPicture> newest = new AtomicReference<>();

    InboxPicture await(Predicate<InboxPicture> isLikeThis) {
      return Objects.requireNonNull(
          Awaitility.await()
              .atMost(Duration.ofMinutes(1))
              .until(newest::get, each -> each != null && isLikeThis.test(each)));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(InboxPicture picture) {
      newest.set(picture);
    }

    @Override
    public void onError(Throwable failed) {
      throw new IllegalStateException(failed);
    }

    @Override
    public void onComplete() {
      // Closed at the end.
    }
  }
}
