package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.AuditTrail;
import io.engage.spi.Storage;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
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
    List<AuditEntry> entries = everyFact().map(fact -> shop.entry(WHOLE, fact)).toList();

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

  private static AuditSubject of(String message) {
    return AuditSubject.of(Sample.workshop().id(), STRAP, MessageId.of(message));
  }

  private static Stream<AuditFact> everyFact() {
    CustomerId ana = Sample.ana().id();
    return Stream.of(
        new AuditFact.Imported(Sample.SHOP_FOLDER, 4_294_967_295L, 1, 2, 3, 4),
        new AuditFact.FolderRenumbered(Sample.SHOP_FOLDER, 1, 4_294_967_295L),
        new AuditFact.Quarantined(Sample.uid(1), "it “broke”"),
        new AuditFact.Received("person", "nothing says otherwise"),
        new AuditFact.ConversationOpened("new"),
        new AuditFact.ConversationJoined("In-Reply-To"),
        new AuditFact.FiledUnder("the mail it is about"),
        new AuditFact.LinkedToCustomer(ana, "same address"),
        new AuditFact.CustomerCreated(ana),
        new AuditFact.Assigned(Sample.clara().id(), "Clara Contreras"),
        new AuditFact.HandedBack(),
        new AuditFact.Completed(),
        new AuditFact.Reopened("the customer wrote again"),
        new AuditFact.MarkedRead(),
        new AuditFact.MarkedUnread(),
        new AuditFact.Deleted(),
        new AuditFact.ReplyQueued(RfcMessageId.of("reply@shop.example"), 2),
        new AuditFact.Sent("250 2.0.0", 2),
        new AuditFact.SendPostponed("451 4.7.1", Sample.MONDAY),
        new AuditFact.SendFailed("550 5.1.1", 1),
        new AuditFact.SendInDoubt("the connection broke"),
        new AuditFact.Bounced("5.1.1", true),
        new AuditFact.DoneOnServer("mark-seen", 3),
        new AuditFact.ServerTaskPostponed("mark-seen", "timeout"),
        new AuditFact.ServerTaskPostponed("delete-on-server", "refused"),
        new AuditFact.InboxConfigured("Workshop", List.of()),
        new AuditFact.ActionRefused("reply", "not a member"));
  }
}
