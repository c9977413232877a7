package io.engage.memory.broken;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The suites of recipients and paces find what is wrong with a storage. */
class BrokenRecipientsTest extends BrokenStorages {
  private static final Instant EARLY = Instant.EPOCH;

  static Stream<Arguments> a_broken_storage_is_found_out() {
    return Stream.of(
            imports(), claims(), leases(), endings(), notes(), lists(), erasures(), paces())
        .flatMap(stream -> stream);
  }

  private static Stream<Arguments> imports() {
    return Stream.of(
        fault(
            "it overwrites rows that are there",
            "rows_that_are_there_are_passed_over_so_that_an_import_may_be_repeated",
            "add",
            (recipients, args) -> overwritten(recipients, Broken.first(args))),
        fault(
            "it names the lowest row instead of the first one",
            "of_the_rows_with_one_address_the_one_that_was_stored_first_is_named",
            "first",
            (recipients, args) -> lowest(recipients, Broken.first(args), second(args))));
  }

  private static Stream<Arguments> claims() {
    return Stream.of(
        fault(
            "it hands out rows in their order alone",
            "the_lowest_priority_comes_first_then_the_order_of_the_lists_then_the_rows",
            "claim",
            (recipients, args) ->
                claimed(recipients, args).stream()
                    .sorted(Comparator.comparing(claim -> claim.recipient().id().row()))
                    .toList()),
        fault(
            "it forgets lists without a limit",
            "at_most_as_many_are_claimed_as_are_asked_for_and_only_of_these_lists",
            "claim",
            (recipients, args) ->
                recipients.claim(Broken.first(args), 100, (Instant) args[2], (Instant) args[3])),
        fault(
            "its leases have no end",
            "who_was_only_claimed_is_claimed_again_when_the_lease_has_ended",
            "claim",
            (recipients, args) ->
                recipients.claim(
                    Broken.first(args), (int) args[1], (Instant) args[2], Instant.MAX)),
        fault(
            "it does not say that somebody was interrupted",
            "an_attempt_that_was_never_settled_is_handed_out_as_interrupted_as_often_as_it_takes",
            "claim",
            (recipients, args) ->
                claimed(recipients, args).stream()
                    .map(each -> new RecipientClaim(each.recipient(), each.token(), false))
                    .toList()),
        fault(
            "it gives the same token again",
            "who_was_only_claimed_is_claimed_again_when_the_lease_has_ended",
            "claim",
            (recipients, args) ->
                claimed(recipients, args).stream()
                    .map(each -> new RecipientClaim(each.recipient(), 1, each.interrupted()))
                    .toList()),
        fault(
            "it lets whoever was overtaken go on",
            "whoever_was_overtaken_attempts_nothing_and_marks_nothing",
            "markAttempting",
            (recipients, args) -> {
              recipients.markAttempting(Broken.first(args));
              return List.copyOf(Broken.<Collection<RecipientClaim>>first(args));
            }),
        fault(
            "it marks nothing",
            "an_attempt_that_was_never_settled_is_handed_out_as_interrupted_as_often_as_it_takes",
            "markAttempting",
            (recipients, args) -> List.copyOf(Broken.<Collection<RecipientClaim>>first(args))),
        fault(
            "it gives back what is due at once",
            "who_is_given_back_is_pending_and_due_at_the_time_named",
            "release",
            (recipients, args) -> {
              recipients.release(Broken.first(args), EARLY);
              return null;
            }),
        fault(
            "it gives back what was attempted",
            "what_was_attempted_cannot_be_given_back",
            "release",
            (recipients, args) -> settledAsPending(recipients, Broken.first(args))));
  }

