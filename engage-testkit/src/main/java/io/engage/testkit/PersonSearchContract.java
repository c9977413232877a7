package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.address.NamedAddress;
import io.engage.model.campaign.CampaignAttachment;
import io.engage.model.campaign.CampaignId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Page;
import io.engage.model.customer.Person;
import io.engage.model.mailbox.HeldMail;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.message.BlobUse;
import io.engage.model.message.BlobUse.By;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.FileName;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxTask;
import io.engage.model.writing.Composition;
import io.engage.model.writing.Draft;
import io.engage.model.writing.DraftId;
import io.engage.model.writing.SentDraft;
import io.engage.spi.PersonSearch;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The promises of {@link PersonSearch}. Extend it, and return a storage that holds nothing.
 *
 * <p>It has a test for each promise.
 */
@Tag("PO-1")
@Tag("PO-6")
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class PersonSearchContract {
  private static final NamedAddress ANAS_ADDRESS = NamedAddress.of("ana@example.com");
  private static final NamedAddress CLEO = NamedAddress.of("Cleo", "cleo@example.net");

  private Shop shop;
  private PersonSearch persons;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    persons = shop.storage().persons();
  }

  @Test
  void nothing_is_held_on_anybody_when_there_is_nothing() {
    assertThat(persons.conversations(ana(), null, 10)).isEmpty();
    assertThat(persons.besides(List.of(ConversationId.of("c1")))).isEmpty();
    assertThat(persons.messagesOf(ConversationId.of("c1"), null, 10)).isEmpty();
    assertThat(persons.drafts(ana(), null, 10)).isEmpty();
    assertThat(persons.usesOf(List.of(Sample.blob("a file").digest()), List.of())).isEmpty();
    assertThat(persons.owedFor(List.of(MessageId.of("m1")))).isEmpty();
    assertThat(persons.olderThan(Sample.workshop().id(), Instant.MAX, Page.Request.first(10)))
        .isEqualTo(new Page<>(List.of(), null));
  }

  @Test
  void conversations_are_found_by_customer_participant_and_copies_empty_ones_too() {
    shop.keep(
        stranger("a").linkedTo(Sample.ana()).holding(0, 0).make(),
        stranger("b").with(Sample.ana().addresses().get(0)).make(),
        stranger("c")
            .with(Conversation.Exchange.NONE.withCopies(List.of(), List.of(ANAS_ADDRESS)))
            .make(),
        stranger("d").make());

    assertThat(conversations(ana())).containsExactly("a", "b", "c");
  }

  @Test
  void conversations_are_found_by_what_their_messages_say_deleted_ones_too_in_any_case() {
    shop.keep(stranger("a").make(), stranger("b").make());
    shop.keep(SampleMail.of("m1").in("a").deleted().make());
    Person inCapitals = Person.at(NamedAddress.of("ANA@EXAMPLE.COM").address());

    assertThat(conversations(inCapitals)).containsExactly("a");
    assertThat(conversations(Person.at(CLEO.address()))).containsExactly("a", "b");
  }

  @Test
  void who_is_no_longer_named_is_found_no_longer() {
    shop.keep(stranger("a").linkedTo(Sample.ana()).make());
    shop.keep(SampleMail.of("m1").in("a").make());

    shop.keep(shop.conversation("a").erased());
    shop.keep(shop.message("m1").erased(Sample.blob("tombstone")));

    assertThat(conversations(ana())).isEmpty();
    assertThat(persons.messagesOf(ConversationId.of("a"), null, 10)).isEmpty();
    assertThat(
            persons.olderThan(Sample.workshop().id(), Instant.MAX, Page.Request.first(10)).items())
        .isEmpty();
  }

  @Test
  void one_of_two_messages_that_name_somebody_is_enough() {
    shop.keep(stranger("a").make());
    shop.keep(SampleMail.of("m1").in("a").make(), SampleMail.of("m2").in("a").make());

    shop.keep(shop.message("m1").erased(Sample.blob("tombstone")));

    assertThat(conversations(ana())).containsExactly("a");
  }

  @Test
  void conversations_come_in_pages_in_ascending_order() {
    for (int i = 9; i >= 0; i--) {
      shop.keep(stranger("c" + i).linkedTo(Sample.ana()).make());
    }

    assertThat(conversations(ana()))
        .containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9");
    assertThat(persons.conversations(ana(), ConversationId.of("c7"), 10))
        .extracting(each -> each.id().value())
        .containsExactly("c8", "c9");
  }

  @Test
  @Tag("G-23")
  void side_threads_are_found_by_the_conversation_beside_which_they_are_led() {
    shop.keep(
        stranger("main").make(),
        stranger("side")
            .with(Conversation.Exchange.NONE.besides(ConversationId.of("main")))
            .make());

    assertThat(persons.besides(List.of(ConversationId.of("main"), ConversationId.of("side"))))
        .containsExactly(shop.conversation("side"));
  }

  @Test
  void all_messages_of_a_conversation_come_in_pages_in_ascending_order_deleted_ones_too() {
    shop.keep(
        SampleMail.of("m3").in("a").make(),
        SampleMail.of("m1").in("a").deleted().make(),
        SampleMail.of("m2").in("a").make(),
        SampleMail.of("m4").in("b").make());

    assertThat(messages("a", null, 2)).containsExactly("m1", "m2");
    assertThat(messages("a", "m2", 2)).containsExactly("m3");
    assertThat(messages("a", "m3", 2)).isEmpty();
  }

  @Test
  void drafts_are_found_by_whom_they_are_to_in_pages() {
    shop.storage().drafts().save(draft("d2", Composition.empty().to(ANAS_ADDRESS)));
    shop.storage()
        .drafts()
        .save(draft("d1", Composition.empty().withCopies(List.of(), List.of(ANAS_ADDRESS))));
    shop.storage().drafts().save(draft("d3", Composition.empty().to(CLEO)));

    assertThat(persons.drafts(ana(), null, 10))
        .extracting(each -> each.id().value())
        .containsExactly("d1", "d2");
    assertThat(persons.drafts(ana(), DraftId.of("d1"), 10))
        .extracting(each -> each.id().value())
        .containsExactly("d2");
    assertThat(persons.drafts(ana(), null, 1)).hasSize(1);
  }

  @Test
  @Tag("IN-12")
  void what_needs_bytes_is_known_for_every_sort_of_thing() {
    shop.keep(
        SampleMail.of("m1").madeOf("shown").make(),
        SampleMail.of("m2").madeOf("deleted").deleted().make());
    shop.storage().drafts().save(draft("d1", withFile("a drawing")));
    shop.commit(
        shop.change()
            .document(
                new SentDraft(MessageId.of("m1"), draft("d2", withFile("a drawing of before")), 0))
            .document(held("held"))
            .document(prices())
            .document(SampleDocuments.note("n1", "a")));
    shop.keep(quarantined("in quarantine"));
    shop.keep(Sample.imported(8, "m1"));

    assertThat(
            uses(
                "shown",
                "deleted",
                "a drawing",
                "a drawing of before",
                "held",
                "in quarantine",
                "prices",
                "mail 8",
                "nothing"))
        .containsExactlyInAnyOrder(
            use("shown", By.SHOWN_MESSAGE),
            use("deleted", By.DELETED_MESSAGE),
            use("a drawing", By.DRAFT),
            use("a drawing of before", By.SENT_DRAFT),
            use("held", By.HELD_MAIL),
            use("in quarantine", By.QUARANTINED_MAIL),
            use("prices", By.CAMPAIGN_FILE));
  }

  @Test
  @Tag("IN-12")
  void what_needs_bytes_no_longer_is_not_counted_any_more() {
    shop.keep(SampleMail.of("m1").madeOf("mail").make());
    shop.storage().drafts().save(draft("d1", withFile("discarded")));
    Draft edited = shop.storage().drafts().save(draft("d2", withFile("taken out")));
    HeldMail held = held("held");
    CampaignAttachment prices = prices();
    shop.commit(shop.change().document(held).document(prices));
    shop.keep(quarantined("in quarantine"));

    shop.keep(shop.message("m1").erased(Sample.blob("mail")));
    shop.storage().drafts().discard(DraftId.of("d1"));
    shop.storage().drafts().save(edited.withContent(Composition.empty(), Sample.MONDAY));
    shop.commit(shop.change().dropDocuments(List.of(held.key(), prices.key())));
    shop.keep(Sample.imported(9, "m1"));

    assertThat(uses("mail", "discarded", "taken out", "held", "in quarantine", "prices")).isEmpty();
  }

  @Test
  @Tag("IN-12")
  void
      however_many_need_the_same_bytes_the_answer_is_short_and_leaves_out_whoever_does_not_count() {
    List<Message> equal =
        IntStream.range(0, 300)
            .mapToObj(i -> SampleMail.of("m" + i).madeOf("ok thanks").make())
            .toList();
    shop.commit(shop.change().messages(equal));
    shop.keep(
        SampleMail.of("x1").madeOf("hello").make(),
        SampleMail.of("x2").madeOf("hello").deleted().make());
    List<ContentDigest> digests =
        List.of(
            Sample.blob("ok thanks").digest(),
            Sample.blob("hello").digest(),
            Sample.blob("hello").digest());

    assertThat(persons.usesOf(digests, List.of(MessageId.of("m0"), MessageId.of("x1"))))
        .containsExactlyInAnyOrder(
            use("ok thanks", By.SHOWN_MESSAGE), use("hello", By.DELETED_MESSAGE));
    assertThat(persons.usesOf(digests, equal.stream().map(Message::id).toList()))
        .containsExactlyInAnyOrder(
            use("hello", By.SHOWN_MESSAGE), use("hello", By.DELETED_MESSAGE));
  }

  @Test
  @Tag("G-30")
  void what_is_owed_for_messages_is_found_claimed_or_not() {
    shop.keep(copyToSent("o1", "m1"), copyToSent("o2", "m2"), copyToSent("o3", "m3"));
    shop.keep(Sample.markSeen("o4", Sample.MONDAY));
    shop.storage().outbox().claim(1, Sample.MONDAY, Sample.MONDAY.plusSeconds(60));

    List<OutboxEntry> owed =
        persons.owedFor(List.of(MessageId.of("m1"), MessageId.of("m2"), MessageId.of("none")));

    assertThat(owed).extracting(each -> each.id().value()).containsExactlyInAnyOrder("o1", "o2");
  }

  @Test
  void what_is_older_than_a_moment_comes_oldest_first_in_pages_deleted_ones_too() {
    shop.keep(
        SampleMail.of("new").at(Sample.MONDAY.plusSeconds(3)).make(),
        SampleMail.of("b").at(Sample.MONDAY.plusSeconds(1)).make(),
        SampleMail.of("a").at(Sample.MONDAY.plusSeconds(1)).deleted().make(),
        SampleMail.of("old").at(Sample.MONDAY).make(),
        SampleMail.of("elsewhere").to(Sample.sales()).at(Sample.MONDAY).make());
    Instant before = Sample.MONDAY.plusSeconds(3);

    List<List<Message>> pages =
        Shop.pages(2, page -> persons.olderThan(Sample.workshop().id(), before, page));

    assertThat(pages).extracting(List::size).containsExactly(2, 1);
    assertThat(pages.stream().flatMap(List::stream))
        .extracting(each -> each.id().value())
        .containsExactly("old", "a", "b");
  }

  private List<String> conversations(Person person) {
    List<String> ids = new ArrayList<>();
    @Nullable ConversationId after = null;
    List<Conversation> page = persons.conversations(person, null, 3);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(3);
      for (Conversation each : page) {
        assertThat(ids)
            .as("each conversation stands on one page")
            .doesNotContain(each.id().value());
        ids.add(each.id().value());
        after = each.id();
      }
      page = persons.conversations(person, after, 3);
    }
    return ids;
  }

  private List<String> messages(String conversation, @Nullable String after, int limit) {
    return persons
        .messagesOf(
            ConversationId.of(conversation), after == null ? null : MessageId.of(after), limit)
        .stream()
        .map(each -> each.id().value())
        .toList();
  }

  private static Person ana() {
    return new Person(Set.of(Sample.ana().id()), Set.copyOf(Sample.ana().addresses()));
  }

  /** A conversation with Cleo. */
  private static SampleConversation stranger(String id) {
    return SampleConversation.of(id).with(CLEO.address());
  }

  private static Draft draft(String id, Composition content) {
    return new Draft(
        DraftId.of(id),
        Draft.Kind.NEW,
        Sample.workshop().id(),
        null,
        null,
        Sample.clara().id(),
        content,
        Sample.MONDAY,
        0);
  }

  private List<BlobUse> uses(String... texts) {
    return persons.usesOf(
        Stream.of(texts).map(text -> Sample.blob(text).digest()).toList(), List.of());
  }

  private static BlobUse use(String text, By by) {
    return new BlobUse(Sample.blob(text).digest(), by);
  }

  private static Composition withFile(String text) {
    return Composition.empty()
        .withFiles(
            List.of(
                new Composition.File(FileName.of("strap.png"), "image/png", Sample.blob(text))));
  }

  private static CampaignAttachment prices() {
    return new CampaignAttachment(
        "price-list",
        CampaignId.of("spring"),
        FileName.of("prices.pdf"),
        "application/pdf",
        Sample.blob("prices"),
        0);
  }

  private static HeldMail held(String text) {
    return new HeldMail(
        HeldMail.idOf(Sample.workshop().id(), Sample.blob(text), Sample.MONDAY),
        List.of(Sample.uid(7)),
        Sample.workshop().id(),
        HeldMail.Cause.RULE,
        "the rule",
        Sample.blob(text),
        Sample.MONDAY,
        "ads@example.com",
        "Ads",
        0);
  }

  private static LedgerEntry quarantined(String text) {
    return new LedgerEntry(
        Sample.uid(9),
        LedgerEntry.State.QUARANTINED,
        "could not be read",
        List.of(),
        Sample.blob(text),
        Sample.MONDAY);
  }

  private static OutboxEntry copyToSent(String id, String message) {
    return new OutboxEntry(
        OutboxId.of(id),
        Sample.SHOP,
        new OutboxTask.CopyToSent(
            MessageId.of(message),
            RfcMessageId.of(message + "@shop.example"),
            Sample.blob(message),
            Sample.MONDAY),
        Sample.MONDAY,
        0);
  }
}
