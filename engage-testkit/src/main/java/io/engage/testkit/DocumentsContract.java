package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditSubject;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.writing.Note;
import io.engage.spi.Documents;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Documents} must do: each kind of document comes back as it was stored, and
 * changes with the rest of its commit or not at all. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-8")
public abstract class DocumentsContract {
  private static final DocumentKey.Kind NOTE = DocumentKey.Kind.NOTE;

  private Shop shop;
  private Documents documents;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    documents = shop.storage().documents();
  }

  @Test
  void every_kind_is_found_as_it_was_stored_with_the_next_version() {
    List<Document> all = SampleDocuments.every();

    shop.commit(shop.change().documents(all));

    assertThat(documents.find(keysOf(all)))
        .containsExactlyInAnyOrderElementsOf(all.stream().map(each -> next(each)).toList());
    assertThat(all)
        .allSatisfy(
            each ->
                assertThat(documents.ofOwner(each.key().kind(), each.owner(), "", 10))
                    .containsExactly(next(each)));
  }

  @Test
  void what_is_not_there_is_not_found() {
    shop.commit(shop.change().documents(List.of(note("n1"))));

    assertThat(documents.find(List.of())).isEmpty();
    assertThat(documents.find(List.of(new DocumentKey(NOTE, "other")))).isEmpty();
    assertThat(documents.find(List.of(new DocumentKey(DocumentKey.Kind.RATING, "n1")))).isEmpty();
    assertThat(documents.ofOwner(DocumentKey.Kind.RATING, "strap", "", 10)).isEmpty();
    assertThat(documents.ofOwner(NOTE, "", "", 10)).isEmpty();
  }

  @Test
  void a_key_that_is_asked_for_twice_is_found_once() {
    shop.commit(shop.change().documents(List.of(note("n1"))));
    DocumentKey key = note("n1").key();

    assertThat(documents.find(List.of(key, key))).hasSize(1);
  }

  @Test
  void keys_are_told_apart_by_case_and_accents() {
    List<Note> alike = List.of(note("n1"), note("N1"), note("ñ1"), note("n1 "));

    shop.commit(shop.change().documents(alike));

    assertThat(documents.find(keysOf(alike))).hasSize(4);
    assertThat(documents.find(List.of(alike.get(1).key()))).containsExactly(next(alike.get(1)));
  }

  @Test
  void an_id_of_two_hundred_characters_is_kept_whole() {
    Note longest = note("é".repeat(200));

    shop.commit(shop.change().documents(List.of(longest)));

    assertThat(documents.find(List.of(longest.key()))).containsExactly(next(longest));
  }

  @Test
  void a_change_replaces_what_was_stored_before_and_it_may_get_another_owner() {
    shop.commit(shop.change().documents(List.of(note("n1"))));

    Note moved = SampleDocuments.note("n1", "bike").withVersion(1);
    shop.commit(shop.change().document(moved));

    assertThat(documents.find(List.of(moved.key()))).containsExactly(moved.withVersion(2));
    assertThat(documents.ofOwner(NOTE, "bike", "", 10)).containsExactly(moved.withVersion(2));
    assertThat(documents.ofOwner(NOTE, "strap", "", 10)).isEmpty();
  }

  @Test
  void the_documents_of_an_owner_come_in_pages_in_the_order_of_their_ids() {
    List<String> ids = List.of("b", "a", "B", "é", "a1", "z", "😀", "\uff5e", "a\u0301");
    shop.commit(shop.change().documents(ids.stream().map(DocumentsContract::note).toList()));
    shop.commit(shop.change().document(SampleDocuments.note("aa", "bike")));

    List<String> paged = new ArrayList<>();
    List<Document> page = documents.ofOwner(NOTE, "strap", "", 2);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(2);
      page.forEach(each -> paged.add(each.key().id()));
      page = documents.ofOwner(NOTE, "strap", paged.get(paged.size() - 1), 2);
    }

    assertThat(paged).containsExactlyElementsOf(ids.stream().sorted().toList());
  }

  @Test
  @Tag("PO-6")
  void the_documents_of_a_kind_come_in_pages_whoever_owns_them() {
    List<Document> notes =
        List.of(
            SampleDocuments.note("a", "bike"),
            note("b"),
            SampleDocuments.note("c", "bike"),
            note("d"));
    shop.commit(shop.change().documents(SampleDocuments.every()));
    List<Document> sample = documents.ofKind(NOTE, "", 10);
    shop.commit(
        shop.change().documents(notes).dropDocuments(sample.stream().map(Document::key).toList()));

    List<Document> first = documents.ofKind(NOTE, "", 3);
    List<Document> rest = documents.ofKind(NOTE, "c", 3);

    assertThat(sample).isNotEmpty().allMatch(each -> each.key().kind() == NOTE);
    assertThat(first)
        .containsExactlyElementsOf(notes.subList(0, 3).stream().map(each -> next(each)).toList());
    assertThat(rest).containsExactly(next(note("d")));
    assertThat(documents.ofKind(NOTE, "d", 3)).isEmpty();
  }

  @Test
  void a_page_goes_on_behind_an_id_that_is_no_longer_there() {
    shop.commit(shop.change().documents(List.of(note("a"), note("b"), note("c"))));
    shop.commit(shop.change().dropDocuments(List.of(note("b").key())));

    assertThat(documents.ofOwner(NOTE, "strap", "b", 10)).containsExactly(next(note("c")));
  }

  @Test
  void nothing_is_stored_when_a_new_document_exists_already() {
    shop.commit(shop.change().document(note("n1")));

    assertNothingIsStoredOf(note("n1"));
  }

  @Test
  void nothing_is_stored_when_a_document_was_changed_in_between() {
    shop.commit(shop.change().document(note("n1")));
    shop.commit(shop.change().document(note("n1").withVersion(1)));

    assertNothingIsStoredOf(note("n1").withVersion(1));
  }

  @Test
  void nothing_is_stored_when_a_changed_document_does_not_exist() {
    assertNothingIsStoredOf(note("n1").withVersion(3));
  }

  @Test
  void one_document_cannot_be_changed_twice_in_one_commit() {
    assertThatThrownBy(() -> shop.commit(shop.change().documents(List.of(note("n1"), note("n1")))))
        .isInstanceOf(StaleVersion.class);

    assertThat(documents.find(List.of(note("n1").key()))).isEmpty();
  }

  @Test
  void what_is_dropped_is_gone_whatever_its_version_and_others_stay() {
    shop.commit(shop.change().documents(List.of(note("n1"), note("n2"))));
    shop.commit(shop.change().document(note("n1").withVersion(1)));

    shop.commit(shop.change().dropDocuments(List.of(note("n1").key(), note("unknown").key())));

    assertThat(documents.find(List.of(note("n1").key()))).isEmpty();
    assertThat(documents.ofOwner(NOTE, "strap", "", 10)).containsExactly(next(note("n2")));
  }

  @Test
  void a_document_that_was_changed_since_it_was_read_is_not_dropped_nor_anything_else_done() {
    shop.commit(shop.change().documents(List.of(note("n1"), note("n2"))));
    shop.commit(shop.change().document(next(note("n1"))));

    assertThatThrownBy(
            () -> shop.commit(shop.change().drop(next(note("n2"))).drop(next(note("n1")))))
        .isInstanceOf(StaleVersion.class);

    assertThat(documents.ofOwner(NOTE, "strap", "", 10)).hasSize(2);
  }

  @Test
  void what_is_dropped_as_it_was_read_is_gone_and_a_second_who_drops_it_is_told() {
    shop.commit(shop.change().document(note("n1")));

    shop.commit(shop.change().drop(next(note("n1"))));

    assertThat(documents.find(List.of(note("n1").key()))).isEmpty();
    assertThatThrownBy(() -> shop.commit(shop.change().drop(next(note("n1")))))
        .isInstanceOf(StaleVersion.class);
  }

  @Test
  void the_documents_of_an_owner_are_counted() {
    shop.commit(shop.change().documents(List.of(note("n1"), note("n2"), note("n3"))));
    shop.commit(shop.change().document(SampleDocuments.note("aa", "bike")));
    shop.commit(shop.change().document(next(note("n2"))));
    shop.commit(shop.change().drop(next(note("n3"))));

    assertThat(documents.count(NOTE, "strap")).isEqualTo(2);
    assertThat(documents.count(NOTE, "bike")).isEqualTo(1);
    assertThat(documents.count(NOTE, "")).isZero();
    assertThat(documents.count(DocumentKey.Kind.RATING, "strap")).isZero();
  }

  @RepeatedTest(3)
  void of_many_who_drop_one_document_one_alone_succeeds() {
    shop.commit(shop.change().document(note("n1")));

    List<Boolean> dropped =
        Race.run(
            8,
            () -> {
              try {
                shop.commit(shop.change().drop(next(note("n1"))));
                return true;
              } catch (StaleVersion somebodyWasFaster) {
                return false;
              }
            });

    assertThat(dropped).containsOnlyOnce(true);
  }

  @Test
  void what_was_dropped_may_come_anew() {
    shop.commit(shop.change().document(note("n1")));
    shop.commit(shop.change().dropDocuments(List.of(note("n1").key())));

    shop.commit(shop.change().document(note("n1")));

    assertThat(documents.find(List.of(note("n1").key()))).containsExactly(next(note("n1")));
  }

  @Test
  void a_change_that_was_refused_drops_nothing() {
    shop.commit(shop.change().documents(List.of(note("n1"), note("n2"))));

    assertThatThrownBy(
            () ->
                shop.commit(
                    shop.change().document(note("n2")).dropDocuments(List.of(note("n1").key()))))
        .isInstanceOf(StaleVersion.class);

    assertThat(documents.find(List.of(note("n1").key()))).hasSize(1);
  }

  @Test
  void a_change_that_was_refused_for_something_else_stores_no_document() {
    shop.keep(Sample.conversation("c1"));

    assertThatThrownBy(
            () ->
                shop.commit(
                    shop.change()
                        .document(note("n1"))
                        .conversations(List.of(Sample.conversation("c1")))))
        .isInstanceOf(StaleVersion.class);

    assertThat(documents.find(List.of(note("n1").key()))).isEmpty();
  }

  @RepeatedTest(3)
  void of_many_who_change_one_document_none_overwrites_another() {
    shop.commit(shop.change().document(note("n1")));

    Race.run(
        8,
        () -> {
          for (int i = 0; i < 25; i++) {
            change();
          }
          return true;
        });

    assertThat(stored("n1").version()).isEqualTo(201);
    assertThat(stored("n1").text()).isEqualTo(note("n1").text() + "x".repeat(200));
  }

  /** Adds one character. */
  private void change() {
    for (int attempt = 0; attempt < 10_000; attempt++) {
      try {
        Note read = stored("n1");
        shop.commit(
            shop.change()
                .document(
                    new Note(
                        read.id(),
                        read.conversation(),
                        read.author(),
                        read.text() + "x",
                        read.at(),
                        read.version())));
        return;
      } catch (StaleVersion somebodyWasFaster) {
        Thread.onSpinWait();
      }
    }
    throw new AssertionError("A document could not be changed in 10,000 attempts");
  }

  private void assertNothingIsStoredOf(Document stale) {
    AuditEntry entry = shop.entry(AuditSubject.NONE);
    InboxChange change =
        InboxChange.builder()
            .document(stale)
            .document(note("fresh"))
            .conversations(List.of(Sample.conversation("fresh")))
            .audit(List.of(entry))
            .build();

    assertThatThrownBy(() -> shop.storage().inboxes().commit(change))
        .isInstanceOf(StaleVersion.class);

    assertThat(documents.find(List.of(note("fresh").key()))).isEmpty();
    assertThat(shop.storage().audit().newest(10)).doesNotContain(entry);
    assertThat(shop.storage().inboxes().conversations(List.of(Sample.conversation("fresh").id())))
        .isEmpty();
  }

  private Note stored(String id) {
    return (Note) documents.find(List.of(note(id).key())).get(0);
  }

  private static Note note(String id) {
    return SampleDocuments.note(id, "strap");
  }

  private static Document next(Document document) {
    return document.withVersion(document.version() + 1);
  }

  private static List<DocumentKey> keysOf(List<? extends Document> all) {
    return all.stream().map(Document::key).toList();
  }
}
