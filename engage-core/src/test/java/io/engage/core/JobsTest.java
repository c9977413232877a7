package io.engage.core;

import static io.engage.core.Street.fromAna;
import static io.engage.core.Street.mailFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.spi.MailSource.MailboxSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PO-3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobsTest {
  private static final Duration YEAR = Duration.ofDays(365);

  private final Street street = new Street();

  @AfterEach
  void close() {
    street.close();
  }

  @Test
  void there_is_one_job_for_each_mailbox_share_of_the_outbox_and_inbox_that_forgets() {
    try (Engage node = street.builder().keepFor(Shop.workshop().id(), YEAR).build()) {
      assertThat(node.jobs())
          .extracting(Job::name)
          .containsExactly(
              "mailbox:shop-mail",
              "outbox:0",
              "outbox:1",
              "outbox:2",
              "outbox:3",
              "distribution",
              "absences",
              "thresholds",
              "agent-messages",
              "retention:" + Shop.workshop().id().value());
    }
  }

  @Test
  void nodes_that_are_set_up_alike_have_equal_jobs() {
    try (Engage other = street.builder().build()) {
      assertThat(other.jobs()).isEqualTo(street.engage.jobs()).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_mailbox_is_watched_until_the_stop_comes_and_then_free_for_others() {
    Stop stop = new Stop();
    CompletableFuture<Instant> watch =
        CompletableFuture.supplyAsync(() -> job(street.engage, "mailbox:shop-mail").run(stop));
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> street.open().size() == 1);

    stop.come();

    assertThat(watch).succeedsWithin(Duration.ofSeconds(20));
    street.arrives(mailFrom("ben@customer.example", "2@customer.example", "And mine?"));
    assertThat(street.sync().imported()).isEqualTo(1);
  }

  @Test
  @Tag("G-8")
  void what_a_dead_node_was_reading_is_read_by_another_at_once_and_it_stops_when_it_wakes_up() {
    MailDesk dead = street.engage.mail();
    dead.lease(Street.ACCOUNT, "north");
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    try (MailboxSession session = dead.open(Street.ACCOUNT);
        Engage other = street.builder().build()) {

      job(other, "mailbox:shop-mail").free();

      int imported = other.mail().sync(Shop.ACCOUNT).imported();
      other.mail().lease(Street.ACCOUNT, "south");
      street.arrives(mailFrom("ben@customer.example", "2@customer.example", "And mine?"));
      assertThat(imported).isEqualTo(1);
      assertThatThrownBy(() -> dead.importAll(Street.ACCOUNT, session, "north", progress -> {}))
          .hasMessageContaining("read by somebody else");
      assertThat(other.mail().importAll(Street.ACCOUNT, session, "south", any -> {}).imported())
          .isZero();
      assertThat(street.open()).hasSize(2);
    }
  }

  @Test
  @Tag("G-8")
  void a_watch_that_was_taken_for_dead_leaves_its_mailbox_to_others() {
    Stop stop = new Stop();
    Job job = job(street.engage, "mailbox:shop-mail");
    CompletableFuture<Instant> watch = CompletableFuture.supplyAsync(() -> job.run(stop));
    street.arrives(fromAna("1@customer.example", "Is it ready?"));
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> hasSynced() && street.open().size() == 1);

    job.free();
    street.arrives(mailFrom("ben@customer.example", "2@customer.example", "And mine?"));
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !hasSynced());

    assertThat(street.sync().imported()).isEqualTo(1);
    stop.come();
    assertThat(watch).succeedsWithin(Duration.ofMinutes(1));
  }

  private boolean hasSynced() {
    return street.engage.mail().health(Shop.ACCOUNT).lastGoodSync() != null;
  }

  @Test
  void a_share_of_the_outbox_is_looked_at_again_soon() {
    Instant next = job(street.engage, "outbox:2").run(new Stop());

    assertThat(next).isAfter(street.clock.instant());
    assertThat(next).isBefore(street.clock.instant().plusSeconds(10));
  }

  @Test
  @Tag("PO-6")
  void an_inbox_forgets_once_a_day_whatever_node_sees_to_it() {
    street.arrives(fromAna("1@customer.example", "My blue bell"));
    street.sync();
    street.clock.advance(Duration.ofHours(12));
    street.arrives(mailFrom("ben@customer.example", "2@ben.example", "My green bell"));
    street.sync();
    try (Engage node = street.builder().keepFor(Shop.workshop().id(), YEAR).build();
        Engage other = street.builder().keepFor(Shop.workshop().id(), YEAR).build()) {
      String name = "retention:" + Shop.workshop().id().value();
      street.clock.advance(YEAR.minus(Duration.ofHours(1)));

      job(node, name).run(new Stop());
      List<String> first = bells();
      street.clock.advance(Duration.ofHours(2));
      job(other, name).run(new Stop());
      List<String> sameDay = bells();
      street.clock.advance(Duration.ofDays(1));
      job(other, name).run(new Stop());

      assertThat(first).containsExactly("green bell");
      assertThat(sameDay).containsExactly("green bell");
      assertThat(bells()).isEmpty();
    }
  }

  @Test
  @Tag("PO-6")
  void forgetting_that_was_stopped_is_gone_on_with_on_the_same_day() {
    street.arrives(fromAna("1@customer.example", "My blue bell"));
    street.sync();
    street.clock.advance(YEAR.plus(Duration.ofDays(1)));
    Stop stop = new Stop();
    stop.come();
    try (Engage node = street.builder().keepFor(Shop.workshop().id(), YEAR).build()) {
      String name = "retention:" + Shop.workshop().id().value();

      job(node, name).run(stop);
      List<String> stopped = bells();
      job(node, name).run(new Stop());

      assertThat(stopped).containsExactly("blue bell");
      assertThat(bells()).isEmpty();
    }
  }

  private List<String> bells() {
    return List.of("blue bell", "green bell").stream()
        .filter(each -> !MemoryGrep.find(each, street.storage, street.blobs).isEmpty())
        .toList();
  }

  @Test
  void nothing_is_kept_for_no_time() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> street.builder().keepFor(Shop.workshop().id(), Duration.ZERO));
  }

  @Test
  @Tag("G-10")
  void an_account_is_compared_with_its_server_once_a_day() {
    MailDesk desk = street.engage.mail();
    desk.lease(Street.ACCOUNT, "north");
    try (MailboxSession session = desk.open(Street.ACCOUNT)) {
      street.arrives(fromAna("1@customer.example", "Not yet known"));
      desk.reconcileDaily(Street.ACCOUNT, session, "north");
      int firstDay = street.open().size();
      street.clock.advance(Duration.ofDays(1));
      desk.reconcileDaily(Street.ACCOUNT, session, "north");
      int secondDay = street.open().size();
      street.arrives(mailFrom("ben@customer.example", "2@ben.example", "Nor this"));
      desk.reconcileDaily(Street.ACCOUNT, session, "north");

      assertThat(firstDay).isZero();
      assertThat(secondDay).isEqualTo(1);
      assertThat(street.open()).hasSize(1);
    }
  }

  @Test
  @Tag("G-10")
  void what_a_dead_node_was_comparing_is_compared_by_another_at_once() {
    MailDesk desk = street.engage.mail();
    desk.lease(Street.ACCOUNT, "north");
    try (MailboxSession session = desk.open(Street.ACCOUNT)) {
      desk.reconcileDaily(Street.ACCOUNT, session, "north");
      street.clock.advance(Duration.ofDays(1));
      Instant now = street.clock.instant();
      street.storage.leases().acquire("reconcile:shop-mail", "dead", now, now.plusSeconds(600));
      street.arrives(fromAna("1@customer.example", "Not yet known"));

      job(street.engage, "mailbox:shop-mail").free();

      desk.lease(Street.ACCOUNT, "south");
      desk.reconcileDaily(Street.ACCOUNT, session, "south");
      assertThat(street.open()).hasSize(1);
    }
  }

  @Test
  void whoever_waits_for_a_stop_is_woken_by_it_also_afterwards() {
    Stop stop = new Stop();
    StringBuilder woken = new StringBuilder();
    stop.whenItComes(() -> woken.append("early "));

    boolean before = stop.comesWithin(1, TimeUnit.MILLISECONDS);
    stop.come();
    stop.come();
    stop.whenItComes(() -> woken.append("late"));

    assertThat(before).isFalse();
    assertThat(stop.comesWithin(1, TimeUnit.HOURS)).isTrue();
    assertThat(woken).hasToString("early late");
  }

  private static Job job(Engage node, String name) {
    return node.jobs().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
