package io.engage.memory.broken;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.memory.InMemoryStorage;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.ConversationId;
import io.engage.model.conversation.Criterion;
import io.engage.model.conversation.InboxChange;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.customer.Person;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.BlobUse;
import io.engage.model.message.Channel;
import io.engage.model.message.ContentDigest;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.spi.ConversationSearch;
import io.engage.spi.InboxStore;
import io.engage.spi.Leases.Lease;
import io.engage.spi.Outbox;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import io.engage.testkit.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** The suites of a storage find what is wrong with one, and find nothing wrong with a good one. */
class BrokenStorageTest extends BrokenStorages {

  @Test
  void a_good_storage_passes_every_suite() {
    for (Class<?> suite : Suites.OF_STORAGE) {
      assertThat(Suite.failuresOf(suite, InMemoryStorage::create)).as("%s", suite).isEmpty();
    }
  }

  static Stream<Arguments> a_broken_storage_is_found_out() {
    return Stream.of(commits(), reads(), lists(), outboxes(), eventsAndLeases(), persons())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> commits() {
    return Stream.of(
        fault(
            "it keeps only the first audit entry of a change",
            Suites.OfAudit.class,
            "what_happened_within_one_moment_keeps_its_order",
            good -> Broken.commits(good, (store, args) -> firstAuditOnly(store, change(args)))),
        fault(
            "it forgets what a change drops",
            Suites.OfInboxes.class,
            "what_is_in_an_inbox_that_goes_is_in_its_heir",
            good -> Broken.commits(good, (store, args) -> droppingNothing(store, change(args)))),
        fault(
            "it forgets what an inbox that goes did not take",
            Suites.OfInboxes.class,
            "what_an_inbox_that_goes_did_not_take_is_kept_for_review_by_its_heir",
            good -> Broken.commits(good, (store, args) -> droppingNothing(store, change(args)))),
        fault(
            "it keeps for review in an inbox that is gone",
            Suites.OfInboxes.class,
            "nothing_is_kept_for_review_in_an_inbox_that_went_in_between",
            good -> Broken.commits(good, (store, args) -> droppingNothing(store, change(args)))),
        fault(
            "it stores into an inbox that is gone",
            Suites.OfInboxes.class,
            "nothing_is_stored_in_an_inbox_that_went_in_between",
            good -> Broken.commits(good, (store, args) -> droppingNothing(store, change(args)))),
        fault(
            "it does not look at versions of conversations",
            Suites.OfInboxes.class,
            "of_two_who_change_the_same_conversation_neither_overwrites_the_other",
            good -> Broken.commits(good, (store, args) -> anyVersion(store, change(args)))),
        fault(
            "it stores the first half of a change before it refuses the second",
            Suites.OfInboxes.class,
            "nothing_is_stored_when_somebody_else_moved_the_cursor",
            good -> Broken.commits(good, (store, args) -> halfByHalf(store, change(args)))),
        fault(
            "it stores a refused change a moment later without what was refused",
            Suites.OfInboxes.class,
            "nothing_is_stored_when_a_new_message_exists_already",
            good -> Broken.commits(good, (store, args) -> withoutTheRefused(store, change(args)))),
        fault(
            "it moves the cursor from wherever it is",
            Suites.OfInboxes.class,
            "nothing_is_stored_when_the_folder_was_renumbered_in_between",
            good ->
                Broken.commits(good, (store, args) -> fromAnyCursor(good, store, change(args)))),
        fault(
            "it lets two readers move one cursor",
            Suites.OfInboxes.class,
            "of_two_who_read_one_folder_each_mail_is_imported_by_one",
            good ->
                Broken.commits(good, (store, args) -> fromAnyReader(good, store, change(args)))),
        fault(
            "it loses settlements",
            Suites.OfOutbox.class,
            "what_is_done_disappears",
            good ->
                Broken.commits(
                    good,
                    (store, args) -> commit(store, change(args), part -> part == Part.SETTLED))),
        fault(
            "it loses outbox entries",
            Suites.OfInboxes.class,
            "every_part_of_a_change_shows_through_every_side_of_the_storage",
            good ->
                Broken.commits(
                    good,
                    (store, args) -> commit(store, change(args), part -> part == Part.OUTBOX))),
        fault(
            "it loses ledger entries",
            Suites.OfLedger.class,
            "an_entry_is_found_as_it_was_stored",
            good ->
                Broken.commits(
                    good,
                    (store, args) -> commit(store, change(args), part -> part == Part.LEDGER))));
  }

  private static Stream<Arguments> reads() {
    return Stream.of(
        fault(
            "it hides deleted messages from those who ask by id",
            Suites.OfInboxes.class,
            "deleted_messages_are_found_by_id_source_and_message_id",
            good ->
                Broken.inboxes(
                    good,
                    "messages",
                    (store, args) -> undeleted(store.messages(Broken.first(args))))),
        fault(
            "it finds one message of a digest only",
            Suites.OfInboxes.class,
            "all_messages_made_of_the_same_bytes_are_found",
            good ->
                Broken.inboxes(
                    good,
                    "withSource",
                    (store, args) -> atMostOne(store.withSource(Broken.first(args))))),
        fault(
            "it begins the ledger at the UID itself",
            Suites.OfLedger.class,
            "entries_after_a_uid_come_in_ascending_order_up_to_the_limit",
            good ->
                Broken.ledger(
                    good,
                    "entriesAfter",
                    (ledger, args) ->
                        ledger.entriesAfter(
                            (ServerFolder) args[0],
                            (long) args[1],
                            (long) args[2] - 1,
                            (int) args[3]))),
        fault(
            "it loses the order of quarantined mails",
            Suites.OfLedger.class,
            "quarantined_mails_of_any_numbering_come_in_pages_in_ascending_order",
            good ->
                Broken.ledger(
                    good,
                    "quarantined",
                    (ledger, args) ->
                        reversed(
                            ledger.quarantined(
                                (ServerFolder) args[0], (ServerUid) args[1], (int) args[2])))),
        fault(
            "it overwrites what another node made of a mail",
            Suites.OfLedger.class,
            "what_another_node_made_of_a_mail_meanwhile_is_not_overwritten",
            good ->
                Broken.commits(good, (store, args) -> fromAnyEnding(good, store, change(args)))),
        fault(
            "it has no cursors",
            Suites.OfLedger.class,
            "a_cursor_is_where_it_was_moved_last",
            good -> Broken.ledger(good, "cursor", (ledger, args) -> Optional.empty())),
        fault(
            "it tells a message's trail without its conversation's",
            Suites.OfAudit.class,
            "a_message_has_its_own_entries_and_those_of_its_conversation_as_a_whole",
            good ->
                Broken.audit(
                    good,
                    "ofMessage",
                    (trail, args) -> ofMessageAlone(trail.ofMessage(Broken.first(args))))),
        fault(
            "it tells each portion of a conversation's trail from the beginning",
            Suites.OfAudit.class,
            "a_long_trail_is_told_in_portions_that_leave_nothing_out",
            good ->
                Broken.audit(
                    good,
                    "ofConversation",
                    (trail, args) ->
                        trail.ofConversation(Broken.first(args), null, (int) args[2]))),
        fault(
            "it leaves out the first entry of each further portion of a message's trail",
            Suites.OfAudit.class,
            "a_long_trail_is_told_in_portions_that_leave_nothing_out",
            good ->
                Broken.audit(
                    good,
                    "ofMessage",
                    (trail, args) -> {
                      List<AuditEntry> some =
                          trail.ofMessage(
                              Broken.first(args), (AuditEntryId) args[1], (int) args[2]);
                      return args[1] == null ? some : some.stream().skip(1).toList();
                    })),
        fault(
            "it tells the newest last",
            Suites.OfAudit.class,
            "the_newest_entries_of_everything_come_newest_first",
            good ->
                Broken.audit(
                    good, "newest", (trail, args) -> reversed(trail.newest((int) args[0])))));
  }

  private static Stream<Arguments> lists() {
    return Stream.of(
        fault(
            "it shows the last item of a page again on the next",
            Suites.OfSearch.class,
            "while_mail_arrives_the_next_page_goes_on_where_the_last_one_ended",
            good -> Broken.search(good, "find", (search, args) -> again(search, args))),
        fault(
            "it promises a page that is empty",
            Suites.OfSearch.class,
            "pages_end_exactly_where_the_list_ends",
            good -> Broken.search(good, "find", (search, args) -> neverEnding(search, args))),
        fault(
            "it counts pages instead of going on behind a mark",
            Suites.OfSearch.class,
            "while_mail_arrives_the_next_page_goes_on_where_the_last_one_ended",
            good -> Broken.search(good, "find", new Counting())),
        fault(
            "it does not look at the channel",
            Suites.OfSearch.class,
            "channels_are_told_apart",
            good ->
                Broken.search(
                    good,
                    "find",
                    (search, args) ->
                        search.find(withoutChannel((ConversationFilter) args[0]), page(args)))),
        fault(
            "it takes the end of a span along",
            Suites.OfSearch.class,
            "a_time_span_holds_its_start_and_not_its_end",
            good ->
                Broken.search(
                    good,
                    "find",
                    (search, args) ->
                        search.find(toTheEnd((ConversationFilter) args[0]), page(args)))),
        fault(
            "it knows one order",
            Suites.OfSearch.class,
            "a_list_can_begin_with_the_most_urgent_and_of_those_the_oldest",
            good ->
                Broken.search(
                    good,
                    "find",
                    (search, args) ->
                        search.find(
                            ((ConversationFilter) args[0])
                                .sorted(ConversationFilter.Order.OLDEST_FIRST),
                            page(args)))),
        fault(
            "it forgets the rank of a mark",
            Suites.OfSearch.class,
            "while_mail_arrives_pages_neither_repeat_nor_skip_what_does_not_move",
            good -> Broken.search(good, "find", (search, args) -> withoutRank(search, args))),
        fault(
            "it takes any for all",
            Suites.OfSearch.class,
            "trees_join_with_and_or_and_not",
            good -> criteria(good, Criterion.All.class, all -> new Criterion.Any(all.of()))),
        fault(
            "it does not look at a criterion",
            Suites.OfSearch.class,
            "any_mix_of_conditions_gives_what_looking_at_each_conversation_gives",
            good -> criteria(good, Criterion.class, any -> new Criterion.All(List.of()))),
        fault(
            "it takes a text for a pattern",
            Suites.OfSearch.class,
            "texts_are_compared_column_by_column_as_one_piece_in_any_case",
            good ->
                criteria(
                    good,
                    Criterion.Contains.class,
                    each ->
                        each.words().endsWith("%")
                            ? new Criterion.Contains(each.column(), each.words().replace("%", ""))
                            : each)),
        fault(
            "it looks for a text in the subject alone",
            Suites.OfSearch.class,
            "texts_are_compared_column_by_column_as_one_piece_in_any_case",
            good ->
                criteria(
                    good,
                    Criterion.Contains.class,
                    each -> new Criterion.Contains(Criterion.TextColumn.SUBJECT, each.words()))),
        fault(
            "it compares the newest message, whichever moment is asked for",
            Suites.OfSearch.class,
            "moments_are_compared_column_by_column_with_the_start_and_without_the_end",
            good ->
                criteria(
                    good,
                    Criterion.Since.class,
                    each -> new Criterion.Since(Criterion.TimeColumn.NEWEST, each.start()))),
        fault(
            "it takes no inboxes for all inboxes",
            Suites.OfSearch.class,
            "tags_agents_customers_channels_inboxes_and_priorities_are_told_apart",
            good ->
                criteria(
                    good,
                    Criterion.InInboxes.class,
                    each -> each.inboxes().isEmpty() ? new Criterion.All(List.of()) : each)),
        fault(
            "it takes no campaigns for all campaigns",
            Suites.OfSearch.class,
            "answers_to_a_campaign_are_found_by_it",
            good ->
                criteria(
                    good,
                    Criterion.ToCampaigns.class,
                    each -> each.campaigns().isEmpty() ? new Criterion.All(List.of()) : each)),
        fault(
            "it does not know side threads",
            Suites.OfSearch.class,
            "side_threads_are_found_beside_their_conversation",
            good ->
                criteria(
                    good,
                    Criterion.Besides.class,
                    each -> new Criterion.Is(Criterion.Claim.SIDE_THREAD))),
        fault(
            "it looks for one word only",
            Suites.OfSearch.class,
            "every_word_has_to_be_somewhere_in_any_case",
            good ->
                Broken.search(
                    good,
                    "find",
                    (search, args) ->
                        search.find(firstWord((ConversationFilter) args[0]), page(args)))),
        fault(
            "it forgets deleted messages in a history",
            Suites.OfSearch.class,
            "a_customers_history_holds_their_messages_of_all_inboxes_newest_first",
            good ->
                Broken.search(
                    good,
                    "historyOf",
                    (search, args) -> {
                      Page<Message> page =
                          search.historyOf(
                              customers(args),
                              inboxes(args),
                              (Channel) args[2],
                              (Page.Request) args[3]);
                      return new Page<>(undeleted(page.items()), page.next());
                    })),
        fault(
            "it shows the messages of the first of several conversations alone",
            Suites.OfSearch.class,
            "the_messages_of_many_conversations_come_newest_first_page_by_page",
            good ->
                Broken.search(
                    good,
                    "messagesIn",
                    (search, args) -> {
                      Collection<ConversationId> asked = Broken.first(args);
                      return search.messagesIn(
                          asked.stream().limit(1).toList(), (Page.Request) args[1]);
                    })),
        fault(
            "it gives the history of the first alone",
            Suites.OfSearch.class,
            "the_history_of_several_is_one_in_its_order_page_by_page",
            good ->
                Broken.search(
                    good,
                    "historyOf",
                    (search, args) ->
                        search.historyOf(
                            customers(args).stream().limit(1).toList(),
                            inboxes(args),
                            (Channel) args[2],
                            (Page.Request) args[3]))),
        fault(
            "it filters a history after it was cut into pages",
            Suites.OfSearch.class,
            "a_history_is_that_of_the_inboxes_asked_for_in_full_pages",
            good ->
                Broken.search(
                    good,
                    "historyOf",
                    (search, args) -> {
                      Page<Message> page =
                          search.historyOf(
                              customers(args),
                              List.of(Sample.workshop().id(), Sample.sales().id()),
                              (Channel) args[2],
                              (Page.Request) args[3]);
                      Collection<InboxId> wanted = inboxes(args);
                      return new Page<>(
                          page.items().stream()
                              .filter(each -> wanted.contains(each.inbox()))
                              .toList(),
                          page.next());
                    })),
        fault(
            "it looks at the case of the ids that are named",
            Suites.OfSearch.class,
            "messages_are_found_by_the_ids_that_they_name_in_any_case_each_once_deleted_ones_too",
            good ->
                Broken.search(
                    good,
                    "naming",
                    (search, args) -> {
                      Collection<RfcMessageId> wanted = Broken.first(args);
                      return search.naming(wanted).stream()
                          .filter(
                              each ->
                                  each.headers().ancestors().stream().anyMatch(wanted::contains))
                          .toList();
                    })),
        fault(
            "it hides empty conversations from their numbers",
            Suites.OfSearch.class,
            "conversations_are_found_by_their_numbers_empty_ones_too",
            good ->
                Broken.search(
                    good,
                    "numbered",
                    (search, args) ->
                        search.numbered(Broken.first(args)).stream()
                            .filter(each -> !each.isEmpty())
                            .toList())),
        fault(
            "it finds one SMS conversation of each number",
            Suites.OfSearch.class,
            "sms_conversations_of_a_number_are_found_newest_first_completed_ones_too",
            good ->
                Broken.search(
                    good, "sms", (search, args) -> atMostOne(search.sms(Broken.first(args))))),
        fault(
            "it forgets the SMS conversations that are completed",
            Suites.OfSearch.class,
            "sms_conversations_of_a_number_are_found_newest_first_completed_ones_too",
            good ->
                Broken.search(
                    good,
                    "sms",
                    (search, args) ->
                        search.sms(Broken.first(args)).stream()
                            .filter(each -> !each.isCompleted())
                            .toList())),
        fault(
            "it answers from a list that is a commit old",
            Suites.OfSearch.class,
            "a_change_shows_at_once_in_every_list",
            good -> Broken.search(good, "find", new Stale())));
  }

  private static Stream<Arguments> outboxes() {
    return Stream.of(
        fault(
            "it hands an entry to two",
            Suites.OfOutbox.class,
            "racing_workers_never_share_an_entry",
            good -> Broken.outbox(good, "claim", new Sharing())),
        fault(
            "its leases end at once",
            Suites.OfOutbox.class,
            "what_is_claimed_is_not_handed_out_again_during_its_lease",
            good ->
                Broken.outbox(
                    good,
                    "claim",
                    (outbox, args) ->
                        outbox.claim((int) args[0], (Instant) args[1], (Instant) args[1]))),
        fault(
            "it hands out what is not due",
            Suites.OfOutbox.class,
            "what_is_not_due_is_not_claimed",
            good ->
                Broken.outbox(
                    good,
                    "claim",
                    (outbox, args) ->
                        outbox.claim(
                            (int) args[0], ((Instant) args[1]).plusSeconds(1), (Instant) args[2]))),
        fault(
            "it forgets what was attempted",
            Suites.OfOutbox.class,
            "what_was_attempted_and_never_settled_is_handed_out_as_interrupted",
            good ->
                Broken.outbox(
                    good, "markAttempting", (outbox, args) -> Broken.<Object>first(args))),
        fault(
            "it lets anybody attempt",
            Suites.OfOutbox.class,
            "a_claim_that_was_overtaken_must_not_be_attempted",
            good ->
                Broken.outbox(
                    good,
                    "markAttempting",
                    (outbox, args) -> {
                      Collection<OutboxClaim> claims = Broken.first(args);
                      outbox.markAttempting(claims);
                      return List.copyOf(claims);
                    })),
        fault(
            "it gives nothing back before the lease ends",
            Suites.OfOutbox.class,
            "what_is_given_back_is_due_again_at_the_time_named_as_if_it_were_never_claimed",
            good -> Broken.outbox(good, "release", (outbox, args) -> List.of())),
        fault(
            "it forgets that what it gets back was attempted",
            Suites.OfOutbox.class,
            "what_was_attempted_cannot_be_given_back",
            good ->
                Broken.outbox(
                    good, "markAttempting", (outbox, args) -> Broken.<Object>first(args))),
        fault(
            "it holds what was given back",
            Suites.OfOutbox.class,
            "what_is_claimed_is_held_until_it_is_settled_or_given_back",
            good -> Broken.outbox(good, "held", (outbox, args) -> Broken.<Object>first(args))),
        fault(
            "it forgets which account something is owed through",
            Suites.OfOutbox.class,
            "what_is_owed_through_one_account_comes_in_pages_by_id_claimed_or_not",
            good ->
                Broken.outbox(
                    good,
                    "unsettledOf",
                    (outbox, args) ->
                        args[1] == null ? outbox.unsettled((int) args[2]) : List.of())),
        fault(
            "it lists messages however far they have come",
            Suites.OfOutbox.class,
            "messages_of_ours_are_listed_by_how_far_they_have_come_newest_first",
            good ->
                Broken.outbox(
                    good,
                    "messages",
                    (outbox, args) ->
                        outbox.messages(
                            Broken.<Collection<InboxId>>first(args),
                            List.of(Delivery.values()),
                            (Page.Request) args[2]))),
        fault(
            "it hides what some did not get",
            Suites.OfOutbox.class,
            "what_some_of_the_recipients_did_not_get_is_listed_as_failed_and_not_as_sent",
            good -> Broken.outbox(good, "messages", (outbox, args) -> withoutPartly(outbox, args))),
        fault(
            "it lists what is owed in any order",
            Suites.OfOutbox.class,
            "everything_unsettled_is_listed_in_the_order_of_claims",
            good ->
                Broken.outbox(
                    good,
                    "unsettled",
                    (outbox, args) -> reversed(outbox.unsettled((int) args[0])))));
  }

  private static Page<Message> withoutPartly(Outbox outbox, Object[] args) {
    Page<Message> page =
        outbox.messages(
            Broken.<Collection<InboxId>>first(args), deliveries(args[1]), (Page.Request) args[2]);
    return new Page<>(
        page.items().stream().filter(each -> each.state().unreached().isEmpty()).toList(),
        page.next());
  }

  @SuppressWarnings("unchecked")
  private static Collection<Delivery> deliveries(Object argument) {
    return (Collection<Delivery>) argument;
  }

  private static Stream<Arguments> persons() {
    return Stream.of(
        fault(
            "it begins each page of conversations at the first",
            Suites.OfPersons.class,
            "conversations_come_in_pages_in_ascending_order",
            good ->
                Broken.persons(
                    good,
                    "conversations",
                    (persons, args) ->
                        persons.conversations((Person) args[0], null, (int) args[2]).stream()
                            .limit(args[1] == null ? Long.MAX_VALUE : 1)
                            .toList())),
        fault(
            "it does not look into messages",
            Suites.OfPersons.class,
            "conversations_are_found_by_what_their_messages_say_deleted_ones_too_in_any_case",
            good ->
                Broken.persons(
                    good,
                    "conversations",
                    (persons, args) ->
                        persons
                            .conversations(
                                (Person) args[0], (ConversationId) args[1], (int) args[2])
                            .stream()
                            .filter(((Person) args[0])::concerns)
                            .toList())),
        fault(
            "it hides deleted messages",
            Suites.OfPersons.class,
            "all_messages_of_a_conversation_come_in_pages_in_ascending_order_deleted_ones_too",
            good ->
                Broken.persons(
                    good,
                    "messagesOf",
                    (persons, args) ->
                        undeleted(
                            persons.messagesOf(
                                (ConversationId) args[0], (MessageId) args[1], (int) args[2])))),
        fault(
            "it finds nothing beside a conversation",
            Suites.OfPersons.class,
            "side_threads_are_found_by_the_conversation_beside_which_they_are_led",
            good -> Broken.persons(good, "besides", (persons, args) -> List.of())),
        fault(
            "it does not know whose drafts they are",
            Suites.OfPersons.class,
            "drafts_are_found_by_whom_they_are_to_in_pages",
            good -> Broken.persons(good, "drafts", (persons, args) -> List.of())),
        fault(
            "it forgets that mail in quarantine needs its bytes",
            Suites.OfPersons.class,
            "what_needs_bytes_is_known_for_every_sort_of_thing",
            good ->
                Broken.persons(
                    good,
                    "usesOf",
                    (persons, args) ->
                        persons.usesOf(Broken.first(args), List.of()).stream()
                            .filter(use -> use.by() != BlobUse.By.QUARANTINED_MAIL)
                            .toList())),
        fault(
            "it forgets that files of campaigns need their bytes",
            Suites.OfPersons.class,
            "what_needs_bytes_is_known_for_every_sort_of_thing",
            good ->
                Broken.persons(
                    good,
                    "usesOf",
                    (persons, args) ->
                        persons.usesOf(Broken.first(args), List.of()).stream()
                            .filter(use -> use.by() != BlobUse.By.CAMPAIGN_FILE)
                            .toList())),
        fault(
            "it counts whoever does not count",
            Suites.OfPersons.class,
            "however_many_need_the_same_bytes_the_answer_is_short_and_leaves_out_whoever_does_not_count",
            good ->
                Broken.persons(
                    good,
                    "usesOf",
                    (persons, args) -> persons.usesOf(Broken.first(args), List.of()))),
        fault(
            "it counts what was erased",
            Suites.OfPersons.class,
            "what_needs_bytes_no_longer_is_not_counted_any_more",
            good ->
                Broken.persons(
                    good,
                    "usesOf",
                    (persons, args) ->
                        Broken.<Collection<ContentDigest>>first(args).stream()
                            .map(blob -> new BlobUse(blob, BlobUse.By.SHOWN_MESSAGE))
                            .toList())),
        fault(
            "it forgets what is owed once it is claimed",
            Suites.OfPersons.class,
            "what_is_owed_for_messages_is_found_claimed_or_not",
            good ->
                Broken.persons(
                    good,
                    "owedFor",
                    (persons, args) ->
                        persons.owedFor(Broken.<Collection<MessageId>>first(args)).stream()
                            .limit(1)
                            .toList())),
        fault(
            "it takes the moment itself along",
            Suites.OfPersons.class,
            "what_is_older_than_a_moment_comes_oldest_first_in_pages_deleted_ones_too",
            good ->
                Broken.persons(
                    good,
                    "olderThan",
                    (persons, args) ->
                        persons.olderThan(
                            (InboxId) args[0],
                            ((Instant) args[1]).plusSeconds(1),
                            (Page.Request) args[2]))));
  }

  private static Stream<Arguments> eventsAndLeases() {
    return Stream.of(
        fault(
            "it forgets events once they were looked at",
            Suites.OfEvents.class,
            "what_is_not_confirmed_comes_again",
            good ->
                Broken.events(
                    good,
                    "undelivered",
                    (events, args) -> {
                      List<AuditEntry> entries = events.undelivered((int) args[0]);
                      events.delivered(entries.stream().map(AuditEntry::id).toList());
                      return entries;
                    })),
        fault(
            "it takes its own commits for a transaction of the host",
            Suites.OfEvents.class,
            "where_the_host_has_begun_no_transaction_none_is_open",
            good -> Broken.events(good, "isHostsTransactionOpen", (events, args) -> true)),
        fault(
            "it does not listen to confirmations",
            Suites.OfEvents.class,
            "what_is_confirmed_does_not_come_again",
            good -> Broken.events(good, "delivered", (events, args) -> null)),
        fault(
            "it tells events in any order",
            Suites.OfEvents.class,
            "every_committed_entry_waits_in_the_order_of_commits",
            good ->
                Broken.events(
                    good,
                    "undelivered",
                    (events, args) -> reversed(events.undelivered((int) args[0])))),
        fault(
            "it forgets who has a lease",
            Suites.OfLeases.class,
            "of_many_who_want_it_one_gets_it",
            good ->
                Broken.leases(
                    good,
                    "acquire",
                    (leases, args) ->
                        Optional.of(
                            new Lease((String) args[0], (String) args[1], 1, (Instant) args[3])))),
        fault(
            "its leases never end",
            Suites.OfLeases.class,
            "what_has_ended_can_be_taken_with_a_greater_token",
            good ->
                Broken.leases(
                    good,
                    "acquire",
                    (leases, args) ->
                        leases.acquire(
                            (String) args[0], (String) args[1], Instant.MIN, (Instant) args[3]))),
        fault(
            "anybody's lease can be given back by anybody",
            Suites.OfLeases.class,
            "a_lease_that_was_overtaken_gives_nothing_back",
            good ->
                Broken.leases(
                    good,
                    "release",
                    (leases, args) -> {
                      Lease given = (Lease) args[0];
                      for (long token = 1; token < 10; token++) {
                        leases.release(
                            new Lease(given.name(), given.owner(), token, given.until()));
                      }
                      return null;
                    })),
        fault(
            "every lease has the same token",
            Suites.OfLeases.class,
            "what_was_given_back_can_be_taken_with_a_greater_token",
            good ->
                Broken.leases(
                    good,
                    "acquire",
                    (leases, args) ->
                        leases
                            .acquire(
                                (String) args[0],
                                (String) args[1],
                                (Instant) args[2],
                                (Instant) args[3])
                            .map(it -> new Lease(it.name(), it.owner(), 1, it.until())))));
  }

  private static Arguments fault(
      String fault, Class<?> suite, String test, UnaryOperator<Storage> breaking) {
    return Arguments.of(fault, suite, test, breaking);
  }

  private static InboxChange change(Object[] args) {
    return (InboxChange) args[0];
  }

  private static Page.Request page(Object[] args) {
    return (Page.Request) args[1];
  }

  @SuppressWarnings("unchecked")
  private static Collection<CustomerId> customers(Object[] args) {
    return (Collection<CustomerId>) args[0];
  }

  @SuppressWarnings("unchecked")
  private static Collection<InboxId> inboxes(Object[] args) {
    return (Collection<InboxId>) args[1];
  }

  private static Object fromAnyEnding(Storage good, InboxStore store, InboxChange change) {
    store.commit(with(change, change.conversations(), anyEnding(good, change), change.cursor()));
    return null;
  }

  private static List<LedgerMove> anyEnding(Storage good, InboxChange change) {
    return change.ledger().stream()
        .map(move -> new LedgerMove(stateOf(good, move.to().uid()), move.to()))
        .toList();
  }

  private static LedgerEntry.@Nullable State stateOf(Storage good, ServerUid uid) {
    return good.ledger().entries(List.of(uid)).stream()
        .map(LedgerEntry::state)
        .findFirst()
        .orElse(null);
  }

  private enum Part {
    LEDGER,
    OUTBOX,
    SETTLED
  }

  /** Commits a change without some of its parts. */
  private static Object commit(InboxStore store, InboxChange change, Predicate<Part> lost) {
    store.commit(
        new InboxChange(
            change.inboxes(),
            change.conversations(),
            change.messages(),
            lost.test(Part.LEDGER) ? List.of() : change.ledger(),
            change.cursor(),
            lost.test(Part.OUTBOX) ? List.<OutboxEntry>of() : change.outbox(),
            lost.test(Part.SETTLED) ? List.<OutboxSettlement>of() : change.settlements(),
            change.withdrawn(),
            change.documents(),
            change.dropped(),
            change.audit()));
    return null;
  }

  private static Object droppingNothing(InboxStore store, InboxChange change) {
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
            change.documents(),
            InboxChange.Dropped.NOTHING,
            change.audit()));
    return null;
  }

  private static Object firstAuditOnly(InboxStore store, InboxChange change) {
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
            change.documents(),
            change.dropped(),
            change.audit().subList(0, 1)));
    return null;
  }

  private static Object anyVersion(InboxStore store, InboxChange change) {
    return forcing(
        () -> change.conversations().stream().map(each -> stored(store, each)).toList(),
        forced -> store.commit(with(change, forced, change.ledger(), change.cursor())));
  }

  private static Conversation stored(InboxStore store, Conversation wanted) {
    return wanted.withVersion(
        store.conversations(List.of(wanted.id())).stream().mapToLong(Conversation::version).sum());
  }

  /**
   * Commits a change that fits what is stored, and again as long as somebody comes between; what
   * the storage refuses for another reason stays refused.
   */
  private static <T> Object forcing(Supplier<T> fitting, Consumer<T> commit) {
    T forced = fitting.get();
    while (true) {
      try {
        commit.accept(forced);
        return null;
      } catch (StaleVersion refused) {
        T now = fitting.get();
        if (now.equals(forced)) {
          throw refused;
        }
        forced = now;
      }
    }
  }

  private static InboxChange with(
      InboxChange change,
      List<Conversation> conversations,
      List<LedgerMove> ledger,
      @Nullable CursorMove cursor) {
    return new InboxChange(
        change.inboxes(),
        conversations,
        change.messages(),
        ledger,
        cursor,
        change.outbox(),
        change.settlements(),
        change.withdrawn(),
        change.documents(),
        change.dropped(),
        change.audit());
  }

  private static Object halfByHalf(InboxStore store, InboxChange change) {
    store.commit(
        new InboxChange(
            change.inboxes(),
            change.conversations(),
            change.messages(),
            List.of(),
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            InboxChange.Dropped.NOTHING,
            change.audit()));
    store.commit(
        new InboxChange(
            List.of(),
            List.of(),
            List.of(),
            change.ledger(),
            change.cursor(),
            change.outbox(),
            change.settlements(),
            change.withdrawn(),
            change.documents(),
            change.dropped(),
            List.of(second(change.audit().get(0)))));
    return null;
  }

  private static Object withoutTheRefused(InboxStore store, InboxChange change) {
    try {
      store.commit(change);
      return null;
    } catch (StaleVersion e) {
      commit(
          store,
          InboxChange.builder()
              .conversations(
                  change.conversations().stream()
                      .filter(each -> store.conversations(List.of(each.id())).isEmpty())
                      .toList())
              .audit(change.audit())
              .build(),
          part -> false);
      throw e;
    }
  }

  private static Object fromAnyCursor(Storage good, InboxStore store, InboxChange change) {
    return forcing(
        () -> anyCursor(good, change),
        forced ->
            store.commit(
                with(change, change.conversations(), change.ledger(), forced.orElse(null))));
  }

  /** Looks neither at the cursor nor at what the ledger says of a mail. */
  private static Object fromAnyReader(Storage good, InboxStore store, InboxChange change) {
    return forcing(
        () -> new Reader(anyCursor(good, change), anyEnding(good, change)),
        forced ->
            store.commit(
                with(
                    change,
                    change.conversations(),
                    forced.ledger(),
                    forced.cursor().orElse(null))));
  }

  private record Reader(Optional<CursorMove> cursor, List<LedgerMove> ledger) {}

  /** From where the cursor is; empty when it is further already. */
  private static Optional<CursorMove> anyCursor(Storage good, InboxChange change) {
    return Optional.ofNullable(change.cursor())
        .map(CursorMove::to)
        .map(to -> new CursorMove(good.ledger().cursor(to.folder()).orElse(null), to))
        .filter(move -> !isBack(move));
  }

  private static boolean isBack(CursorMove move) {
    FolderCursor from = move.from();
    return from != null
        && from.uidValidity() == move.to().uidValidity()
        && from.lastUid() > move.to().lastUid();
  }

  static AuditEntry second(AuditEntry entry) {
    return new AuditEntry(
        AuditEntryId.of(entry.id().value() + "-second"),
        entry.at(),
        entry.actor(),
        entry.subject(),
        entry.fact());
  }

  private static List<Message> undeleted(List<Message> messages) {
    return messages.stream().filter(message -> !message.state().deleted()).toList();
  }

  private static <T> List<T> atMostOne(List<T> all) {
    return all.stream().limit(1).toList();
  }

  private static <T> List<T> reversed(List<T> all) {
    List<T> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    return reversed;
  }

  private static List<AuditEntry> ofMessageAlone(List<AuditEntry> entries) {
    return entries.stream().filter(entry -> entry.subject().message() != null).toList();
  }

  private static Object again(ConversationSearch search, Object[] args) {
    Page.Request request = page(args);
    Page.Mark after = request.after();
    Page.Request earlier =
        after == null
            ? request
            : request.after(new Page.Mark(after.rank(), after.at(), after.id() + "\uffff"));
    return search.find((ConversationFilter) args[0], earlier);
  }

  private static Object withoutRank(ConversationSearch search, Object[] args) {
    Page.Request request = page(args);
    Page.Mark after = request.after();
    return search.find(
        (ConversationFilter) args[0],
        after == null ? request : request.after(new Page.Mark(after.at(), after.id())));
  }

  /** Takes each criterion of this sort for another one, if it is not inside of others. */
  private static <C extends Criterion> Storage criteria(
      Storage good, Class<C> sort, Function<C, Criterion> other) {
    return Broken.search(
        good,
        "find",
        (search, args) -> {
          ConversationFilter filter = (ConversationFilter) args[0];
          return search.find(
              sort.isInstance(filter.criterion())
                  ? filter.matching(other.apply(sort.cast(filter.criterion())))
                  : filter,
              page(args));
        });
  }

  private static Object neverEnding(ConversationSearch search, Object[] args) {
    Page<Conversation> page = search.find((ConversationFilter) args[0], page(args));
    if (page.items().isEmpty() || page.next() != null) {
      return page;
    }
    Conversation last = page.items().get(page.items().size() - 1);
    return new Page<>(page.items(), new Page.Mark(last.lastMessageAt(), last.id().value()));
  }

  private static ConversationFilter withoutChannel(ConversationFilter filter) {
    return new ConversationFilter(
        filter.completion(),
        filter.inboxes(),
        filter.assignment(),
        filter.assignee(),
        filter.unreadOnly(),
        filter.linked(),
        filter.customer(),
        null,
        filter.from(),
        filter.until(),
        filter.words(),
        filter.criterion(),
        filter.order());
  }

  private static ConversationFilter toTheEnd(ConversationFilter filter) {
    return filter.between(
        filter.from(), filter.until() == null ? null : filter.until().plusMillis(1));
  }

  private static ConversationFilter firstWord(ConversationFilter filter) {
    return filter.searching(filter.words().strip().split("\\s+")[0]);
  }

  /** Goes on behind as many items as it gave before, whatever has arrived since. */
  private static final class Counting implements Broken.Fault<ConversationSearch> {
    private int given;

    @Override
    public Object instead(ConversationSearch good, Object[] args) {
      Page.Request request = page(args);
      given = request.after() == null ? 0 : given;
      List<Conversation> all =
          good.find((ConversationFilter) args[0], Page.Request.first(Page.Request.MOST)).items();
      int end = Math.min(all.size(), given + request.limit());
      List<Conversation> items = all.subList(Math.min(given, end), end);
      given = end;
      return new Page<>(items, end < all.size() ? new Page.Mark(Instant.EPOCH, "page") : null);
    }
  }

  /** Answers the same question the same way for a while. */
  private static final class Stale implements Broken.Fault<ConversationSearch> {
    private Object first;

    @Override
    public Object instead(ConversationSearch good, Object[] args) {
      Object now = good.find((ConversationFilter) args[0], page(args));
      Object answer = first == null ? now : first;
      first = now;
      return answer;
    }
  }

  /** Looks and takes in two steps, as a SELECT without a lock does. */
  private static final class Sharing implements Broken.Fault<Outbox> {
    @Override
    public Object instead(Outbox good, Object[] args) {
      List<OutboxEntry> seen = good.unsettled(1000);
      List<OutboxClaim> claimed = good.claim((int) args[0], (Instant) args[1], (Instant) args[2]);
      if (claimed.isEmpty() || seen.isEmpty()) {
        return claimed;
      }
      long token = claimed.get(0).token();
      return token % 5 == 0 ? List.of(new OutboxClaim(seen.get(0), token, false)) : claimed;
    }
  }
}
