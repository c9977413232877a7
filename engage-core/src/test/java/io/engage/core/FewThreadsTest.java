package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Blob;
import io.engage.model.message.ContentDigest;
import io.engage.model.queue.InboxPicture;
import io.engage.spi.BlobStore;
import io.engage.spi.BlobWalk;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a host that gives few threads may still rely on. */
@Tag("PO-4")
@Tag("PO-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class FewThreadsTest {
  private static final AccountId SHOP = Shop.ACCOUNT;

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  private List<AuditFact> told() {
    return street.listener.entries().stream().map(AuditEntry::fact).toList();
  }

  private boolean isTold(Class<? extends AuditFact> fact) {
    return told().stream().anyMatch(fact::isInstance);
  }

  @Test
  void with_a_thread_for_each_loop_and_none_to_spare_the_listener_hears_of_mail() {
    street.engage.close();
    ExecutorService four = Executors.newFixedThreadPool(4);

    try (Engage engage = street.engageOn(street.storage, street.mail, four);
        Running running = engage.start()) {
      patiently().until(() -> engage.mail().health(SHOP).lastGoodSync() != null);
      street.arrives(Street.fromAna("1@customer.example", "Is it ready?"));

      patiently().until(() -> isTold(AuditFact.ConversationOpened.class));
      assertThat(running).isNotNull();
    } finally {
      four.shutdownNow();
    }
  }

  @Test
  @Tag("DI-5")
  void with_one_thread_beside_the_loops_supervisors_look_on_though_there_is_daily_work() {
    street.engage.close();
    ExecutorService five = Executors.newFixedThreadPool(5);
    WalkedBlobs blobs = new WalkedBlobs(street.blobs, new CountDownLatch(1));

    try (Engage engage = street.builder().blobs(blobs).executor(five).build();
        Running running = engage.start()) {
      patiently().until(() -> engage.mail().health(SHOP).lastGoodSync() != null);
      patiently().until(() -> blobs.walked().getCount() == 0);

      Watcher<InboxPicture> watcher =
          Watcher.of(
              engage
                  .supervisionOf(Shop.DIRK)
                  .live()
                  .watch(Shop.workshop().id())
                  .findValue()
                  .orElseThrow());

      assertThat(watcher.awaitSeen(all -> !all.isEmpty())).isNotEmpty();
      assertThat(running).isNotNull();
    } finally {
      five.shutdownNow();
    }
  }

  @Test
  void an_account_for_which_there_is_no_thread_is_silent_and_the_listener_hears_of_it() {
    street.engage.close();
    ExecutorService two = Executors.newFixedThreadPool(2);

    try (Engage engage = street.engageOn(street.storage, street.mail, two);
        Running running = engage.start()) {
      patiently().until(() -> !isFresh(engage));
      street.clock.advance(Duration.ofHours(2));

      patiently().until(() -> isTold(AuditFact.MailboxSilent.class));
      assertThat(engage.mail().health(SHOP).silent()).isTrue();
      assertThat(running).isNotNull();
    } finally {
      two.shutdownNow();
    }
  }

  /** Whether nothing is expected of the account yet. */
  private boolean isFresh(Engage engage) {
    street.clock.advance(Duration.ofSeconds(1));
    return engage.mail().health(SHOP).lag().isZero();
  }

  /** Says what it keeps, as stores do that keep it for good: nothing that is old. */
  private record WalkedBlobs(BlobStore kept, CountDownLatch walked) implements BlobStore, BlobWalk {
    @Override
    public List<ContentDigest> putBefore(Duration ago, @Nullable ContentDigest after, int limit) {
      walked.countDown();
      return List.of();
    }

    @Override
    public Blob put(InputStream content) throws IOException {
      return kept.put(content);
    }

    @Override
    public void makeDurable() {
      kept.makeDurable();
    }

    @Override
    public InputStream open(ContentDigest digest) {
      return kept.open(digest);
    }

    @Override
    public Optional<Blob> find(ContentDigest digest) {
      return kept.find(digest);
    }

    @Override
    public Set<ContentDigest> delete(Collection<ContentDigest> digests, Duration unlessPutWithin) {
      return kept.delete(digests, unlessPutWithin);
    }
  }
}