  private static Stream<Arguments> leases() {
    return Stream.of(
        fault(
            "it takes those who wait for left behind",
            "whom_somebody_left_behind_is_claimed_apart_from_those_who_wait",
            "claimAbandoned",
            (recipients, args) ->
                recipients.claim(
                    List.copyOf(Broken.<Collection<ListId>>first(args)),
                    (int) args[1],
                    (Instant) args[2],
                    (Instant) args[3])),
        fault(
            "it leaves those behind who were only claimed",
            "whom_somebody_left_behind_is_claimed_apart_from_those_who_wait",
            "claimAbandoned",
            (recipients, args) ->
                abandoned(recipients, args, (Instant) args[2]).stream()
                    .filter(RecipientClaim::interrupted)
                    .toList()),
        fault(
            "it does not wait for the end of a lease",
            "whoever_is_still_within_a_lease_is_not_left_behind",
            "claimAbandoned",
            (recipients, args) -> abandoned(recipients, args, Instant.MAX)),
        fault(
            "it says that it prolonged and does not",
            "a_claim_that_is_prolonged_is_nobody_elses_until_its_new_end",
            "prolong",
            (recipients, args) -> List.copyOf(Broken.<Collection<RecipientClaim>>first(args))),
        fault(
            "it says that all were prolonged",
            "whoever_was_overtaken_has_settled_or_gave_back_prolongs_nothing",
            "prolong",
            (recipients, args) -> {
              recipients.prolong(Broken.first(args), (Instant) args[1]);
              return List.copyOf(Broken.<Collection<RecipientClaim>>first(args));
            }));
  }

  private static Stream<Arguments> endings() {
    return Stream.of(
        fault(
            "it does not say whom it passed over",
            "a_late_settlement_is_passed_over_and_those_beside_it_are_not",
            "settle",
            (recipients, args) -> {
              recipients.settle(Broken.first(args));
              return List.of();
            }),
        fault(
            "it refuses all for one that is late",
            "a_late_settlement_is_passed_over_and_those_beside_it_are_not",
            "settle",
            (recipients, args) -> allOrNothing(recipients, Broken.first(args))),
        fault(
            "it counts attempts that were not begun",
            "an_attempt_that_was_not_begun_is_none_and_what_was_known_stays",
            "settle",
            (recipients, args) -> allBegun(recipients, Broken.first(args))),
        fault(
            "it settles with whatever token",
            "a_late_settlement_is_passed_over_and_those_beside_it_are_not",
            "settle",
            (recipients, args) -> anyToken(recipients, Broken.first(args))));
  }

  private static Stream<Arguments> notes() {
    return Stream.of(
        fault(
            "it keeps the last moment",
            "what_came_back_is_kept_with_the_moment_of_the_first_time",
            "note",
            (recipients, args) -> recipients.note(reversed(Broken.first(args)))),
        fault(
            "it takes notes in any order",
            "notes_count_in_their_order",
            "note",
            (recipients, args) -> recipients.note(reversed(Broken.first(args)))),
        fault(
            "it returns everybody whom a note concerns",
            "only_recipients_that_a_note_changed_come_back_as_they_are_now",
            "note",
            (recipients, args) -> {
              recipients.note(Broken.first(args));
              return recipients.find(
                  Broken.<Collection<RecipientNote>>first(args).stream()
                      .map(RecipientNote::recipient)
                      .toList());
            }),
        fault(
            "it loses what comes back before the answer",
            "what_comes_back_before_the_settlement_counts_when_it_is_settled",
            "note",
            (recipients, args) -> notesOfTheSettled(recipients, Broken.first(args))));
  }

