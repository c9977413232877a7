package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.EventQueue;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link EventQueue} must do: listeners hear of everything. Extend it and return an
 * empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("PO-5")
public abstract class EventQueueContract {
  private Shop shop;
  private EventQueue events;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    events = shop.storage().events();
  }

  @Test
  void nothing_waits_in_an_empty_storage() {
    assertThat(events.undelivered(10)).isEmpty();
  }

  @Test
  void every_committed_entry_waits_in_the_order_of_commits() {
    AuditEntry first = entry();
    AuditEntry second = entry();
    AuditEntry third = entry();

    shop.keep(second, first);
    shop.keep(third);

    assertThat(events.undelivered(10)).containsExactly(second, first, third);
  }

  @Test
  void whoever_waits_for_the_end_of_a_commit_is_woken_once_and_can_see_it() {
    AuditEntry entry = entry();
    List<List<AuditEntry>> seen = new ArrayList<>();
    shop.keep(entry);

    events.afterCommit(() -> seen.add(events.undelivered(10)));

    assertThat(seen).containsExactly(List.of(entry));
  }

  @Test
  void where_the_host_has_begun_no_transaction_none_is_open() {
    shop.keep(entry());

    assertThat(events.isHostsTransactionOpen()).isFalse();
  }

  @Test
  void at_most_as_many_come_as_are_asked_for_and_those_first() {
    AuditEntry first = entry();
    AuditEntry second = entry();
    shop.keep(first, second, entry());

    assertThat(events.undelivered(2)).containsExactly(first, second);
  }

  @Test
  void what_is_not_confirmed_comes_again() {
    shop.keep(entry(), entry());

    List<AuditEntry> once = events.undelivered(10);

    assertThat(events.undelivered(10)).isEqualTo(once).hasSize(2);
  }

  @Test
  void what_is_confirmed_does_not_come_again() {
    AuditEntry first = entry();
    AuditEntry second = entry();
    AuditEntry third = entry();
    shop.keep(first, second, third);

    events.delivered(List.of(first.id(), third.id()));

    assertThat(events.undelivered(10)).containsExactly(second);
  }

  @Test
  void unknown_and_confirmed_ones_are_passed_over() {
    AuditEntry first = entry();
    AuditEntry second = entry();
    shop.keep(first, second);
    events.delivered(List.of(first.id()));

    events.delivered(List.of(first.id(), AuditEntryId.of("unknown")));
    events.delivered(List.of());

    assertThat(events.undelivered(10)).containsExactly(second);
  }

  @Test
  void confirming_an_event_leaves_the_audit_trail_as_it_is() {
    AuditEntry entry = entry();
    shop.keep(entry);

    events.delivered(List.of(entry.id()));

    assertThat(shop.storage().audit().newest(10)).containsExactly(entry);
  }

  @Test
  void a_change_that_was_refused_tells_nobody_anything() {
    shop.keep(Sample.conversation("c1"));
    events.delivered(events.undelivered(10).stream().map(AuditEntry::id).toList());

    assertThatThrownBy(() -> shop.keep(Sample.conversation("c1"))).isInstanceOf(StaleVersion.class);

    assertThat(events.undelivered(10)).isEmpty();
  }

  @RepeatedTest(3)
  void while_many_commit_no_event_is_lost() {
    Race.run(
        8,
        () -> {
          for (int i = 0; i < 50; i++) {
            shop.keep(entry());
          }
          return true;
        });

    assertThat(events.undelivered(1000)).hasSize(400).doesNotHaveDuplicates();
  }

  @RepeatedTest(3)
  void while_many_change_one_conversation_its_events_wait_in_the_order_in_which_it_was_changed() {
    shop.keep(Sample.conversation("c1"));

    Race.run(
        8,
        () -> {
          for (int i = 0; i < 25; i++) {
            changeOnce();
            shop.keep(entry());
          }
          return true;
        });

    List<String> versions =
        events.undelivered(1000).stream()
            .map(each -> each.id().value())
            .filter(id -> id.startsWith("version-"))
            .toList();
    assertThat(versions)
        .isEqualTo(IntStream.rangeClosed(2, 201).mapToObj(i -> "version-" + i).toList());
    assertThat(shop.storage().audit().ofConversation(ConversationId.of("c1")))
        .extracting(each -> each.id().value())
        .isEqualTo(versions);
  }

  /** The entry says which version the conversation has after this. */
  private void changeOnce() {
    for (int attempt = 0; attempt < 10_000; attempt++) {
      Conversation read = shop.conversation("c1");
      AuditEntry entry =
          Sample.entry(
              "version-" + (read.version() + 1),
              AuditSubject.of(read.inbox(), read.id()),
              new AuditFact.Completed());
      try {
        shop.commit(InboxChange.builder().conversations(List.of(read)).audit(List.of(entry)));
        return;
      } catch (StaleVersion somebodyWasFaster) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("A conversation could not be changed in 10,000 attempts");
  }

  private AuditEntry entry() {
    return shop.entry(AuditSubject.NONE);
  }
}
