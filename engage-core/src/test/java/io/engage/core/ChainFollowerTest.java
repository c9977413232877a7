package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.AuditTrail;
import io.engage.testkit.Between;
import io.engage.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who follows what happens hears everything once, in its order, and only while they do. */
@Tag("DI-5")
@Tag("DI-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChainFollowerTest {
  private static final Duration NEVER = Duration.ofDays(1);

  private final InMemoryStorage storage = InMemoryStorage.create();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger failuresToCome = new AtomicInteger();
  private final AuditTrail trail =
      Between.callersAnd(
          AuditTrail.class,
          storage.audit(),
          call -> {
            reads.incrementAndGet();
            if (call.name().equals("chainAfter") && failuresToCome.getAndDecrement() > 0) {
              throw new IllegalStateException("The store is away");
            }
            return call.proceed();
          });
  private final ChainFollower chain = new ChainFollower(trail, Runnable::run, NEVER);
  private final Ear ear = new Ear();

  @Test
  void what_is_committed_is_told_in_its_order() {
    chain.follow(ear);
    happens(3);
    happens(1_700);

    chain.wake();

    assertThat(ear.heard).containsExactlyElementsOf(upTo(1, 1_703));
  }

  @Test
  void what_was_committed_before_is_not_told() {
    happens(5);
    chain.follow(ear);
    happens(1);

    chain.wake();

    assertThat(ear.heard).containsExactly(6L);
  }

  @Test
  void nothing_is_told_twice() {
    chain.follow(ear);
    happens(2);
    chain.wake();

    chain.wake();

    assertThat(ear.heard).containsExactly(1L, 2L);
  }

  @Test
  void however_much_is_committed_it_is_not_time_to_look_before_the_pause_is_over() {
    chain.follow(ear);

    for (int i = 0; i < 200; i++) {
      happens(1);
      chain.wake();
    }

    assertThat(ear.heard).hasSize(200);
    assertThat(ear.looks).isZero();
  }

  @Test
  void after_each_pause_it_is_time_to_look_though_nothing_was_committed() {
    ChainFollower often = new ChainFollower(trail, Runnable::run, Duration.ofMillis(1));
    often.follow(ear);

    Awaitility.await().until(() -> ear.looks > 2);

    assertThat(ear.heard).isEmpty();
    often.close();
  }

  @Test
  void nothing_is_read_while_nobody_follows() {
    happens(1);
    chain.wake();
    chain.follow(ear).close();
    reads.set(0);

    happens(1);
    chain.wake();

    assertThat(reads).hasValue(0);
    assertThat(ear.heard).isEmpty();
  }

  @Test
  void everybody_is_served_by_one_pass_over_the_chain() {
    IntStream.range(0, 50).forEach(any -> chain.follow(new Ear()));
    reads.set(0);

    happens(1);
    chain.wake();

    assertThat(reads).hasValue(1);
  }

  @Test
  void one_who_fails_begins_anew_and_the_others_hear_everything() {
    Ear failing = new Ear();
    chain.follow(failing);
    chain.follow(ear);
    failing.failuresToCome = 2;
    happens(1);
    chain.wake();
    chain.wake();
    assertThat(failing.lost).isZero();
    chain.wake();

    happens(1);
    chain.wake();

    assertThat(ear.heard).containsExactly(1L, 2L);
    assertThat(failing.lost).isOne();
    assertThat(failing.heard).containsExactly(2L);
  }

  @Test
  void while_the_store_is_away_nothing_is_lost() {
    chain.follow(ear);
    failuresToCome.set(2);
    happens(2);
    chain.wake();
    chain.wake();
    assertThat(ear.heard).isEmpty();

    chain.wake();

    assertThat(ear.heard).containsExactly(1L, 2L);
    assertThat(ear.lost).isZero();
  }

  @Test
  void one_who_comes_later_begins_where_the_chain_ends_then() {
    Ear later = new Ear();
    chain.follow(ear);
    happens(2);

    chain.follow(later);
    happens(1);
    chain.wake();

    assertThat(ear.heard).containsExactly(1L, 2L, 3L);
    assertThat(later.heard).containsExactly(3L);
  }

  @Test
  void what_another_node_commits_is_noticed_without_being_told() throws InterruptedException {
    ChainFollower looking = new ChainFollower(storage.audit(), Runnable::run, Duration.ofMillis(1));
    looking.follow(ear);

    happens(1);

    assertThat(ear.first.await(1, TimeUnit.MINUTES)).isTrue();
    looking.close();
  }

  @Test
  void an_executor_without_a_thread_makes_it_late_but_not_deaf() throws InterruptedException {
    AtomicInteger refusals = new AtomicInteger(3);
    ChainFollower looking =
        new ChainFollower(
            storage.audit(),
            work -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException("No thread is free");
              }
              work.run();
            },
            Duration.ofMillis(1));
    looking.follow(ear);

    happens(1);

    assertThat(ear.first.await(1, TimeUnit.MINUTES)).isTrue();
    looking.close();
  }

  @Test
  void at_the_end_everybody_is_told_that_nothing_comes_any_more() {
    Ear left = new Ear();
    Ear late = new Ear();
    chain.follow(ear);
    chain.follow(left).close();

    chain.close();
    chain.follow(late);
    happens(1);
    chain.wake();

    assertThat(List.of(ear.ends, left.ends, late.ends)).containsExactly(1, 0, 1);
    assertThat(ear.heard).isEmpty();
  }

  @Test
  void while_many_commit_everybody_hears_each_link_behind_their_first_once_and_in_order() {
    List<Ear> ears = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    ChainFollower busy = new ChainFollower(storage.audit(), threads, NEVER);
    List<Ear> all = Collections.synchronizedList(ears);

    Race.run(
        6,
        () -> {
          for (int round = 0; round < 100; round++) {
            happens(1);
            busy.wake();
            if (round % 20 == 0) {
              Ear one = new Ear();
              busy.follow(one);
              all.add(one);
            }
          }
          return true;
        });
    CountDownLatch told = new CountDownLatch(1);
    Ear last = new Ear();
    last.first = told;
    busy.follow(last);
    happens(1);
    busy.wake();

    assertThat(await(told)).isTrue();
    threads.shutdown();
    assertThat(all).hasSize(30);
    assertThat(all)
        .allSatisfy(
            each -> assertThat(each.heard).containsExactlyElementsOf(upTo(each.heard.peek(), 601)));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static List<Long> upTo(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private final AtomicInteger count = new AtomicInteger();

  private void happens(int times) {
    List<AuditEntry> entries =
        IntStream.range(0, times)
            .mapToObj(
                any ->
                    new AuditEntry(
                        AuditEntryId.of("entry-" + count.incrementAndGet()),
                        Shop.MORNING,
                        Actor.agent(Shop.CLARA),
                        AuditSubject.of(Shop.shop().id()),
                        new AuditFact.SyncRequested()))
            .toList();
    storage.inboxes().commit(InboxChange.builder().audit(entries).build());
  }

  private static final class Ear implements ChainFollower.Follower {
    private final ConcurrentLinkedQueue<Long> heard = new ConcurrentLinkedQueue<>();
    private CountDownLatch first = new CountDownLatch(1);
    private int failuresToCome;
    private int lost;
    private int ends;
    private volatile int looks;

    @Override
    public void looked() {
      looks = looks + 1;
    }

    @Override
    public void on(List<AuditLink> links) {
      failIfWanted();
      links.forEach(link -> heard.add(link.sequence()));
      first.countDown();
    }

    @Override
    public void lost() {
      failIfWanted();
      lost++;
    }

    @Override
    public void ended() {
      ends++;
    }

    private void failIfWanted() {
      if (failuresToCome > 0) {
        failuresToCome--;
        throw new IllegalStateException("Just now I am busy");
      }
    }
  }
}