  private static Stream<Arguments> lists() {
    return Stream.of(
        fault(
            "it leaves the status out of account",
            "a_page_holds_only_the_statuses_that_are_asked_for",
            "of",
            (recipients, args) ->
                recipients.of(Broken.first(args), Set.of(), (long) args[2], (int) args[3])),
        fault(
            "it looks for the status in the page",
            "a_page_holds_only_the_statuses_that_are_asked_for",
            "of",
            (recipients, args) ->
                recipients.of(Broken.first(args), Set.of(), (long) args[2], (int) args[3]).stream()
                    .filter(each -> fits(each, second(args)))
                    .toList()),
        fault(
            "it leaves the other lists out",
            "recipients_with_an_address_come_in_pages_over_all_lists",
            "withAddress",
            (recipients, args) ->
                recipients.withAddress(Broken.first(args), second(args), (int) args[2]).stream()
                    .filter(each -> each.id().list().equals(ListId.of("buyers")))
                    .toList()),
        fault(
            "it counts what it has not settled yet twice",
            "whatever_happens_the_counts_are_what_a_count_of_the_recipients_says",
            "counts",
            (recipients, args) -> tooMany(recipients.counts(Broken.first(args)))),
        fault(
            "it counts a list twice that is named twice",
            "the_counts_are_those_of_the_lists_asked_for",
            "counts",
            (recipients, args) ->
                Broken.<Collection<ListId>>first(args).stream()
                    .map(list -> recipients.counts(List.of(list)))
                    .reduce(RecipientCounts.NONE, RecipientCounts::plus)),
        fault(
            "it forgets those who are claimed",
            "the_next_one_is_due_when_it_may_be_claimed",
            "nextDue",
            (recipients, args) ->
                recipients.counts(Broken.first(args)).pending() == 0
                    ? Optional.empty()
                    : recipients.nextDue(Broken.first(args))),
        fault(
            "it says that it was worked on just now",
            "a_list_knows_when_it_was_worked_on_last",
            "lastWorkedOn",
            (recipients, args) ->
                recipients.lastWorkedOn(Broken.first(args)).map(any -> Instant.now())),
        fault(
            "it removes a list with one blow",
            "what_is_removed_is_gone_in_steps_with_its_counts",
            "remove",
            (recipients, args) -> recipients.remove(Broken.first(args), 1_000)));
  }

  private static Stream<Arguments> erasures() {
    return Stream.of(
        fault(
            "it erases nobody who was not sent to",
            "who_is_erased_before_their_turn_is_not_sent_to",
            "erase",
            (recipients, args) -> {
              recipients.erase(
                  recipients.find(Broken.first(args)).stream()
                      .filter(each -> each.state().status().isFinal())
                      .map(Recipient::id)
                      .toList(),
                  (String) args[1],
                  (Instant) args[2]);
              return null;
            }),
        fault(
            "it removes who is erased",
            "who_is_erased_is_a_pseudonym_with_the_same_counts",
            "find",
            (recipients, args) ->
                recipients.find(Broken.first(args)).stream()
                    .filter(each -> !each.address().startsWith("person"))
                    .toList()));
  }

  private static Stream<Arguments> paces() {
    Map<String, byte[]> unlocked = new HashMap<>();
    return Stream.of(
        Arguments.of(
            "it overwrites what the caller did not know of",
            Suites.OfPaces.class,
            "nothing_is_kept_where_something_is_that_the_caller_did_not_know_of",
            breaking(
                good ->
                    Broken.paces(
                        good,
                        "swap",
                        (paces, args) ->
                            paces.swap(
                                (String) args[0],
                                paces.find((String) args[0]).orElse(null),
                                (byte[]) args[2])))),
        Arguments.of(
            "it removes what begins alike",
            Suites.OfPaces.class,
            "what_begins_otherwise_stays_when_the_rest_is_removed",
            breaking(
                good ->
                    Broken.paces(
                        good,
                        "removeAll",
                        (paces, args) -> {
                          String beginning = (String) args[0];
                          paces.removeAll(beginning.substring(0, beginning.length() - 1));
                          return null;
                        }))),
        Arguments.of(
            "it removes nothing",
            Suites.OfPaces.class,
            "what_was_removed_begins_anew",
            breaking(good -> Broken.paces(good, "removeAll", (paces, args) -> null))),
        Arguments.of(
            "it compares arrays and not what is in them",
            Suites.OfPaces.class,
            "what_is_kept_is_compared_by_its_bytes_and_is_the_callers_no_more",
            breaking(
                good ->
                    Broken.paces(
                        good,
                        "swap",
                        (paces, args) -> {
                          boolean same = unlocked.get((String) args[0]) == args[1];
                          unlocked.put((String) args[0], (byte[]) args[2]);
                          return same
                              && paces.swap((String) args[0], (byte[]) args[1], (byte[]) args[2]);
                        }))));
  }

  private static UnaryOperator<Storage> breaking(UnaryOperator<Storage> breaking) {
    return breaking;
  }

  private static Arguments fault(
      String fault, String test, String method, Broken.Fault<Recipients> instead) {
    return Arguments.of(
        fault,
        Suites.OfRecipients.class,
        test,
        breaking(good -> Broken.recipients(good, method, instead)));
  }

