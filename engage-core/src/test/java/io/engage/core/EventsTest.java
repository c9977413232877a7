package io.engage.core;

import static io.engage.core.Street.fromAna;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.spi.EngageListener;
import io.engage.spi.EventQueue;
import io.engage.spi.Storage;
import io.engage.testkit.Race;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a listener may rely on: after the commit, in order, at least once, told apart by ids. */
@Tag("PO-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventsTest {
  private final Street street = new Street();
  private final Queue<AuditEntry> heard = new ConcurrentLinkedQueue<>();
  private final List<Engage> nodes = new ArrayList<>();

  /** The street's own node would take events away from the listeners that are tried here. */
  @BeforeEach
  void closeTheNodeNobodyListensTo() {
    street.engage.close();
  }

  @AfterEach
  void close() {
    nodes.forEach(Engage::close);
    street.close();
  }

  @Test
  void a_listener_hears_of_what_can_be_read_already() {
    Queue<Boolean> readable = new ConcurrentLinkedQueue<>();
    InMemoryStorage storage = street.storage;
    Engage node =
        node(
            storage,
            entries ->
                entries.forEach(
                    each -> readable.add(storage.audit().newest(10_000).contains(each))));

    workOnBike(node);

    await().until(() -> storage.events().undelivered(1).isEmpty());
    assertThat(readable).isNotEmpty().containsOnly(true);
  }

  @Test
  void a_listener_that_throws_loses_nothing_and_stops_nobody() {
    AtomicInteger failures = new AtomicInteger(3);
    Engage node =
        node(
            street.storage,
            entries -> {
              heard.addAll(entries);
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("Nobody is listening now");
              }
            });

    workOnBike(node);

    await()
        .until(
            () -> {
              node.outbox().workOff();
              return street.storage.events().undelivered(1).isEmpty();
            });
    assertEverythingWasHeardInOrder();
  }

  @Test
  void a_slow_listener_holds_nobody_up() throws InterruptedException {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    Engage node =
        node(
            street.storage,
            entries -> {
              heard.addAll(entries);
              awaitQuietly(mayGoOn);
            });

    workOnBike(node);
    boolean nothingWasConfirmed = !street.storage.events().undelivered(1).isEmpty();
    mayGoOn.countDown();

    assertThat(nothingWasConfirmed).isTrue();
    await().until(() -> street.storage.events().undelivered(1).isEmpty());
    assertEverythingWasHeardInOrder();
  }

  @Test
  void one_listener_is_told_by_one_thread_at_a_time() {
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean together = new AtomicBoolean();
    Engage node =
        node(
            street.storage,
            entries -> {
              together.compareAndSet(false, inside.incrementAndGet() > 1);
              heard.addAll(entries);
              inside.decrementAndGet();
            });
    Conversation bike = arrived(node);

    Race.run(8, () -> goToAndFro(node, bike, 10));

    await().until(() -> street.storage.events().undelivered(1).isEmpty());
    assertThat(together).isFalse();
    assertEverythingWasHeardInOrder();
  }

  @RepeatedTest(3)
  void two_nodes_with_many_agents_tell_what_happened_to_each_conversation_in_its_order() {
    Engage one = node(street.storage, heard::addAll);
    Engage other = node(street.storage, heard::addAll);
    Conversation bike = arrived(one);
    AtomicInteger turn = new AtomicInteger();

    Race.run(8, () -> goToAndFro(turn.getAndIncrement() % 2 == 0 ? one : other, bike, 10));

    await().until(() -> street.storage.events().undelivered(1).isEmpty());
    assertEverythingWasHeardInOrder();
    assertThat(heard).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true", "2,false", "2,true", "3,false", "3,true"})
  void a_node_that_dies_at_any_step_of_telling_leaves_the_rest_to_the_next(
      int deadlyStep, boolean afterwards) {
    DyingQueue dying = new DyingQueue(street.storage.events(), deadlyStep, afterwards);
    Engage doomed = node(withEvents(street.storage, dying), heard::addAll);
    workOnBike(doomed);
    await().until(dying::isDead);

    Engage next = node(street.storage, heard::addAll);
    next.outbox().workOff();

    await().until(() -> street.storage.events().undelivered(1).isEmpty());
    assertEverythingWasHeardInOrder();
  }

  /** Each conversation in its order, a repeat counting where it was heard first. */
  private void assertEverythingWasHeardInOrder() {
    List<AuditEntry> bike = street.storage.audit().ofConversation(street.onlyConversation().id());
    assertThat(heard).containsAll(bike);
    assertThat(bike).hasSizeGreaterThan(3);
    Map<AuditEntryId, AuditEntry> first = new LinkedHashMap<>();
    heard.forEach(each -> first.putIfAbsent(each.id(), each));
    for (Conversation each : street.open()) {
      ConversationId id = each.id();
      assertThat(first.values().stream().filter(entry -> id.equals(entry.subject().conversation())))
          .containsExactlyElementsOf(street.storage.audit().ofConversation(id));
    }
  }

  private void workOnBike(Engage node) {
    goToAndFro(node, arrived(node), 2);
  }

  private Conversation arrived(Engage node) {
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    node.mail().sync(Shop.ACCOUNT);
    return street.onlyConversation();
  }

  private static boolean goToAndFro(Engage node, Conversation conversation, int times) {
    AgentDesk desk = node.deskOf(Shop.CLARA);
    for (int i = 0; i < times; i++) {
      desk.take(List.of(conversation.id()));
      desk.handBack(List.of(conversation.id()));
    }
    return true;
  }

  private Engage node(Storage storage, EngageListener listener) {
    Engage node =
        Engage.builder()
            .storage(storage)
            .blobs(street.blobs)
            .mail(street.mail)
            .customers(street.customers)
            .listener(listener)
            .account(Street.ACCOUNT)
            .inbox(Shop.shop())
            .inbox(Shop.workshop())
            .signingKeys(Shop.KEY)
            .clock(street.clock)
            .build();
    nodes.add(node);
    return node;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("Nobody let the listener go on");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  static Storage withEvents(Storage good, EventQueue events) {
    Object storage =
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("events") ? events : method.invoke(good, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return (Storage) storage;
  }

  /** The process dies at a confirmation, before or after it took effect, and tells no more. */
  private static final class DyingQueue implements EventQueue {
    private final EventQueue good;
    private final int deadlyStep;
    private final boolean afterwards;
    private int steps;

    DyingQueue(EventQueue good, int deadlyStep, boolean afterwards) {
      this.good = good;
      this.deadlyStep = deadlyStep;
      this.afterwards = afterwards;
    }

    synchronized boolean isDead() {
      return steps >= deadlyStep;
    }

    @Override
    public void afterCommit(Runnable wakeUp) {
      good.afterCommit(wakeUp);
    }

    @Override
    public boolean isHostsTransactionOpen() {
      return good.isHostsTransactionOpen();
    }

    @Override
    public synchronized List<AuditEntry> undelivered(int limit) {
      requireAlive();
      return good.undelivered(1);
    }

    @Override
    public synchronized void delivered(Collection<AuditEntryId> ids) {
      requireAlive();
      steps++;
      if (!isDead() || afterwards) {
        good.delivered(ids);
      }
      requireAlive();
    }

    private void requireAlive() {
      if (isDead()) {
        throw new IllegalStateException("The process is gone");
      }
    }
  }
}
