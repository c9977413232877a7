package io.engage.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.inbox.InboxId;
import io.engage.spi.EngageListener;
import io.engage.spi.EventQueue;
import io.engage.spi.Storage;
import io.engage.testkit.ManualClock;
import io.engage.testkit.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is told when, where the listener fails and where several nodes have something to tell. */
@Tag("PO-5")
@DisplayNameGeneration(ReplaceUnderscores.class)
class TellerTest {
  private final InMemoryStorage storage = InMemoryStorage.create();
  private final ManualClock clock = ManualClock.at(Sample.MONDAY);
  private final List<String> heard = new ArrayList<>();
  private final Set<String> unbearable = new HashSet<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final Teller teller = new Teller(storage, this::hear, clock);

  private void hear(List<AuditEntry> entries) {
    List<String> ids = ids(entries);
    sizes.add(ids.size());
    if (ids.stream().anyMatch(unbearable::contains)) {
      throw new IllegalStateException("That is too much");
    }
    heard.addAll(ids);
  }

  @Test
  void an_event_that_the_listener_cannot_bear_holds_back_its_conversation_and_nothing_else() {
    unbearable.add("bike-1");
    happens("bike-0", "lamp-0", "bike-1", "lamp-1", "bike-2", "lamp-2");

    teller.tell();

    assertThat(heard).containsExactly("bike-0", "lamp-0", "lamp-1", "lamp-2");
    assertThat(waiting()).containsExactly("bike-1", "bike-2");
  }

  @Test
  void a_listener_that_fails_once_at_one_event_hears_everything_in_its_order() {
    List<String> failing = new ArrayList<>(List.of("once"));
    happens("bike-0");
    Teller chancy =
        teller(
            storage,
            entries -> {
              if (!failing.isEmpty()) {
                failing.clear();
                happens("lamp-0");
                throw new IllegalStateException("Just now I am busy");
              }
              hear(entries);
            });

    chancy.tell();

    assertThat(heard).containsExactly("bike-0", "lamp-0");
  }

  @Test
  void what_happened_to_no_conversation_waits_for_its_own_inbox_only() {
    unbearable.add("shop-0");
    keep(
        entry("shop-0", AuditSubject.of(InboxId.of("shop"))),
        entry("workshop-0", AuditSubject.of(InboxId.of("workshop"))),
        entry("shop-1", AuditSubject.of(InboxId.of("shop"))),
        entry("all-0", AuditSubject.NONE),
        entry("bike-0", AuditSubject.of(InboxId.of("shop"), ConversationId.of("bike"))));

    teller.tell();

    assertThat(heard).containsExactly("workshop-0", "all-0", "bike-0");
  }

  @Test
  void a_conversation_that_follows_an_unbearable_event_into_another_inbox_waits_there_too() {
    unbearable.add("bike-0");
    keep(
        entry("bike-0", AuditSubject.of(InboxId.of("shop"), ConversationId.of("bike"))),
        entry("bike-1", AuditSubject.of(InboxId.of("workshop"), ConversationId.of("bike"))));

    teller.tell();

    assertThat(heard).isEmpty();
  }

