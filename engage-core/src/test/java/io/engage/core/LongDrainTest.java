package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.Distribution;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.Limits;
import io.engage.model.inbox.Member;
import io.engage.model.inbox.Strategy;
import io.engage.model.queue.QueueState;
import io.engage.spi.InboxStore;
import io.engage.spi.Storage;
import io.engage.testkit.Between;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** So much waits that to offer it takes a while, in which other things happen. */
@Tag("DI-4")
@DisplayNameGeneration(ReplaceUnderscores.class)
class LongDrainTest {
  private static final int MANY = 1_500;
  private static final int AT_ONCE = 100;

  /** They come one a second: an offer that is made before them ends soon after the last. */
  private static final Strategy CLARA_FIRST =
      Strategy.of(Eligibility.NO_CALL, Distribution.LINEAR)
          .withPatience(Duration.ofSeconds(MANY + 5));

  private final Bench bench =
      Bench.of(settings -> settings.strategy(CLARA_FIRST).limits(new Limits(MANY, 2 * MANY)));
  private final List<AuditFact> happened = new ArrayList<>();

  @AfterEach
  void close() {
    bench.close();
  }

  private void manyWait() {
    IntStream.range(0, MANY).forEach(each -> bench.waits("wheel" + each));
  }

  /** What an offer takes on the way to the store. */
  private Engage nodeWith(Runnable whileOffering) {
    Consumer<InboxChange> noting =
        change -> {
          List<AuditFact> facts = change.audit().stream().map(AuditEntry::fact).toList();
          happened.addAll(facts);
          if (facts.stream().anyMatch(AuditFact.Offered.class::isInstance)) {
            whileOffering.run();
          }
        };
    InboxStore watched =
        Between.callersAnd(
            InboxStore.class,
            bench.street.storage.inboxes(),
            call -> {
              Object answer = call.proceed();
              if (call.name().equals("commit")) {
                noting.accept((InboxChange) call.argument(0));
              }
              return answer;
            });
    return bench.engageOn(
        Between.callersAnd(
            Storage.class,
            bench.street.storage,
            call -> {
              Object port = call.proceed();
              return port instanceof InboxStore ? watched : port;
            }));
  }

  private Engage slowNode() {
    return nodeWith(() -> bench.street.clock.advance(Duration.ofSeconds(1)));
  }

  private static Job jobOf(Engage node) {
    return node.jobs().stream()
        .filter(each -> each.name().equals("distribution"))
        .findFirst()
        .orElseThrow();
  }

  private long offersMade() {
    return happened.stream().filter(AuditFact.Offered.class::isInstance).count();
  }

  @Test
  void what_nobody_answers_goes_back_while_others_are_still_offered_things() {
    bench.waits("bell").signIn(Shop.DIRK);
    bench.engage.distribution().workOff();
    manyWait();
    bench.signIn(Shop.CLARA);

    try (Engage slow = slowNode()) {
      slow.distribution().workOff();
    }

    int over = happened.indexOf(new AuditFact.OfferUnanswered(Shop.DIRK.id()));
    assertThat(over).isPositive();
    assertThat(happened.subList(over, happened.size()))
        .hasAtLeastOneElementOfType(AuditFact.Offered.class);
    assertThat(offersMade()).isEqualTo(MANY);
  }

  @Test
  @Tag("PO-3")
  void other_work_gets_its_turn_while_a_sweep_takes_long_and_no_other_node_begins_the_same() {
    manyWait();
    bench.signIn(Shop.CLARA);
    List<Long> offered = new ArrayList<>();

    try (Engage slow = slowNode()) {
      Job job = jobOf(slow);
      for (int run = 0; run < 3; run++) {
        boolean wantsToGoOn = !job.run(new Stop()).isAfter(bench.street.clock.instant());
        assertThat(wantsToGoOn).isEqualTo(run < 2);
        offered.add(offersMade());
        jobOf(bench.engage).run(new Stop());
      }
    }

    assertThat(offered).containsExactly(500L, 1_000L, 1_500L);
  }

  @Test
  @Tag("PO-4")
  void a_sweep_ends_between_two_commits_when_it_is_to_stop() {
    manyWait();
    bench.signIn(Shop.CLARA);
    Stop stop = new Stop();

    try (Engage stopped = nodeWith(stop::come)) {
      jobOf(stopped).run(stop);
    }

    assertThat(offersMade()).isEqualTo(AT_ONCE);
  }

  @Test
  @Tag("PO-4")
  void what_a_commit_has_set_off_ends_between_two_commits_when_the_node_is_closed() {
    manyWait();
    List<Engage> closed = new ArrayList<>();
    closed.add(nodeWith(() -> closed.get(0).close()));

    closed.get(0).deskOf(Shop.CLARA).queue().signIn();
    bench.settle();

    assertThat(offersMade()).isEqualTo(AT_ONCE);
  }

  @Test
  void nobody_is_offered_more_who_has_left_the_inbox_meanwhile() {
    manyWait();
    bench.signIn(Shop.CLARA);

    try (Engage node = nodeWith(() -> bench.setUp(it -> it.members(List.of(Member.of("dirk")))))) {
      node.distribution().workOff();
    }

    assertThat(offersMade()).isEqualTo(AT_ONCE);
  }

  @Test
  void nothing_more_is_offered_where_that_was_switched_off_meanwhile() {
    manyWait();
    bench.signIn(Shop.CLARA);

    try (Engage node = nodeWith(() -> bench.setUp(it -> it.strategy(null)))) {
      node.distribution().workOff();
    }

    assertThat(offersMade()).isEqualTo(AT_ONCE);
    assertThat(bench.state("wheel" + AT_ONCE)).isEqualTo(QueueState.QUEUED);
  }
}
