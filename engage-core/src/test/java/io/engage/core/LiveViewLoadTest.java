package io.engage.core;

import static io.engage.core.LiveScene.SHOP;
import static io.engage.core.LiveScene.WORKSHOP;
import static io.engage.core.LiveScene.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.queue.InboxPicture;
import io.engage.spi.AuditTrail;
import io.engage.spi.Queues;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the live view costs while very much happens. */
@Tag("DI-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LiveViewLoadTest {
  private final LiveScene scene = new LiveScene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  @Tag("PO-2")
  void what_is_imported_elsewhere_while_a_large_inbox_is_read_does_not_have_it_read_anew() {
    CountDownLatch imported = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    AtomicLong followed = new AtomicLong();
    try (Engage node = scene.street.engageOn(slow(imported, reads, followed), scene.street.mail)) {
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);
      for (int i = 0; i < 50; i++) {
        importsElsewhere(1000);
      }
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> followed.get() >= lastLink());

      imported.countDown();
      await(watcher, any -> true);
      scene.arrives();
      await(watcher, each -> each.now().queued() == 1);

      assertThat(reads).hasValue(1);
    }
  }

  /** The queue of the workshop cannot be read before something happened. */
  private Storage slow(CountDownLatch until, AtomicInteger reads, AtomicLong followed) {
    Storage good = scene.street.storage;
    Queues queues =
        Between.callersAnd(
            Queues.class,
            good.queues(),
            call -> {
              if (call.name().equals("waiting")) {
                reads.incrementAndGet();
                until.await();
              }
              return call.proceed();
            });
    AuditTrail trail =
        Between.callersAnd(
            AuditTrail.class,
            good.audit(),
            call -> {
              if (call.name().equals("chainAfter")) {
                followed.accumulateAndGet(requireNonNull((Long) call.argument(0)), Math::max);
              }
              return call.proceed();
            });
    return Between.callersAnd(
        Storage.class,
        good,
        call ->
            switch (call.name()) {
              case "queues" -> queues;
              case "audit" -> trail;
              default -> call.proceed();
            });
  }

  private void importsElsewhere(int mails) {
    AuditFact received = new AuditFact.Received("person", "nothing else fits");
    List<AuditEntry> entries =
        IntStream.range(0, mails)
            .mapToObj(i -> AuditSubject.of(SHOP, ConversationId.of(UUID.randomUUID().toString())))
            .map(
                subject ->
                    new AuditEntry(
                        AuditEntryId.of(UUID.randomUUID().toString()),
                        scene.street.clock.instant(),
                        Actor.CONFIGURATION,
                        subject,
                        received))
            .toList();
    scene.street.storage.inboxes().commit(InboxChange.builder().audit(entries).build());
  }

  private long lastLink() {
    return scene.street.storage.audit().findLast().orElseThrow().sequence();
  }

  @Test
  void the_telephone_system_is_asked_no_more_than_once_a_second_however_much_happens() {
    AtomicInteger asked = new AtomicInteger();
    try (Engage node =
        scene
            .street
            .builder()
            .presence(
                agents -> {
                  asked.incrementAndGet();
                  return Map.of();
                })
            .build()) {
      List<ConversationId> bike = List.of(scene.arrives().id());
      long start = System.nanoTime();
      Watcher<InboxPicture> watcher = scene.watch(node, WORKSHOP);
      while (watcher.seen().size() < 12) {
        node.deskOf(Shop.CLARA).take(bike);
        node.deskOf(Shop.CLARA).handBack(bike);
      }

      long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
      assertThat(asked.get()).isBetween(1, (int) seconds + 2);
    }
  }
}