  @Test
  void what_was_held_back_comes_in_its_order_when_the_listener_bears_it_again() {
    unbearable.add("bike-1");
    happens("bike-0", "bike-1", "lamp-0", "bike-2");
    teller.tell();
    unbearable.clear();

    teller.tryAgain();
    teller.tell();

    assertThat(heard).containsExactly("bike-0", "lamp-0", "bike-1", "bike-2");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void thousands_of_events_behind_an_unbearable_one_keep_nobody_else_waiting() {
    unbearable.add("bike-0");
    happens(numbered("bike", 4_000));
    happens("lamp-0");

    teller.tell();

    assertThat(heard).containsExactly("lamp-0");
    assertThat(waiting()).hasSize(4_000);
  }

  @Test
  void more_unbearable_events_than_are_held_back_at_once_let_the_others_pass_after_some_rounds() {
    happens(
        IntStream.range(0, 20)
            .mapToObj(i -> "bike%d-0".formatted(i))
            .peek(unbearable::add)
            .toArray(String[]::new));
    happens("lamp-0");

    IntStream.range(0, 20)
        .forEach(
            round -> {
              teller.tryAgain();
              teller.tell();
            });

    assertThat(heard).containsExactly("lamp-0");
    unbearable.clear();
    teller.tryAgain();
    teller.tell();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void a_listener_that_bears_nothing_is_left_alone_after_a_few_attempts() {
    String[] all = IntStream.range(0, 900).mapToObj("bike%d-0"::formatted).toArray(String[]::new);
    unbearable.addAll(Arrays.asList(all));
    happens(all);

    teller.tell();

    assertThat(sizes).hasSizeLessThan(20);
    assertThat(waiting()).hasSize(900);
  }

  @Test
  void after_a_failure_more_and_more_are_told_at_once_again() {
    unbearable.add("bike-0");
    happens("bike-0");
    happens(IntStream.range(0, 900).mapToObj("lamp%d-0"::formatted).toArray(String[]::new));

    teller.tell();

    assertThat(heard).hasSize(900).doesNotHaveDuplicates();
    assertThat(sizes).hasSizeLessThan(30);
  }

  @Test
  void while_one_node_tells_no_other_does() {
    List<String> atTheOther = new ArrayList<>();
    Teller other = teller(storage, entries -> atTheOther.addAll(ids(entries)));
    Teller one =
        teller(
            storage,
            entries -> {
              other.tell();
              hear(entries);
            });
    happens("bike-0", "bike-1");

    one.tell();

    assertThat(atTheOther).isEmpty();
    assertThat(heard).containsExactly("bike-0", "bike-1");
  }

  @Test
  void what_is_committed_as_another_node_ends_telling_is_told_by_that_one() {
    Teller committing = teller(storage, EngageListener.none());
    Storage ending =
        looking(
            found -> {
              if (found.isEmpty() && !heard.contains("bike-1")) {
                happens("bike-1");
                committing.tell();
              }
            });
    happens("bike-0");

    teller(ending, this::hear).tell();

    assertThat(heard).containsExactly("bike-0", "bike-1");
  }

  @Test
  void a_node_that_was_stalled_between_reading_and_telling_says_nothing_old() {
    List<String> atTheOther = new ArrayList<>();
    Teller other = teller(storage, entries -> atTheOther.addAll(ids(entries)));
    List<Integer> looks = new ArrayList<>();
    Storage stalling =
        looking(
            found -> {
              looks.add(found.size());
              if (looks.size() == 2) {
                clock.advance(Teller.LEASE);
                other.tell();
              }
            });
    happens("bike-0");

    teller(stalling, this::hear).tell();

    assertThat(atTheOther).containsExactly("bike-0");
    assertThat(heard).isEmpty();
  }

  @Test
  void what_a_node_was_telling_when_it_died_is_told_by_another_after_a_minute() {
    storage
        .leases()
        .acquire("events", "the node that died", clock.instant(), clock.instant().plusSeconds(60));
    happens("bike-0");
    teller.tell();
    assertThat(heard).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    teller.tell();

    assertThat(heard).containsExactly("bike-0");
  }

  @Test
  void a_node_that_tells_for_long_remains_the_only_one() {
    List<String> atTheOther = new ArrayList<>();
    Teller other = teller(storage, entries -> atTheOther.addAll(ids(entries)));
    Teller one =
        teller(
            storage,
            entries -> {
              clock.advance(Teller.LEASE.dividedBy(2));
              other.tell();
              hear(entries);
            });
    happens(numbered("bike", 5_000));

    one.tell();

    assertThat(atTheOther).isEmpty();
    assertThat(heard).hasSize(5_000);
  }

  private Teller teller(Storage on, EngageListener listener) {
    return new Teller(on, listener, clock);
  }

  private static String[] numbered(String conversation, int count) {
    return IntStream.range(0, count).mapToObj(i -> conversation + "-" + i).toArray(String[]::new);
  }

  private void happens(String... ids) {
    keep(
        Arrays.stream(ids)
            .map(
                id ->
                    entry(
                        id,
                        AuditSubject.of(
                            InboxId.of("shop"),
                            ConversationId.of(id.substring(0, id.indexOf('-'))))))
            .toArray(AuditEntry[]::new));
  }

  private void keep(AuditEntry... entries) {
    storage.inboxes().commit(InboxChange.builder().audit(List.of(entries)).build());
  }

  private static AuditEntry entry(String id, AuditSubject subject) {
    return Sample.entry(id, subject, new AuditFact.Completed());
  }

  private List<String> waiting() {
    return ids(storage.events().undelivered(10_000));
  }

  private static List<String> ids(List<AuditEntry> entries) {
    return entries.stream().map(each -> each.id().value()).toList();
  }

  /** Something happens on another node just after this one has looked. */
  private Storage looking(Consumer<List<AuditEntry>> meanwhile) {
    EventQueue good = storage.events();
    return EventsTest.withEvents(
        storage,
        new EventQueue() {
          @Override
          public boolean isHostsTransactionOpen() {
            return false;
          }

          @Override
          public void afterCommit(Runnable wakeUp) {
            good.afterCommit(wakeUp);
          }

          @Override
          public List<AuditEntry> undelivered(int limit) {
            List<AuditEntry> found = good.undelivered(limit);
            meanwhile.accept(found);
            return found;
          }

          @Override
          public void delivered(Collection<AuditEntryId> ids) {
            good.delivered(ids);
          }
        });
  }
}
