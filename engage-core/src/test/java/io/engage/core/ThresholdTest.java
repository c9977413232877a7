package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditFact.ThresholdCleared;
import io.engage.model.audit.AuditFact.ThresholdCrossed;
import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.ServiceLevel;
import io.engage.model.queue.InboxAlarms;
import io.engage.testkit.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IN-9")
@DisplayNameGeneration(ReplaceUnderscores.class)
class ThresholdTest {
  private final Street street = new Street();

  ThresholdTest() {
    Inbox workshop = stored();
    street.keep(
        workshop.withSettings(
            workshop
                .settings()
                .change()
                .serviceLevel(
                    new ServiceLevel(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(10),
                        Duration.ofHours(1),
                        Duration.ofMinutes(30),
                        2))
                .build()));
  }

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void who_waits_for_too_long_is_told_of_once_and_again_when_it_is_over() {
    arrives(1);
    look();
    street.clock.advance(Duration.ofMinutes(11));
    look();
    look();
    List<AuditFact> crossed = told();

    street.clara.complete(List.of(street.onlyConversation().id()));
    look();

    assertThat(crossed)
        .singleElement()
        .isInstanceOfSatisfying(
            ThresholdCrossed.class,
            fact -> {
              assertThat(fact.threshold()).isEqualTo("longest-wait");
              assertThat(fact.value()).isBetween(660L, 700L);
              assertThat(fact.limit()).isEqualTo(600);
            });
    assertThat(told()).hasSize(2).last().isEqualTo(new ThresholdCleared("longest-wait", 0, 600));
  }

  @Test
  void nothing_is_dropped_or_moved_by_it() {
    arrives(1);
    street.clock.advance(Duration.ofHours(2));
    List<Conversation> before = street.open();

    look();

    assertThat(told()).isNotEmpty();
    assertThat(street.open()).isEqualTo(before);
  }

  @Test
  void too_many_who_wait_and_too_long_a_handling_are_told_of_too() {
    arrives(1);
    arrives(2);
    arrives(3);
    look();
    street.clara.take(street.open().stream().map(Conversation::id).toList());
    look();
    street.clock.advance(Duration.ofMinutes(31));
    look();

    assertThat(told())
        .containsExactly(
            new ThresholdCrossed("most-waiting", 3, 2),
            new ThresholdCleared("most-waiting", 0, 2),
            told().get(2))
        .last()
        .isInstanceOfSatisfying(
            ThresholdCrossed.class,
            fact -> assertThat(fact.threshold()).isEqualTo("longest-handling"));
  }

  @Test
  void it_is_told_of_the_inbox_by_the_part_that_gives_out_work() {
    arrives(1);
    street.clock.advance(Duration.ofMinutes(11));

    look();

    AuditEntry entry = street.storage.audit().newest(1).get(0);
    assertThat(entry.actor()).isEqualTo(Actor.DISTRIBUTION);
    assertThat(entry.subject().inbox()).isEqualTo(Shop.workshop().id());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> street.listener.entries().contains(entry));
  }

  @Test
  void it_is_looked_every_ten_seconds_and_not_in_between() {
    CountingStorage counting = new CountingStorage(street.storage);
    try (Engage node = street.engageOn(counting.storage(), street.mail)) {
      Job job = job(node);
      Instant next = job.run(new Stop());
      int before = counting.steps();

      job.run(new Stop());
      int inBetween = counting.steps();
      street.clock.advance(ThresholdJob.LOOK);
      job.run(new Stop());

      assertThat(next).isEqualTo(street.clock.instant());
      assertThat(inBetween).isEqualTo(before);
      assertThat(counting.steps()).isGreaterThan(inBetween);
    }
  }

  @Test
  void many_nodes_tell_it_once() {
    arrives(1);
    street.clock.advance(Duration.ofMinutes(11));
    List<Engage> nodes = List.of(street.engage, street.builder().build(), street.builder().build());
    AtomicInteger number = new AtomicInteger();

    Race.run(3, () -> job(nodes.get(number.getAndIncrement())).run(new Stop()));

    assertThat(told()).hasSize(1);
    nodes.forEach(Engage::close);
  }

  @Test
  void a_restart_does_not_tell_again_what_lasts() {
    arrives(1);
    street.clock.advance(Duration.ofMinutes(11));
    look();

    try (Engage restarted = street.builder().build()) {
      job(restarted).run(new Stop());
    }

    assertThat(told()).hasSize(1);
  }

  @Test
  @Tag("IN-14")
  void with_the_inbox_goes_what_was_told_of_it() {
    arrives(1);
    street.clock.advance(Duration.ofMinutes(11));
    look();

    street.engage.setupOf(Shop.CLARA).deleteInbox(Shop.workshop().id(), Shop.shop().id());

    assertThat(street.storage.documents().find(List.of(InboxAlarms.keyOf(Shop.workshop().id()))))
        .isEmpty();
  }

  private void arrives(int number) {
    street.arrives(
        number == 1
            ? fromAna("1@customer.example", "Is it ready?")
            : mailFrom("c%d@customer.example".formatted(number), number + "@c.example", "And?"));
    street.sync();
  }

  private void look() {
    street.clock.advance(ThresholdJob.LOOK);
    job(street.engage).run(new Stop());
  }

  private static Job job(Engage node) {
    return node.jobs().stream()
        .filter(each -> each.name().equals("thresholds"))
        .findFirst()
        .orElseThrow();
  }

  private Inbox stored() {
    return street.engage.inboxes().stream()
        .filter(each -> each.id().equals(Shop.workshop().id()))
        .findFirst()
        .orElseThrow();
  }

  /** What is told of thresholds, oldest first. */
  private List<AuditFact> told() {
    return street.storage.audit().chainAfter(0, 1000).stream()
        .map(each -> each.entry().fact())
        .filter(each -> each instanceof ThresholdCrossed || each instanceof ThresholdCleared)
        .toList();
  }
}
