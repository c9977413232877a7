package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditLink;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.message.MessageId;
import io.engage.spi.AuditTrail;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AuditTrail} must do: complete, in order, never changed. Extend it and return an
 * empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-10")
public abstract class AuditTrailContract {
  private static final ConversationId STRAP = ConversationId.of("watch-strap");
  private static final AuditSubject WHOLE = AuditSubject.of(Sample.workshop().id(), STRAP);

  private Shop shop;
  private AuditTrail trail;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    trail = shop.storage().audit();
    shop.storage()
        .inboxes()
        .commit(
            shop.change()
                .conversations(List.of(Sample.conversation("watch-strap")))
                .messages(
                    List.of(Sample.mail("m1", "watch-strap"), Sample.mail("m2", "watch-strap")))
                .build());
  }

  @Test
  void a_conversation_has_its_own_entries_and_those_of_its_messages_in_order() {
    AuditEntry first = shop.entry(of("m1"));
    AuditEntry second = shop.entry(WHOLE);
    AuditEntry third = shop.entry(of("m2"));
    AuditEntry last = shop.entry(WHOLE);

    shop.keep(first, second);
    shop.keep(shop.entry(AuditSubject.of(Sample.workshop().id(), ConversationId.of("other"))));
    shop.keep(third);
    shop.keep(last);

    assertThat(trail.ofConversation(STRAP)).containsExactly(first, second, third, last);
  }

  @Test
  void a_message_has_its_own_entries_and_those_of_its_conversation_as_a_whole() {
    AuditEntry received = shop.entry(of("m1"));
    AuditEntry assigned = shop.entry(WHOLE);
    AuditEntry sibling = shop.entry(of("m2"));
    AuditEntry read = shop.entry(of("m1"));

    shop.keep(received, assigned, sibling);
    shop.keep(read);

    assertThat(trail.ofMessage(MessageId.of("m1"))).containsExactly(received, assigned, read);
    assertThat(trail.ofMessage(MessageId.of("m2"))).containsExactly(assigned, sibling);
  }

  @Test
  void what_happened_within_one_moment_keeps_its_order() {
    List<AuditEntry> many = IntStream.range(0, 300).mapToObj(i -> shop.entry(WHOLE)).toList();

    shop.keep(many.toArray(AuditEntry[]::new));

    assertThat(trail.ofConversation(STRAP)).containsExactlyElementsOf(many);
  }

  @Test
  void a_long_trail_is_told_in_portions_that_leave_nothing_out() {
    List<AuditEntry> entries =
        IntStream.range(0, 9)
            .mapToObj(i -> shop.entry(i % 3 == 0 ? of("m1") : i % 3 == 1 ? WHOLE : of("m2")))
            .toList();
    List<AuditEntry> ofFirst =
        entries.stream().filter(each -> !of("m2").equals(each.subject())).toList();
    shop.keep(entries.toArray(AuditEntry[]::new));
    MessageId first = MessageId.of("m1");

    assertThat(portions(4, after -> trail.ofConversation(STRAP, after, 4)))
        .isEqualTo(List.of(entries.subList(0, 4), entries.subList(4, 8), entries.subList(8, 9)));
    assertThat(portions(3, after -> trail.ofMessage(first, after, 3)))
        .isEqualTo(List.of(ofFirst.subList(0, 3), ofFirst.subList(3, 6), List.of()));
    assertThat(trail.ofMessage(MessageId.of("unknown"), null, 3)).isEmpty();
  }

  /** At most a few, for stores that begin anew each time. */
  private static List<List<AuditEntry>> portions(
      int size, Function<@Nullable AuditEntryId, List<AuditEntry>> portionAfter) {
    List<List<AuditEntry>> all = new ArrayList<>();
    AuditEntryId last = null;
    List<AuditEntry> some;
    do {
      some = portionAfter.apply(last);
      all.add(some);
      last = some.isEmpty() ? last : some.get(some.size() - 1).id();
    } while (some.size() == size && all.size() < 5);
    return all;
  }

  @Test
  void what_is_unknown_has_no_trail() {
    assertThat(trail.ofConversation(ConversationId.of("unknown"))).isEmpty();
    assertThat(trail.ofMessage(MessageId.of("unknown"))).isEmpty();
  }

  @Test
  void the_newest_entries_of_everything_come_newest_first() {
    AuditEntry first = shop.entry(WHOLE);
    AuditEntry second = shop.entry(AuditSubject.NONE);
    AuditEntry third = shop.entry(AuditSubject.of(Sample.sales().id()));

    shop.keep(first, second);
    shop.keep(third);

    assertThat(trail.newest(2)).containsExactly(third, second);
    assertThat(trail.newest(100)).startsWith(third, second, first).hasSize(4);
  }

  @Test
  void every_fact_is_found_as_it_was_stored() {
    List<AuditEntry> entries =
        SampleFacts.every().stream().map(fact -> shop.entry(WHOLE, fact)).toList();

    shop.keep(entries.toArray(AuditEntry[]::new));

    assertThat(trail.ofConversation(STRAP)).containsExactlyElementsOf(entries);
  }

  @Test
  void who_and_when_are_found_as_they_were_stored() {
    AuditEntry byLibrary =
        new AuditEntry(
            AuditEntryId.of("by-library"),
            Sample.MONDAY.plusSeconds(86_400),
            Actor.RECEIVING,
            WHOLE,
            new AuditFact.MarkedRead());

    shop.keep(byLibrary);

    assertThat(trail.ofConversation(STRAP)).containsExactly(byLibrary);
  }

  @Test
  void an_empty_chain_has_no_links() {
    AuditTrail empty = emptyStorage().audit();

    assertThat(empty.chainAfter(0, 10)).isEmpty();
    assertThat(empty.findLast()).isEmpty();
  }

  @Test
  void every_entry_stands_in_the_chain_in_the_order_of_commits_and_sealed_with_the_one_before() {
    List<AuditEntry> first = List.of(shop.entry(WHOLE), shop.entry(AuditSubject.NONE));
    AuditEntry second = shop.entry(of("m1"), new AuditFact.HandedBack());

    shop.keep(first.toArray(AuditEntry[]::new));
    shop.keep(second);

    List<AuditLink> chain = trail.chainAfter(0, 100);
    assertThat(chain).extracting(AuditLink::sequence).containsExactly(1L, 2L, 3L, 4L);
    assertThat(chain.subList(1, 4))
        .extracting(AuditLink::entry)
        .containsExactly(first.get(0), first.get(1), second);
    assertThat(chain).isEqualTo(sealed(chain.stream().map(AuditLink::entry).toList()));
  }

  @Test
  void every_fact_is_sealed_as_it_was_committed() {
    List<AuditEntry> entries =
        SampleFacts.every().stream().map(fact -> shop.entry(of("m1"), fact)).toList();

    shop.keep(entries.toArray(AuditEntry[]::new));

    List<AuditLink> chain = trail.chainAfter(0, 1000);
    assertThat(chain.subList(1, chain.size()))
        .extracting(AuditLink::entry)
        .containsExactlyElementsOf(entries);
    assertThat(chain).isEqualTo(sealed(chain.stream().map(AuditLink::entry).toList()));
  }

  @Test
  void a_chain_is_read_in_pieces_and_its_last_link_at_once() {
    IntStream.range(0, 9).forEach(i -> shop.keep(shop.entry(WHOLE)));

    List<AuditLink> pieces =
        Stream.of(0, 4, 8).flatMap(from -> trail.chainAfter(from, 4).stream()).toList();

    assertThat(pieces).isEqualTo(trail.chainAfter(0, Integer.MAX_VALUE)).hasSize(10);
    assertThat(trail.findLast()).contains(pieces.get(9));
    assertThat(trail.chainAfter(10, 4)).isEmpty();
    assertThat(trail.chainAfter(Long.MAX_VALUE, 4)).isEmpty();
  }

  @Test
  void a_moment_is_sealed_as_exactly_as_it_is_kept() {
    AuditEntry exact =
        new AuditEntry(
            AuditEntryId.of("exact"),
            Sample.MONDAY.plusNanos(123_456_789),
            Actor.agent(Sample.clara()),
            WHOLE,
            new AuditFact.SendPostponed("busy", Sample.MONDAY.plusNanos(987_654_000)));

    shop.keep(exact);

    assertThat(trail.findLast().map(AuditLink::entry)).contains(exact);
    assertThat(trail.chainAfter(0, 2))
        .isEqualTo(sealed(trail.chainAfter(0, 2).stream().map(AuditLink::entry).toList()));
  }

  @Test
  void a_change_that_was_refused_leaves_no_link() {
    assertThatThrownBy(() -> shop.keep(Sample.conversation("watch-strap")))
        .isInstanceOf(StaleVersion.class);

    assertThat(trail.chainAfter(0, 10)).hasSize(1);
  }

  @RepeatedTest(3)
  void while_many_commit_there_is_one_chain_without_gaps() {
    Race.run(
        8,
        () -> {
          for (int i = 0; i < 25; i++) {
            shop.keep(shop.entry(WHOLE), shop.entry(AuditSubject.NONE));
          }
          return true;
        });

    List<AuditLink> chain = trail.chainAfter(0, 1000);
    assertThat(chain).hasSize(401);
    assertThat(chain).isEqualTo(sealed(chain.stream().map(AuditLink::entry).toList()));
  }

  /** As a store has to seal them. */
  private static List<AuditLink> sealed(List<AuditEntry> entries) {
    List<AuditLink> chain = new ArrayList<>();
    for (AuditEntry entry : entries) {
      chain.add(chain.isEmpty() ? AuditLink.first(entry) : chain.get(chain.size() - 1).next(entry));
    }
    return chain;
  }

  private static AuditSubject of(String message) {
    return AuditSubject.of(Sample.workshop().id(), STRAP, MessageId.of(message));
  }
}
