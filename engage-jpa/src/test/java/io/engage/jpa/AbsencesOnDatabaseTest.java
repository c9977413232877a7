package io.engage.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.core.AgentDesk;
import io.engage.core.Engage;
import io.engage.core.Job;
import io.engage.core.Outcome;
import io.engage.core.Stop;
import io.engage.imap.MimeFormat;
import io.engage.memory.InMemoryBlobStore;
import io.engage.memory.InMemoryCustomerDirectory;
import io.engage.memory.InMemoryMail;
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
import io.engage.model.inbox.Strategy;
import io.engage.model.message.Reply;
import io.engage.model.queue.AgentState;
import io.engage.model.queue.QueueState;
import io.engage.model.queue.Service;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Race;
import io.engage.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is there and who waits for whom, over a database and on two nodes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-2")
@Tag("DI-3")
class AbsencesOnDatabaseTest {
  private static final int CUSTOMERS = 12;
  private static final MailAccount ACCOUNT =
      MailAccount.of(
          Sample.SHOP.value(), "shop", ServerEndpoint.loopback(143), ServerEndpoint.loopback(25));
  private static final Inbox SHOP =
      Inbox.of("shop", "Shop", "shop@shop.example", ACCOUNT.id())
          .withSettings(
              InboxSettings.usual()
                  .change()
                  .members(List.of(new Member(Sample.clara().id(), 0)))
                  .strategy(Strategy.USUAL)
                  .build());

  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final InMemoryMail mail = InMemoryMail.create(MimeFormat.create(), clock);
  private final InMemoryBlobStore blobs = InMemoryBlobStore.create(clock);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  @Tag("DI-4")
  void what_waits_for_somebody_who_fell_silent_goes_back_once_whoever_looks(Dialect dialect) {
    DataSource database = Databases.of(dialect);
    Storage storage = JpaStorage.over(database).build();
    try (Engage one = node(database);
        Engage other = node(database)) {
      AgentDesk clara = one.deskOf(Sample.clara());
      Map<ConversationId, Conversation> asked = asked(one);
      clara.queue().signIn();
      clara.take(asked.keySet());
      ConversationId answered = asked.keySet().iterator().next();
      assertThat(clara.reply(answered, Reply.of("On Friday."))).matches(Outcome::isDone);
      AtomicInteger next = new AtomicInteger();
      List<Engage> nodes = List.of(one, other);

      clock.advance(Duration.ofMinutes(2));
      Race.run(2, () -> absences(nodes.get(next.getAndIncrement() % 2)));
      clock.advance(Duration.ofMinutes(11));
      Race.run(2, () -> absences(nodes.get(next.getAndIncrement() % 2)));

      assertThat(other.deskOf(Sample.clara()).queue().info().state()).isEqualTo(AgentState.OFFLINE);
      assertThat(storage.inboxes().conversations(asked.keySet()))
          .allSatisfy(each -> assertThat(each).satisfies(it -> isBack(it, asked, answered)));
      assertThat(storage.audit().newest(1000))
          .extracting(each -> each.fact().code())
          .filteredOn(List.of("signed-out", "requeued")::contains)
          .hasSize(1 + CUSTOMERS - 1)
          .containsOnlyOnce("signed-out");
      assertThat(storage.heartbeats().silent(Instant.parse("2100-01-01T00:00:00Z"), 1)).isEmpty();
    }
  }

  private static void isBack(
      Conversation now, Map<ConversationId, Conversation> asked, ConversationId answered) {
    Service service = now.state().service();
    if (now.id().equals(answered)) {
      assertThat(now.queueState()).isEqualTo(QueueState.ACTIVE);
      assertThat(service.waitingSince()).isNull();
      assertThat(service.answeredAt()).isNotNull();
    } else {
      assertThat(now.queueState()).isEqualTo(QueueState.QUEUED);
      assertThat(service.waitingSince())
          .isEqualTo(asked.get(now.id()).state().service().waitingSince());
    }
    assertThat(service.handlers()).containsExactly(Sample.clara().id());
  }

  private static boolean absences(Engage node) {
    Job job =
        node.jobs().stream()
            .filter(each -> each.name().equals("absences"))
            .findFirst()
            .orElseThrow();
    return job.run(new Stop()).isAfter(Instant.EPOCH);
  }

  private Map<ConversationId, Conversation> asked(Engage node) {
    IntStream.range(0, CUSTOMERS).forEach(this::arrives);
    node.mail().sync(ACCOUNT.id());
    return node
        .deskOf(Sample.clara())
        .list(ConversationFilter.open(), Page.Request.first(100))
        .items()
        .stream()
        .collect(Collectors.toMap(Conversation::id, Function.identity()));
  }

  private void arrives(int number) {
    clock.advance(Duration.ofSeconds(1));
    mail.deliver(
        ACCOUNT.id(),
        """
        From: customer%d@customer.example
        To: shop@shop.example
        Subject: My bike
        Message-ID: <%d@customer.example>

        Is it ready?
        """
            .formatted(number, number)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.UTF_8));
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
}
