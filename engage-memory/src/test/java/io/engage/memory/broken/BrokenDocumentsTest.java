package io.engage.memory.broken;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditLink;
import io.engage.model.conversation.Attendee;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.InboxChange;
import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.AgentId;
import io.engage.model.outbox.OutboxId;
import io.engage.model.writing.Draft;
import io.engage.spi.InboxStore;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suites of documents, drafts, attendance and the chain find what is wrong with a storage. */
class BrokenDocumentsTest extends BrokenStorages {

  static Stream<Arguments> a_broken_storage_is_found_out() {
    return Stream.of(documents(), drafts(), attendance(), chains(), withdrawals())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> documents() {
    return Stream.of(
        fault(
            "it does not look at versions of documents",
            Suites.OfDocuments.class,
            "nothing_is_stored_when_a_document_was_changed_in_between",
            good -> Broken.commits(good, (store, args) -> anyVersion(good, store, change(args)))),
        fault(
            "it stores documents before it looks at the rest",
            Suites.OfDocuments.class,
            "a_change_that_was_refused_for_something_else_stores_no_document",
            good -> Broken.commits(good, (store, args) -> documentsFirst(store, change(args)))),
        fault(
            "it drops before it looks at the rest",
            Suites.OfDocuments.class,
            "a_change_that_was_refused_drops_nothing",
            good -> Broken.commits(good, (store, args) -> dropsFirst(store, change(args)))),
        fault(
            "it drops nothing",
            Suites.OfDocuments.class,
            "what_is_dropped_is_gone_whatever_its_version_and_others_stay",
            good -> Broken.commits(good, (store, args) -> withoutDrops(store, change(args)))),
        fault(
            "it drops what was changed since",
            Suites.OfDocuments.class,
            "a_document_that_was_changed_since_it_was_read_is_not_dropped_nor_anything_else_done",
            good -> Broken.commits(good, (store, args) -> dropsAnyVersion(store, change(args)))),
        fault(
            "it lets two drop one thing",
            Suites.OfDocuments.class,
            "what_is_dropped_as_it_was_read_is_gone_and_a_second_who_drops_it_is_told",
            good -> Broken.commits(good, (store, args) -> dropsAnyVersion(store, change(args)))),
        fault(
            "it counts the documents of all owners",
            Suites.OfDocuments.class,
            "the_documents_of_an_owner_are_counted",
            good ->
                Broken.documents(
                    good,
                    "count",
                    (documents, args) ->
                        documents.count((DocumentKey.Kind) args[0], "strap")
                            + documents.count((DocumentKey.Kind) args[0], "bike"))),
        fault(
            "it knows the documents of one owner alone",
            Suites.OfDocuments.class,
            "the_documents_of_a_kind_come_in_pages_whoever_owns_them",
            good ->
                Broken.documents(
                    good,
                    "ofKind",
                    (documents, args) ->
                        documents.ofOwner(
                            (DocumentKey.Kind) args[0], "strap", (String) args[1], (int) args[2]))),
        fault(
            "it takes keys for alike that differ in case",
            Suites.OfDocuments.class,
            "keys_are_told_apart_by_case_and_accents",
            good ->
                Broken.documents(
                    good,
                    "find",
                    (documents, args) -> {
                      Collection<DocumentKey> keys = Broken.first(args);
                      return documents.find(keys.stream().map(BrokenDocumentsTest::lower).toList());
                    })),
        fault(
            "it sorts ids as people do",
            Suites.OfDocuments.class,
            "the_documents_of_an_owner_come_in_pages_in_the_order_of_their_ids",
            good ->
                Broken.documents(
                    good,
                    "ofOwner",
                    (documents, args) ->
                        documents
                            .ofOwner((DocumentKey.Kind) args[0], (String) args[1], "", 1000)
                            .stream()
                            .sorted(BrokenDocumentsTest::asPeopleDo)
                            .filter(each -> behind(each, (String) args[2]))
                            .limit((int) args[3])
                            .toList())),
        fault(
            "it looks for a mark that must be there",
            Suites.OfDocuments.class,
            "a_page_goes_on_behind_an_id_that_is_no_longer_there",
            good ->
                Broken.documents(
                    good,
                    "ofOwner",
                    (documents, args) ->
                        args[2].equals("")
                                || documents
                                        .find(
                                            List.of(
                                                new DocumentKey(
                                                    (DocumentKey.Kind) args[0], (String) args[2])))
                                        .size()
                                    == 1
                            ? documents.ofOwner(
                                (DocumentKey.Kind) args[0],
                                (String) args[1],
                                (String) args[2],
                                (int) args[3])
                            : List.of())));
  }

  private static Stream<Arguments> drafts() {
    return Stream.of(
        fault(
            "the last of two editors wins",
            Suites.OfDrafts.class,
            "of_two_editors_of_one_draft_the_second_is_told_and_overwrites_nothing",
            good ->
                Broken.drafts(
                    good,
                    "save",
                    (drafts, args) -> {
                      Draft draft = Broken.first(args);
                      long now = drafts.find(draft.id()).map(Draft::version).orElse(0L);
                      return drafts.save(draft.withVersion(now));
                    })),
        fault(
            "a draft that was discarded comes back",
            Suites.OfDrafts.class,
            "a_draft_that_was_discarded_meanwhile_does_not_come_back",
            good ->
                Broken.drafts(
                    good,
                    "save",
                    (drafts, args) -> {
                      Draft draft = Broken.first(args);
                      return drafts.save(
                          drafts.find(draft.id()).isEmpty() ? draft.withVersion(0) : draft);
                    })),
        fault(
            "a draft is saved for whichever inbox is there",
            Suites.OfDrafts.class,
            "nothing_is_saved_for_an_inbox_that_went_in_between",
            good ->
                Broken.drafts(
                    good,
                    "save",
                    (drafts, args) -> {
                      Draft draft = Broken.first(args);
                      boolean gone =
                          good.inboxes().inboxes().stream()
                              .noneMatch(each -> each.id().equals(draft.inbox()));
                      return drafts.save(gone ? draft.in(Sample.sales().id()) : draft);
                    })),
        fault(
            "it discards nothing",
            Suites.OfDrafts.class,
            "what_is_discarded_is_gone_everywhere_and_discarding_it_again_does_nothing",
            good -> Broken.drafts(good, "discard", (drafts, args) -> null)),
        fault(
            "it lists the oldest first",
            Suites.OfDrafts.class,
            "the_drafts_of_a_conversation_come_newest_first_then_by_id_descending",
            good ->
                Broken.drafts(
                    good,
                    "inConversation",
                    (drafts, args) ->
                        reversed(drafts.inConversation(Broken.<ConversationId>first(args))))),
        fault(
            "it cuts the list of an agent before it sorts it",
            Suites.OfDrafts.class,
            "the_drafts_of_an_agent_come_newest_first_as_many_as_asked_for",
            good ->
                Broken.drafts(
                    good,
                    "ofAgent",
                    (drafts, args) ->
                        reversed(drafts.ofAgent((AgentId) args[0], 1000)).stream()
                            .limit((int) args[1])
                            .toList())),
        fault(
            "a commit leaves the draft of what was sent",
            Suites.OfDrafts.class,
            "a_change_takes_along_the_drafts_that_it_drops_whatever_their_version",
            good -> Broken.commits(good, (store, args) -> withoutDrops(store, change(args)))),
        fault(
            "a commit drops a draft that was saved since",
            Suites.OfDrafts.class,
            "a_draft_that_was_saved_since_it_was_read_is_not_dropped_nor_anything_else_done",
            good -> Broken.commits(good, (store, args) -> dropsAnyVersion(store, change(args)))),
        fault(
            "a commit lets two drop one draft",
            Suites.OfDrafts.class,
            "a_draft_is_dropped_as_it_was_read_and_a_second_who_drops_it_is_told",
            good -> Broken.commits(good, (store, args) -> dropsAnyVersion(store, change(args)))),
        fault(
            "a commit drops drafts before it looks at the rest",
            Suites.OfDrafts.class,
            "a_change_that_was_refused_drops_no_draft",
            good -> Broken.commits(good, (store, args) -> dropsFirst(store, change(args)))));
  }

  private static Stream<Arguments> attendance() {
    return Stream.of(
        fault(
            "nobody ever goes",
            Suites.OfAttendance.class,
            "whoever_says_nothing_is_gone_when_the_time_is_over",
            good ->
                Broken.attendance(
                    good,
                    "attending",
                    (attendance, args) ->
                        attendance.attending((ConversationId) args[0], Instant.MIN))),
        fault(
            "whoever said more stays longer than they said last",
            Suites.OfAttendance.class,
            "an_agent_may_say_that_it_is_over_sooner",
            good ->
                Broken.attendance(
                    good,
                    "attend",
                    (attendance, args) -> {
                      Attendee attendee = (Attendee) args[1];
                      boolean longer =
                          attendance.attending((ConversationId) args[0], attendee.until()).stream()
                              .anyMatch(each -> each.agent().equals(attendee.agent()));
                      if (!longer) {
                        attendance.attend((ConversationId) args[0], attendee);
                      }
                      return null;
                    })),
        fault(
            "nobody can leave",
            Suites.OfAttendance.class,
            "whoever_leaves_is_gone_at_once_and_alone",
            good -> Broken.attendance(good, "leave", (attendance, args) -> null)),
        fault(
            "agents are shown in any order",
            Suites.OfAttendance.class,
            "agents_are_there_as_they_said_in_order_of_their_ids",
            good ->
                Broken.attendance(
                    good,
                    "attending",
                    (attendance, args) ->
                        reversed(
                            attendance.attending((ConversationId) args[0], (Instant) args[1])))));
  }

  private static Stream<Arguments> chains() {
    return Stream.of(
        fault(
            "its chain has no end",
            Suites.OfAudit.class,
            "a_chain_is_read_in_pieces_and_its_last_link_at_once",
            good ->
                Broken.audit(
                    good,
                    "findLast",
                    (trail, args) -> trail.chainAfter(0, 1).stream().findFirst())),
        fault(
            "its chain begins at the place itself",
            Suites.OfAudit.class,
            "a_chain_is_read_in_pieces_and_its_last_link_at_once",
            good ->
                Broken.audit(
                    good,
                    "chainAfter",
                    (trail, args) ->
                        trail.chainAfter(Math.max(0, (long) args[0] - 1), (int) args[1]))),
        fault(
            "it seals every entry for itself",
            Suites.OfAudit.class,
            "every_entry_stands_in_the_chain_in_the_order_of_commits_and_sealed_with_the_one_before",
            eachLink(BrokenDocumentsTest::alone)),
        fault(
            "it leaves out who did it in the chain",
            Suites.OfAudit.class,
            "every_fact_is_sealed_as_it_was_committed",
            eachLink(BrokenDocumentsTest::anonymous)),
        fault(
            "it keeps moments to the millisecond only",
            Suites.OfAudit.class,
            "a_moment_is_sealed_as_exactly_as_it_is_kept",
            good ->
                Broken.audit(
                    good,
                    "findLast",
                    (trail, args) -> trail.findLast().map(BrokenDocumentsTest::rounded))));
  }

  private static UnaryOperator<Storage> eachLink(UnaryOperator<AuditLink> change) {
    return good ->
        Broken.audit(
            good,
            "chainAfter",
            (trail, args) ->
                trail.chainAfter((long) args[0], (int) args[1]).stream().map(change).toList());
  }

  private static Stream<Arguments> withdrawals() {
    return Stream.of(
        fault(
            "it withdraws nothing",
            Suites.OfInboxes.class,
            "what_is_withdrawn_is_owed_no_longer_and_can_be_claimed_by_nobody",
            good ->
                Broken.commits(good, (store, args) -> withdrawing(store, change(args), List.of()))),
        fault(
            "it passes over what was claimed",
            Suites.OfInboxes.class,
            "nothing_is_stored_when_what_is_withdrawn_was_claimed",
            good ->
                Broken.commits(
                    good,
                    (store, args) -> {
                      try {
                        store.commit(change(args));
                        return null;
                      } catch (StaleVersion claimed) {
                        return withdrawing(store, change(args), List.of());
                      }
                    })),
        fault(
            "it looks at leases only",
            Suites.OfInboxes.class,
            "nothing_is_stored_when_what_is_withdrawn_is_not_there_or_withdrawn_twice",
            good ->
                Broken.commits(
                    good,
                    (store, args) ->
                        withdrawing(
                            store,
                            change(args),
                            change(args).withdrawn().stream()
                                .filter(
                                    id ->
                                        good.outbox().unsettled(1000).stream()
                                            .anyMatch(each -> each.id().equals(id)))
                                .distinct()
                                .toList()))),
        fault(
            "it tells the events of one conversation in two orders",
            Suites.OfEvents.class,
            "while_many_change_one_conversation_its_events_wait_in_the_order_in_which_it_was_changed",
            good ->
                Broken.events(
                    good,
                    "undelivered",
                    (events, args) -> {
                      List<AuditEntry> entries = new ArrayList<>(events.undelivered((int) args[0]));
                      if (entries.size() > 100) {
                        Collections.swap(entries, 20, 80);
                        Collections.swap(entries, 21, 81);
                      }
                      return entries;
                    })));
  }

  private static Arguments fault(
      String fault, Class<?> suite, String test, UnaryOperator<Storage> breaking) {
    return Arguments.of(fault, suite, test, breaking);
  }

  private static InboxChange change(Object[] args) {
    return Broken.first(args);
  }

  private static Object anyVersion(Storage good, InboxStore store, InboxChange change) {
    List<Document> forced = new ArrayList<>();
    for (Document each : change.documents()) {
      long now =
          good.documents().find(List.of(each.key())).stream()
              .mapToLong(Document::version)
              .findFirst()
              .orElse(0);
      forced.add(each.withVersion(now));
    }
    try {
      return commit(store, change, forced, change.dropped());
    } catch (StaleVersion somebodyCameBetween) {
      return anyVersion(good, store, change);
    }
  }

  private static Object documentsFirst(InboxStore store, InboxChange change) {
    if (!change.documents().isEmpty()) {
      AuditEntry entry = change.audit().get(0);
      store.commit(
          InboxChange.builder()
              .documents(change.documents())
              .audit(List.of(BrokenStorageTest.second(entry)))
              .build());
    }
    return commit(store, change, List.of(), change.dropped());
  }

  private static Object dropsFirst(InboxStore store, InboxChange change) {
    AuditEntry entry = change.audit().get(0);
    store.commit(
        InboxChange.builder()
            .dropDocuments(whatIsDropped(change.dropped().documents()))
            .dropDrafts(whatIsDropped(change.dropped().drafts()))
            .audit(List.of(BrokenStorageTest.second(entry)))
            .build());
    store.commit(change);
    return null;
  }

  private static Object dropsAnyVersion(InboxStore store, InboxChange change) {
    return commit(
        store,
        change,
        change.documents(),
        new InboxChange.Dropped(
            anyVersion(change.dropped().documents()),
            anyVersion(change.dropped().drafts()),
            change.dropped().inboxes()));
  }

  private static <K> List<InboxChange.Drop<K>> anyVersion(List<InboxChange.Drop<K>> drops) {
    return whatIsDropped(drops).stream()
        .map(what -> new InboxChange.Drop<>(what, InboxChange.Drop.ANY_VERSION))
        .toList();
  }

  private static <K> List<K> whatIsDropped(List<InboxChange.Drop<K>> drops) {
    return drops.stream().map(InboxChange.Drop::what).toList();
  }

  private static Object withoutDrops(InboxStore store, InboxChange change) {
    return commit(store, change, change.documents(), InboxChange.Dropped.NOTHING);
  }

  private static Object commit(
      InboxStore store, InboxChange change, List<Document> documents, InboxChange.Dropped dropped) {
    store.commit(
        new InboxChange(
            change.inboxes(),
            change.conversations(),
            change.messages(),
            change.ledger(),
            change.cursor(),
            change.outbox(),
            change.settlements(),
            change.withdrawn(),
            documents,
            dropped,
            change.audit()));
    return null;
  }

  private static Object withdrawing(
      InboxStore store, InboxChange change, List<OutboxId> withdrawn) {
    store.commit(
        new InboxChange(
            change.inboxes(),
            change.conversations(),
            change.messages(),
            change.ledger(),
            change.cursor(),
            change.outbox(),
            change.settlements(),
            withdrawn,
            change.documents(),
            change.dropped(),
            change.audit()));
    return null;
  }

  private static DocumentKey lower(DocumentKey key) {
    return new DocumentKey(key.kind(), key.id().toLowerCase(Locale.ROOT));
  }

  private static int asPeopleDo(Document one, Document other) {
    return String.CASE_INSENSITIVE_ORDER.compare(one.key().id(), other.key().id());
  }

  private static boolean behind(Document document, String id) {
    return String.CASE_INSENSITIVE_ORDER.compare(document.key().id(), id) > 0;
  }

  private static AuditLink alone(AuditLink link) {
    return new AuditLink(link.sequence(), link.entry(), AuditLink.first(link.entry()).seal());
  }

  private static AuditLink anonymous(AuditLink link) {
    AuditEntry entry = link.entry();
    return new AuditLink(
        link.sequence(),
        new AuditEntry(entry.id(), entry.at(), Actor.RECEIVING, entry.subject(), entry.fact()),
        link.seal());
  }

  private static AuditLink rounded(AuditLink link) {
    AuditEntry entry = link.entry();
    return new AuditLink(
        link.sequence(),
        new AuditEntry(
            entry.id(),
            Instant.ofEpochMilli(entry.at().toEpochMilli()),
            entry.actor(),
            entry.subject(),
            entry.fact()),
        link.seal());
  }

  private static <T> List<T> reversed(List<T> all) {
    List<T> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    return reversed;
  }
}