  @SuppressWarnings("unchecked")
  private static <T> T second(Object[] arguments) {
    return (T) arguments[1];
  }

  private static List<RecipientClaim> claimed(Recipients recipients, Object[] args) {
    return recipients.claim(
        Broken.first(args), (int) args[1], (Instant) args[2], (Instant) args[3]);
  }

  private static List<RecipientClaim> abandoned(Recipients recipients, Object[] args, Instant now) {
    return recipients.claimAbandoned(Broken.first(args), (int) args[1], now, (Instant) args[3]);
  }

  private static int overwritten(Recipients recipients, Collection<Recipient> added) {
    List<RecipientId> ids = added.stream().map(Recipient::id).toList();
    int known = recipients.find(ids).size();
    ids.stream().map(RecipientId::list).distinct().forEach(list -> recipients.remove(list, 100));
    return recipients.add(added) - known;
  }

  private static Map<EmailAddress, RecipientId> lowest(
      Recipients recipients, Collection<ListId> lists, Collection<EmailAddress> addresses) {
    Map<EmailAddress, RecipientId> lowest = new HashMap<>();
    for (EmailAddress address : addresses) {
      recipients.withAddress(address, null, 100).stream()
          .map(Recipient::id)
          .filter(id -> lists.contains(id.list()))
          .min(Comparator.comparing(RecipientId::row))
          .ifPresent(id -> lowest.put(address, id));
    }
    return lowest;
  }

  private static Object settledAsPending(Recipients recipients, List<RecipientClaim> claims)
      throws Exception {
    recipients.release(claims, EARLY);
    for (RecipientClaim claim : claims) {
      recipients.settle(
          List.of(
              RecipientSettlement.again(
                  claim,
                  new RecipientOutcome(RecipientOutcome.Why.POSTPONED, "", null),
                  EARLY,
                  EARLY)));
    }
    return "nothing";
  }

  private static List<RecipientSettlement> allOrNothing(
      Recipients recipients, Collection<RecipientSettlement> settlements) {
    List<RecipientSettlement> passedOver = new ArrayList<>();
    for (RecipientSettlement each : settlements) {
      if (passedOver.isEmpty()) {
        passedOver.addAll(recipients.settle(List.of(each)));
      }
    }
    return passedOver;
  }

  private static List<RecipientSettlement> allBegun(
      Recipients recipients, Collection<RecipientSettlement> settlements) {
    RecipientOutcome begun = RecipientOutcome.of(RecipientOutcome.Why.POSTPONED, "");
    return recipients.settle(
        settlements.stream()
            .map(
                each ->
                    new RecipientSettlement(
                        each.recipient(),
                        each.token(),
                        each.status(),
                        each.status() == RecipientStatus.PENDING ? begun : each.outcome(),
                        each.at(),
                        each.notBefore()))
            .toList());
  }

  private static List<RecipientSettlement> anyToken(
      Recipients recipients, Collection<RecipientSettlement> settlements) {
    for (RecipientSettlement each : settlements) {
      for (long token = each.token(); token < each.token() + 10; token++) {
        recipients.settle(
            List.of(
                new RecipientSettlement(
                    each.recipient(),
                    token,
                    each.status(),
                    each.outcome(),
                    each.at(),
                    each.notBefore())));
      }
    }
    return List.of();
  }

  private static List<Recipient> notesOfTheSettled(
      Recipients recipients, Collection<RecipientNote> notes) {
    return recipients.note(
        notes.stream()
            .filter(
                note ->
                    recipients.find(List.of(note.recipient())).stream()
                        .map(Recipient::state)
                        .map(RecipientState::status)
                        .anyMatch(status -> status.isFinal()))
            .toList());
  }

  private static boolean fits(Recipient recipient, Set<RecipientStatus> statuses) {
    return statuses.isEmpty() || statuses.contains(recipient.state().status());
  }

  private static RecipientCounts tooMany(RecipientCounts counts) {
    return counts.attempting() == 0 ? counts : counts.plus(counts);
  }

  private static <T> List<T> reversed(Collection<T> all) {
    List<T> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);
    return reversed;
  }
}
