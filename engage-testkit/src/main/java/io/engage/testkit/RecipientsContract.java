package io.engage.testkit;

import static io.engage.testkit.SampleRecipients.BUYERS;
import static io.engage.testkit.SampleRecipients.OWNERS;
import static io.engage.testkit.SampleRecipients.accepted;
import static io.engage.testkit.SampleRecipients.invalid;
import static io.engage.testkit.SampleRecipients.recipient;
import static io.engage.testkit.SampleRecipients.refused;
import static io.engage.testkit.SampleRecipients.rows;
import static io.engage.testkit.SampleRecipients.urgent;
import static io.engage.testkit.SampleRecipients.wordy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.engage.model.address.EmailAddress;
import io.engage.model.campaign.ListId;
import io.engage.model.campaign.Recipient;
import io.engage.model.campaign.RecipientClaim;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientNote;
import io.engage.model.campaign.RecipientOutcome;
import io.engage.model.campaign.RecipientOutcome.Why;
import io.engage.model.campaign.RecipientSettlement;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientState.InvitationAnswer;
import io.engage.model.campaign.RecipientStatus;
import io.engage.spi.Recipients;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Recipients} must do: hand each recipient to one worker at a time, and keep what
 * became of it. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("DL-12")
public abstract class RecipientsContract {
  private static final Instant NOON = Sample.MONDAY;
  private static final Instant END = NOON.plusSeconds(60);
  private static final Instant LATER = END.plusSeconds(60);
  private static final Instant EVENING = LATER.plusSeconds(60);
  private static final List<ListId> BOTH = List.of(BUYERS, OWNERS);

  private Recipients recipients;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    recipients = emptyStorage().recipients();
  }

  @Test
  void there_is_nothing_before_anything_was_stored() {
    assertThat(recipients.claim(BOTH, 10, NOON, END)).isEmpty();
    assertThat(recipients.claimAbandoned(BOTH, 10, NOON, END)).isEmpty();
    assertThat(recipients.markAttempting(List.of())).isEmpty();
    assertThat(recipients.prolong(List.of(), END)).isEmpty();
    assertThat(recipients.settle(List.of())).isEmpty();
    assertThat(recipients.note(List.of())).isEmpty();
    assertThat(recipients.find(List.of(RecipientId.of(BUYERS, 1)))).isEmpty();
    assertThat(recipients.of(BUYERS, Set.of(), 0, 10)).isEmpty();
    assertThat(recipients.counts(BOTH)).isEqualTo(RecipientCounts.NONE);
    assertThat(recipients.recount(BOTH)).isEqualTo(RecipientCounts.NONE);
    assertThat(recipients.nextDue(BOTH)).isEmpty();
    assertThat(recipients.lastWorkedOn(BOTH)).isEmpty();
    assertThat(recipients.remove(BUYERS, 10)).isZero();
  }

  @Test
  void recipients_are_found_as_they_were_stored() {
    List<Recipient> stored = List.of(wordy(BUYERS, 1), invalid(BUYERS, 2), urgent(OWNERS, 7, 3));

    assertThat(recipients.add(stored)).isEqualTo(3);

    assertThat(recipients.find(idsOf(stored))).containsExactlyInAnyOrderElementsOf(stored);
    assertThat(found(BUYERS, 1).row().variables().keySet()).containsExactly("watch", "name", "");
  }

  @Test
  @Tag("DL-3")
  @Tag("G-46")
  void rows_that_are_there_are_passed_over_so_that_an_import_may_be_repeated() {
    recipients.add(rows(BUYERS, 3));
    send(claimed(NOON, END));
    Recipient sent = found(BUYERS, 1);

    assertThat(recipients.add(rows(BUYERS, 5))).isEqualTo(2);

    assertThat(found(BUYERS, 1)).isEqualTo(sent);
    assertThat(recipients.counts(BOTH).total()).isEqualTo(5);
    assertThat(recipients.add(rows(BUYERS, 5))).isZero();
  }

  @Test
  void a_row_that_comes_twice_in_one_batch_is_one_recipient() {
    List<Recipient> twice = List.of(recipient(BUYERS, 1), recipient(BUYERS, 1, "x@example.com"));

    assertThat(recipients.add(twice)).isEqualTo(1);

    assertThat(found(BUYERS, 1)).isEqualTo(recipient(BUYERS, 1));
    assertThat(recipients.counts(BOTH).pending()).isEqualTo(1);
  }

  @RepeatedTest(5)
  @Tag("G-46")
  void racing_imports_of_the_same_rows_store_each_once() {
    List<Recipient> batch = rows(BUYERS, 100);

    List<Integer> added = Race.run(8, () -> recipients.add(batch));

    assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
    assertThat(recipients.counts(BOTH).pending()).isEqualTo(100);
  }

  @Test
  @Tag("G-46")
  void of_the_rows_with_one_address_the_one_that_was_stored_first_is_named() {
    recipients.add(List.of(recipient(BUYERS, 9, "ana@example.com")));
    recipients.add(
        List.of(
            recipient(BUYERS, 2, "Ana@Example.COM"),
            recipient(OWNERS, 1, "ana@example.com"),
            recipient(OWNERS, 2, "ben@example.org")));
    EmailAddress ana = EmailAddress.of("ANA@example.com");
    EmailAddress ben = EmailAddress.of("ben@example.org");
    List<EmailAddress> asked = List.of(ana, ben, EmailAddress.of("eva@example.com"));

    assertThat(recipients.first(BOTH, asked))
        .isEqualTo(Map.of(ana, RecipientId.of(BUYERS, 9), ben, RecipientId.of(OWNERS, 2)));
    assertThat(recipients.first(List.of(OWNERS), asked))
        .isEqualTo(Map.of(ana, RecipientId.of(OWNERS, 1), ben, RecipientId.of(OWNERS, 2)));
    assertThat(recipients.first(List.of(), asked)).isEmpty();
  }

  @Test
  @Tag("G-46")
  void rows_of_one_address_are_sent_to_each_for_itself() {
    recipients.add(
        List.of(recipient(BUYERS, 1, "ana@example.com"), recipient(BUYERS, 2, "ana@example.com")));

    send(claimed(NOON, END));

    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.SENT);
    assertThat(found(BUYERS, 2).state().status()).isEqualTo(RecipientStatus.PENDING);
  }

  @Test
  @Tag("DL-2")
  void the_lowest_priority_comes_first_then_the_order_of_the_lists_then_the_rows() {
    recipients.add(List.of(recipient(OWNERS, 2), recipient(OWNERS, 1), urgent(OWNERS, 8, 1)));
    recipients.add(List.of(recipient(BUYERS, 3), urgent(BUYERS, 4, 1), urgent(BUYERS, 9, 2)));

    List<RecipientClaim> claims = recipients.claim(List.of(BUYERS, OWNERS), 10, NOON, END);

    assertThat(names(claims))
        .containsExactly(
            "buyers/4", "an-owner/8", "buyers/9", "buyers/3", "an-owner/1", "an-owner/2");
  }

  @Test
  void at_most_as_many_are_claimed_as_are_asked_for_and_only_of_these_lists() {
    recipients.add(rows(BUYERS, 3));
    recipients.add(rows(OWNERS, 3));

    assertThat(names(recipients.claim(List.of(OWNERS), 2, NOON, END)))
        .containsExactly("an-owner/1", "an-owner/2");
    assertThat(names(recipients.claim(List.of(OWNERS), 2, NOON, END)))
        .containsExactly("an-owner/3");
    assertThat(recipients.claim(List.of(), 2, NOON, END)).isEmpty();
  }

  @Test
  void who_is_claimed_is_shown_as_claimed_and_not_handed_out_again_during_the_lease() {
    recipients.add(rows(BUYERS, 1));

    RecipientClaim claim = claimed(NOON, END);

    assertThat(claim.interrupted()).isFalse();
    assertThat(claim.recipient()).isEqualTo(found(BUYERS, 1));
    assertThat(claim.recipient().state().status()).isEqualTo(RecipientStatus.CLAIMED);
    assertThat(recipients.claim(BOTH, 10, END.minusSeconds(1), LATER)).isEmpty();
  }

  @Test
  void who_was_only_claimed_is_claimed_again_when_the_lease_has_ended() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim first = claimed(NOON, END);

    RecipientClaim second = claimed(END, LATER);

    assertThat(second.interrupted()).isFalse();
    assertThat(second.token()).isGreaterThan(first.token());
  }

  @Test
  @Tag("G-40")
  void an_attempt_that_was_never_settled_is_handed_out_as_interrupted_as_often_as_it_takes() {
    recipients.add(rows(BUYERS, 1));
    recipients.markAttempting(List.of(claimed(NOON, END)));

    RecipientClaim second = claimed(END, LATER);
    RecipientClaim third = claimed(LATER, EVENING);

    assertThat(second.interrupted()).isTrue();
    assertThat(third.interrupted()).isTrue();
    assertThat(third.recipient().state().attempts()).isEqualTo(1);
  }

  @Test
  @Tag("G-40")
  void an_interrupted_claim_cannot_be_given_back_as_if_nothing_had_been_sent() {
    recipients.add(rows(BUYERS, 1));
    recipients.markAttempting(List.of(claimed(NOON, END)));

    recipients.release(List.of(claimed(END, LATER)), END);

    assertThat(recipients.claim(BOTH, 1, END, LATER)).isEmpty();
    assertThat(claimed(LATER, EVENING).interrupted()).isTrue();
  }

  @Test
  void who_is_final_is_never_claimed() {
    recipients.add(List.of(invalid(BUYERS, 1), recipient(BUYERS, 2)));
    send(claimed(NOON, END));

    assertThat(recipients.claim(BOTH, 10, EVENING, EVENING.plusSeconds(1))).isEmpty();
  }

  @Test
  void claims_that_are_the_newest_may_be_attempted_and_count() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> claims = recipients.claim(BOTH, 2, NOON, END);

    List<RecipientClaim> marked = recipients.markAttempting(claims);

    assertThat(marked)
        .extracting(RecipientClaim::token)
        .containsExactlyInAnyOrderElementsOf(claims.stream().map(RecipientClaim::token).toList());
    assertThat(marked).allMatch(each -> each.recipient().equals(found(each.recipient().id())));
    assertThat(found(BUYERS, 2).state().status()).isEqualTo(RecipientStatus.ATTEMPTING);
    assertThat(found(BUYERS, 2).state().attempts()).isEqualTo(1);
  }

  @Test
  void a_claim_whose_lease_has_ended_is_good_as_long_as_nobody_else_has_one() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim late = claimed(NOON, END);

    assertThat(recipients.markAttempting(List.of(late))).hasSize(1);
    assertThat(recipients.settle(List.of(sent(late)))).isEmpty();
  }

  @Test
  @Tag("G-42")
  void whoever_was_overtaken_attempts_nothing_and_marks_nothing() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> slow = recipients.claim(BOTH, 2, NOON, END);
    claimed(END, LATER);

    assertThat(names(recipients.markAttempting(slow))).containsExactly("buyers/2");

    assertThat(found(BUYERS, 1).state().attempts()).isZero();
    assertThat(claimed(LATER, EVENING).interrupted()).isFalse();
  }

  @Test
  void claims_that_were_settled_or_given_back_must_not_be_attempted() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> claims = recipients.claim(BOTH, 2, NOON, END);
    recipients.settle(List.of(sent(claims.get(0))));
    recipients.release(List.of(claims.get(1)), NOON);

    assertThat(recipients.markAttempting(claims)).isEmpty();
  }

  @Test
  void who_is_given_back_is_pending_and_due_at_the_time_named() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> claims = recipients.claim(BOTH, 2, NOON, EVENING);

    recipients.release(claims.subList(0, 1), END);

    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(recipients.claim(BOTH, 10, END.minusSeconds(1), LATER)).isEmpty();
    RecipientClaim next = claimed(END, LATER);
    assertThat(next.interrupted()).isFalse();
    assertThat(next.recipient().id()).isEqualTo(RecipientId.of(BUYERS, 1));
    assertThat(next.token()).isGreaterThan(claims.get(0).token());
  }

  @Test
  @Tag("G-40")
  void what_was_attempted_cannot_be_given_back() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = claimed(NOON, END);
    recipients.markAttempting(List.of(claim));

    recipients.release(List.of(claim), NOON);

    assertThat(recipients.claim(BOTH, 10, NOON, END)).isEmpty();
    assertThat(claimed(END, LATER).interrupted()).isTrue();
  }

  @Test
  @Tag("G-42")
  void whoever_was_overtaken_gives_nothing_back() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim slow = claimed(NOON, END);
    claimed(END, LATER);

    recipients.release(List.of(slow), END);

    assertThat(recipients.claim(BOTH, 10, END, LATER)).isEmpty();
  }

  @Test
  @Tag("G-40")
  void whom_somebody_left_behind_is_claimed_apart_from_those_who_wait() {
    recipients.add(rows(BUYERS, 3));
    recipients.add(rows(OWNERS, 2));
    List<RecipientClaim> left = recipients.claim(List.of(BUYERS), 2, NOON, END);
    recipients.markAttempting(left.subList(0, 1));
    recipients.claim(List.of(OWNERS), 1, NOON, END);

    List<RecipientClaim> claims = recipients.claimAbandoned(List.of(BUYERS), 10, END, LATER);

    assertThat(claims)
        .extracting(each -> each.recipient().id().row(), RecipientClaim::interrupted)
        .containsExactlyInAnyOrder(tuple(1L, true), tuple(2L, false));
    assertThat(claims).allMatch(each -> each.token() > left.get(1).token());
    assertThat(recipients.settle(List.of(sent(claims.get(0)), sent(claims.get(1))))).isEmpty();
    assertThat(statuses())
        .containsExactly(RecipientStatus.SENT, RecipientStatus.SENT, RecipientStatus.PENDING);
    assertThat(recipients.claimAbandoned(BOTH, 10, END, LATER)).hasSize(1);
  }

  @Test
  @Tag("G-42")
  void whoever_is_still_within_a_lease_is_not_left_behind() {
    recipients.add(rows(BUYERS, 3));
    recipients.markAttempting(recipients.claim(BOTH, 3, NOON, END));

    assertThat(recipients.claimAbandoned(BOTH, 10, END.minusSeconds(1), LATER)).isEmpty();

    assertThat(recipients.claimAbandoned(BOTH, 2, END, LATER)).hasSize(2);
    assertThat(recipients.claimAbandoned(BOTH, 2, END, LATER)).hasSize(1);
    assertThat(recipients.claimAbandoned(BOTH, 2, END, LATER)).isEmpty();
  }

  @Test
  @Tag("G-42")
  void a_claim_that_is_prolonged_is_nobody_elses_until_its_new_end() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> claims = recipients.claim(BOTH, 2, NOON, END);
    recipients.markAttempting(claims.subList(0, 1));

    List<RecipientClaim> kept = recipients.prolong(claims, LATER);

    assertThat(names(kept)).containsExactlyInAnyOrder("buyers/1", "buyers/2");
    assertThat(recipients.claim(BOTH, 10, LATER.minusSeconds(1), EVENING)).isEmpty();
    assertThat(recipients.claimAbandoned(BOTH, 10, LATER.minusSeconds(1), EVENING)).isEmpty();
    assertThat(recipients.nextDue(BOTH)).contains(LATER);
    assertThat(statuses()).containsExactly(RecipientStatus.ATTEMPTING, RecipientStatus.CLAIMED);
    assertThat(recipients.claim(BOTH, 10, LATER, EVENING)).hasSize(2);
  }

  @Test
  void a_claim_is_never_made_shorter() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = claimed(NOON, LATER);

    assertThat(recipients.prolong(List.of(claim), END)).hasSize(1);

    assertThat(recipients.claim(BOTH, 10, END, EVENING)).isEmpty();
  }

  @Test
  @Tag("G-42")
  void whoever_was_overtaken_has_settled_or_gave_back_prolongs_nothing() {
    recipients.add(rows(BUYERS, 3));
    List<RecipientClaim> claims = recipients.claim(BOTH, 3, NOON, END);
    recipients.settle(List.of(sent(claims.get(1))));
    recipients.release(List.of(claims.get(2)), NOON);
    RecipientClaim overtaken = claims.get(0);
    recipients.claimAbandoned(BOTH, 1, END, LATER);

    assertThat(recipients.prolong(claims, EVENING)).isEmpty();

    assertThat(recipients.claimAbandoned(BOTH, 10, LATER, EVENING))
        .singleElement()
        .satisfies(next -> assertThat(next.token()).isGreaterThan(overtaken.token()));
    assertThat(recipients.claim(BOTH, 10, NOON, END)).hasSize(1);
  }

  @Test
  void what_became_of_a_claim_is_kept() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> claims = attempted(2);
    RecipientSettlement refused =
        RecipientSettlement.end(
            claims.get(1), RecipientStatus.REJECTED, refused("buyers-2@example.com"), END);

    assertThat(recipients.settle(List.of(sent(claims.get(0)), refused))).isEmpty();

    assertThat(found(BUYERS, 1).state())
        .isEqualTo(
            new RecipientState(
                RecipientStatus.SENT,
                1,
                Instant.EPOCH,
                NOON,
                accepted(),
                RecipientState.Traces.NONE));
    assertThat(found(BUYERS, 2).state().outcome()).isEqualTo(refused.outcome());
    assertThat(found(BUYERS, 2).state().at()).isEqualTo(END);
  }

  @Test
  void who_is_to_be_tried_again_waits_for_the_new_time() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = attempted(1).get(0);
    RecipientOutcome busy = RecipientOutcome.of(Why.POSTPONED, "The server is busy");

    recipients.settle(List.of(RecipientSettlement.again(claim, busy, NOON, END)));

    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(recipients.claim(BOTH, 10, END.minusSeconds(1), LATER)).isEmpty();
    RecipientClaim next = claimed(END, LATER);
    assertThat(next.interrupted()).isFalse();
    assertThat(next.recipient().state().outcome()).isEqualTo(busy);
    assertThat(next.token()).isGreaterThan(claim.token());
  }

  @Test
  @Tag("DL-9")
  @Tag("DL-12")
  void an_attempt_that_was_not_begun_is_none_and_what_was_known_stays() {
    recipients.add(rows(BUYERS, 1));
    RecipientOutcome busy = RecipientOutcome.of(Why.POSTPONED, "The server is busy");
    recipients.settle(
        List.of(RecipientSettlement.again(attempted(1).get(0), busy, NOON, Instant.EPOCH)));
    RecipientClaim claim = attempted(1).get(0);

    recipients.settle(List.of(RecipientSettlement.notBegun(claim, EVENING, END)));

    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.PENDING);
    assertThat(found(BUYERS, 1).state().attempts()).isEqualTo(1);
    assertThat(found(BUYERS, 1).state().outcome()).isEqualTo(busy);
    assertThat(recipients.claim(BOTH, 10, END.minusSeconds(1), LATER)).isEmpty();
    assertThat(claimed(END, LATER).interrupted()).isFalse();
  }

  @Test
  @Tag("G-42")
  void a_late_settlement_is_passed_over_and_those_beside_it_are_not() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> slow = attempted(2);
    claimed(END, LATER);

    List<RecipientSettlement> passedOver =
        recipients.settle(List.of(sent(slow.get(0)), sent(slow.get(1))));

    assertThat(passedOver).containsExactly(sent(slow.get(0)));
    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.ATTEMPTING);
    assertThat(found(BUYERS, 2).state().status()).isEqualTo(RecipientStatus.SENT);
  }

  @Test
  @Tag("G-42")
  void a_claim_settles_once() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = attempted(1).get(0);
    recipients.settle(List.of(sent(claim)));
    RecipientSettlement again =
        RecipientSettlement.again(
            claim, RecipientOutcome.of(Why.POSTPONED, "busy"), NOON, Instant.EPOCH);

    assertThat(recipients.settle(List.of(again))).containsExactly(again);

    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.SENT);
    assertThat(recipients.claim(BOTH, 10, EVENING, EVENING)).isEmpty();
  }

  @Test
  void settlements_of_unknown_recipients_are_passed_over() {
    recipients.add(rows(BUYERS, 1));
    RecipientSettlement unknown = sent(new RecipientClaim(recipient(OWNERS, 1), 1, false));

    assertThat(recipients.settle(List.of(unknown))).containsExactly(unknown);
  }

  @Test
  @Tag("DL-11")
  void what_came_back_is_kept_with_the_moment_of_the_first_time() {
    recipients.add(rows(BUYERS, 1));
    send(claimed(NOON, END));
    RecipientId ana = RecipientId.of(BUYERS, 1);

    for (RecipientNote.Kind kind : RecipientNote.Kind.values()) {
      recipients.note(List.of(note(ana, kind, END), note(ana, kind, LATER)));
    }

    assertThat(found(BUYERS, 1).state().traces())
        .isEqualTo(
            new RecipientState.Traces(
                END, END, END, END, END, END, END, InvitationAnswer.ACCEPTED));
    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(found(BUYERS, 1).state().at()).isEqualTo(END);
  }

  @Test
  @Tag("DL-11")
  void only_recipients_that_a_note_changed_come_back_as_they_are_now() {
    recipients.add(rows(BUYERS, 2));
    recipients.claim(BOTH, 2, NOON, END).forEach(this::send);
    RecipientNote seen = note(RecipientId.of(BUYERS, 1), RecipientNote.Kind.SEEN, END);
    RecipientNote again = note(RecipientId.of(BUYERS, 1), RecipientNote.Kind.SEEN, LATER);
    RecipientNote unknown = note(RecipientId.of(OWNERS, 1), RecipientNote.Kind.SEEN, END);

    assertThat(recipients.note(List.of(seen, again, unknown))).containsExactly(found(BUYERS, 1));

    assertThat(recipients.note(List.of(again))).isEmpty();
    assertThat(recipients.find(List.of(RecipientId.of(OWNERS, 1)))).isEmpty();
  }

  @Test
  @Tag("DL-12")
  void notes_count_in_their_order() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = attempted(1).get(0);
    recipients.settle(List.of(inDoubt(claim)));
    RecipientId ana = claim.recipient().id();

    recipients.note(
        List.of(
            note(ana, RecipientNote.Kind.ARRIVED, END),
            note(ana, RecipientNote.Kind.REJECTED, LATER),
            RecipientNote.invitation(ana, InvitationAnswer.ACCEPTED, END),
            RecipientNote.invitation(ana, InvitationAnswer.DECLINED, END)));

    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(found(BUYERS, 1).state().at()).isEqualTo(LATER);
    assertThat(found(BUYERS, 1).state().traces().invitation()).isEqualTo(InvitationAnswer.DECLINED);
  }

  @Test
  @Tag("DL-12")
  void what_comes_back_before_the_settlement_counts_when_it_is_settled() {
    recipients.add(rows(BUYERS, 3));
    List<RecipientClaim> claims = attempted(3);
    recipients.note(
        List.of(
            note(RecipientId.of(BUYERS, 1), RecipientNote.Kind.ARRIVED, NOON),
            note(RecipientId.of(BUYERS, 2), RecipientNote.Kind.REJECTED, NOON)));

    List<RecipientSettlement> passedOver =
        recipients.settle(
            List.of(inDoubt(claims.get(0)), sent(claims.get(1)), inDoubt(claims.get(2))));

    assertThat(passedOver).isEmpty();
    assertThat(statuses())
        .containsExactly(RecipientStatus.SENT, RecipientStatus.REJECTED, RecipientStatus.IN_DOUBT);
  }

  @Test
  @Tag("G-40")
  void who_is_known_to_have_got_it_is_not_sent_to_again() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = attempted(1).get(0);
    recipients.settle(
        List.of(
            RecipientSettlement.again(
                claim, RecipientOutcome.of(Why.NO_ANSWER, "No answer"), NOON, NOON)));
    RecipientClaim next = claimed(NOON, END);

    recipients.note(List.of(note(next.recipient().id(), RecipientNote.Kind.SEEN, NOON)));

    assertThat(recipients.markAttempting(List.of(next))).isEmpty();
    assertThat(found(BUYERS, 1).state().status()).isEqualTo(RecipientStatus.SENT);
    assertThat(recipients.claim(BOTH, 1, EVENING, EVENING)).isEmpty();
  }

  @Test
  @Tag("DL-12")
  void who_was_in_doubt_is_handed_out_once_more_when_an_agent_wants_it() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = attempted(1).get(0);
    recipients.settle(List.of(inDoubt(claim)));

    recipients.note(List.of(note(claim.recipient().id(), RecipientNote.Kind.WANTED_AGAIN, END)));

    assertThat(recipients.nextDue(BOTH)).isNotEmpty();
    RecipientClaim again = claimed(END, LATER);
    assertThat(again.interrupted()).isFalse();
    assertThat(again.token()).isGreaterThan(claim.token());
    assertThat(recipients.settle(List.of(sent(claim)))).hasSize(1);
  }

  @Test
  void those_that_exist_are_found() {
    recipients.add(rows(BUYERS, 3));
    List<RecipientId> asked =
        List.of(
            RecipientId.of(BUYERS, 3),
            RecipientId.of(BUYERS, 4),
            RecipientId.of(OWNERS, 1),
            RecipientId.of(BUYERS, 1));

    assertThat(recipients.find(asked))
        .containsExactlyInAnyOrder(recipient(BUYERS, 1), recipient(BUYERS, 3));
  }

  @Test
  @Tag("DL-10")
  void a_list_comes_in_pages_in_the_order_of_its_rows() {
    recipients.add(List.of(recipient(BUYERS, 30), urgent(BUYERS, 4, 1), recipient(BUYERS, 7)));
    recipients.add(rows(OWNERS, 2));

    List<Recipient> first = recipients.of(BUYERS, Set.of(), 0, 2);

    assertThat(first).containsExactly(urgent(BUYERS, 4, 1), recipient(BUYERS, 7));
    assertThat(recipients.of(BUYERS, Set.of(), 7, 2)).containsExactly(recipient(BUYERS, 30));
    assertThat(recipients.of(BUYERS, Set.of(), 30, 2)).isEmpty();
  }

  @Test
  @Tag("DL-10")
  void a_page_holds_only_the_statuses_that_are_asked_for() {
    recipients.add(rows(BUYERS, 5));
    recipients.add(List.of(invalid(BUYERS, 6)));
    List<RecipientClaim> claims = attempted(2);
    recipients.settle(List.of(sent(claims.get(0)), inDoubt(claims.get(1))));
    Set<RecipientStatus> wanted = Set.of(RecipientStatus.IN_DOUBT, RecipientStatus.FAILED);

    assertThat(recipients.of(BUYERS, wanted, 0, 10))
        .extracting(each -> each.id().row())
        .containsExactly(2L, 6L);
    assertThat(recipients.of(BUYERS, Set.of(RecipientStatus.PENDING), 0, 1))
        .extracting(each -> each.id().row())
        .containsExactly(3L);
  }

  @Test
  @Tag("PO-6")
  void recipients_with_an_address_come_in_pages_over_all_lists() {
    recipients.add(
        List.of(
            recipient(BUYERS, 10, "ana@example.com"),
            recipient(BUYERS, 9, "ANA@example.com"),
            recipient(OWNERS, 1, "ana@Example.com"),
            recipient(OWNERS, 2, "anna@example.com")));
    EmailAddress ana = EmailAddress.of("Ana@example.com");

    List<RecipientId> all = new ArrayList<>();
    List<Recipient> page = recipients.withAddress(ana, null, 2);
    for (int pages = 1; !page.isEmpty(); pages++) {
      assertThat(pages).as("pages of two").isLessThan(4);
      all.addAll(idsOf(page));
      page = recipients.withAddress(ana, all.get(all.size() - 1), 2);
    }

    assertThat(all)
        .containsExactly(
            RecipientId.of(OWNERS, 1), RecipientId.of(BUYERS, 9), RecipientId.of(BUYERS, 10));
  }

  @Test
  @Tag("DL-10")
  void the_counts_are_those_of_the_lists_asked_for() {
    recipients.add(rows(BUYERS, 3));
    recipients.add(List.of(invalid(OWNERS, 1)));
    send(claimed(NOON, END));
    recipients.note(List.of(note(RecipientId.of(BUYERS, 1), RecipientNote.Kind.SPAM, END)));
    claimed(NOON, END);

    assertThat(recipients.counts(List.of(BUYERS)))
        .isEqualTo(new RecipientCounts(1, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0));
    assertThat(recipients.counts(List.of(OWNERS)).failed()).isEqualTo(1);
    assertThat(recipients.counts(List.of(BUYERS, OWNERS, BUYERS)).total()).isEqualTo(4);
    assertThat(recipients.counts(List.of())).isEqualTo(RecipientCounts.NONE);
  }

  @Test
  @Tag("DL-10")
  void whatever_happens_the_counts_are_what_a_count_of_the_recipients_says() {
    RandomRecipients walk = new RandomRecipients(recipients, 20_260_302L);

    for (int step = 0; step < 700; step++) {
      walk.step();

      assertThat(recipients.counts(walk.lists())).as("step %d", step).isEqualTo(walk.counted());
    }

    assertThat(recipients.recount(walk.lists())).isEqualTo(walk.counted());
    assertThat(recipients.counts(walk.lists())).isEqualTo(walk.counted());
    assertThat(walk.counted().total()).isGreaterThan(50);
  }

  @Test
  void the_next_one_is_due_when_it_may_be_claimed() {
    recipients.add(rows(BUYERS, 2));
    assertThat(recipients.nextDue(BOTH)).hasValueSatisfying(due -> assertThat(due).isBefore(NOON));
    List<RecipientClaim> claims = recipients.claim(BOTH, 2, NOON, LATER);
    assertThat(recipients.nextDue(BOTH)).contains(LATER);

    recipients.release(claims.subList(0, 1), END);

    assertThat(recipients.nextDue(BOTH)).contains(END);
    assertThat(recipients.nextDue(List.of(OWNERS))).isEmpty();
  }

  @Test
  void nothing_is_due_when_all_are_final() {
    recipients.add(List.of(recipient(BUYERS, 1), invalid(BUYERS, 2)));

    send(claimed(NOON, END));

    assertThat(recipients.nextDue(BOTH)).isEmpty();
  }

  @Test
  void those_that_have_become_due_are_due_however_many_were_claimed_before() {
    recipients.add(List.of(urgent(BUYERS, 1, 1), urgent(BUYERS, 2, 2)));
    recipients.release(recipients.claim(BOTH, 2, NOON, END), NOON.plusSeconds(1));
    RecipientClaim first = claimed(NOON.plusSeconds(2), LATER);
    recipients.settle(List.of(sent(first)));

    assertThat(recipients.nextDue(BOTH))
        .hasValueSatisfying(due -> assertThat(due).isBefore(NOON.plusSeconds(2)));
  }

  @Test
  @Tag("G-47")
  void a_list_knows_when_it_was_worked_on_last() {
    recipients.add(rows(BUYERS, 2));
    assertThat(recipients.lastWorkedOn(BOTH)).isEmpty();
    RecipientClaim claim = claimed(NOON, LATER);
    assertThat(recipients.lastWorkedOn(BOTH)).contains(NOON);

    recipients.settle(
        List.of(RecipientSettlement.end(claim, RecipientStatus.SENT, accepted(), END)));

    assertThat(recipients.lastWorkedOn(BOTH)).contains(END);
    assertThat(recipients.lastWorkedOn(List.of(OWNERS))).isEmpty();
  }

  @Test
  @Tag("PO-6")
  void who_is_erased_is_a_pseudonym_with_the_same_counts() {
    recipients.add(List.of(wordy(BUYERS, 1), recipient(BUYERS, 2)));
    RecipientClaim claim = attempted(1).get(0);
    recipients.settle(
        List.of(
            RecipientSettlement.end(
                claim, RecipientStatus.REJECTED, refused("ana@example.com"), NOON)));
    recipients.note(List.of(note(claim.recipient().id(), RecipientNote.Kind.ANSWERED, END)));
    RecipientCounts before = recipients.counts(BOTH);

    recipients.erase(List.of(claim.recipient().id(), RecipientId.of(OWNERS, 4)), "person-1", LATER);

    Recipient erased = found(BUYERS, 1);
    assertThat(erased.address()).isEqualTo("person-1");
    assertThat(erased.row()).isEqualTo(Recipient.Row.EMPTY);
    assertThat(erased.state().status()).isEqualTo(RecipientStatus.REJECTED);
    assertThat(erased.state().traces().answered()).isEqualTo(END);
    assertThat(replyText(erased)).isEmpty();
    assertThat(recipients.counts(BOTH)).isEqualTo(before);
    assertThat(found(BUYERS, 2)).isEqualTo(recipient(BUYERS, 2));
  }

  @Test
  @Tag("PO-6")
  void nobody_is_found_by_an_address_that_was_erased() {
    EmailAddress ana = EmailAddress.of("ana@example.com");
    recipients.add(List.of(recipient(BUYERS, 1, ana.value()), recipient(BUYERS, 2, ana.value())));

    recipients.erase(List.of(RecipientId.of(BUYERS, 1)), "person-1", NOON);

    assertThat(idsOf(recipients.withAddress(ana, null, 10)))
        .containsExactly(RecipientId.of(BUYERS, 2));
    assertThat(recipients.first(BOTH, List.of(ana)))
        .isEqualTo(Map.of(ana, RecipientId.of(BUYERS, 2)));
  }

  @Test
  @Tag("PO-6")
  void who_is_erased_before_their_turn_is_not_sent_to() {
    recipients.add(rows(BUYERS, 2));
    RecipientClaim claim = claimed(NOON, END);

    recipients.erase(List.of(claim.recipient().id(), RecipientId.of(BUYERS, 2)), "person-1", NOON);

    assertThat(statuses()).containsExactly(RecipientStatus.FAILED, RecipientStatus.FAILED);
    assertThat(recipients.markAttempting(List.of(claim))).isEmpty();
    assertThat(recipients.settle(List.of(sent(claim)))).containsExactly(sent(claim));
    assertThat(recipients.claim(BOTH, 10, EVENING, EVENING)).isEmpty();
    assertThat(recipients.nextDue(BOTH)).isEmpty();
  }

  @Test
  @Tag("PO-6")
  void what_is_settled_or_noted_after_an_erasure_brings_no_words_of_a_server_back() {
    recipients.add(rows(BUYERS, 2));
    List<RecipientClaim> claims = attempted(2);
    recipients.erase(idsOf(rows(BUYERS, 2)), "person-1", NOON);

    recipients.settle(
        List.of(
            RecipientSettlement.end(
                claims.get(0), RecipientStatus.REJECTED, refused("ana@example.com"), NOON),
            sent(claims.get(1))));
    recipients.note(List.of(note(RecipientId.of(BUYERS, 2), RecipientNote.Kind.REJECTED, END)));

    assertThat(statuses()).containsExactly(RecipientStatus.REJECTED, RecipientStatus.REJECTED);
    assertThat(replyText(found(BUYERS, 1))).isEmpty();
    assertThat(replyText(found(BUYERS, 2))).isEmpty();
    assertThat(found(BUYERS, 1).address()).isEqualTo("person-1");
  }

  @Test
  void what_is_removed_is_gone_in_steps_with_its_counts() {
    recipients.add(rows(BUYERS, 5));
    recipients.add(rows(OWNERS, 1));
    EmailAddress first = EmailAddress.of("buyers-1@example.com");

    assertThat(recipients.remove(BUYERS, 3)).isEqualTo(3);
    assertThat(recipients.counts(BOTH).total()).isEqualTo(3);
    assertThat(recipients.remove(BUYERS, 3)).isEqualTo(2);

    assertThat(recipients.remove(BUYERS, 3)).isZero();
    assertThat(recipients.of(BUYERS, Set.of(), 0, 10)).isEmpty();
    assertThat(recipients.withAddress(first, null, 10)).isEmpty();
    assertThat(recipients.first(BOTH, List.of(first))).isEmpty();
    assertThat(recipients.nextDue(List.of(BUYERS))).isEmpty();
    assertThat(names(recipients.claim(BOTH, 10, NOON, END))).containsExactly("an-owner/1");
  }

  @Test
  void a_list_that_was_removed_may_be_stored_anew() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim old = claimed(NOON, END);
    recipients.remove(BUYERS, 10);

    assertThat(recipients.add(rows(BUYERS, 1))).isEqualTo(1);

    assertThat(recipients.markAttempting(List.of(old))).isEmpty();
    assertThat(found(BUYERS, 1).state()).isEqualTo(RecipientState.PENDING);
  }

  @RepeatedTest(10)
  @Tag("G-42")
  void racing_workers_never_share_a_recipient() {
    recipients.add(rows(BUYERS, 200));

    List<String> claimed = Race.drain(8, 200, () -> names(recipients.claim(BOTH, 3, NOON, END)));

    assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
    assertThat(recipients.counts(BOTH).claimed()).isEqualTo(200);
  }

  @RepeatedTest(10)
  @Tag("G-42")
  void of_workers_who_settle_the_same_claim_one_succeeds() {
    recipients.add(rows(BUYERS, 1));
    RecipientClaim claim = attempted(1).get(0);

    List<Boolean> settled = Race.run(8, () -> recipients.settle(List.of(sent(claim))).isEmpty());

    assertThat(settled).containsOnlyOnce(true);
    assertThat(recipients.counts(BOTH).sent()).isEqualTo(1);
  }

  @RepeatedTest(5)
  @Tag("DL-10")
  void workers_and_what_comes_back_at_once_lose_nothing() {
    recipients.add(rows(BUYERS, 100));
    AtomicInteger next = new AtomicInteger();

    Race.drain(8, 200, () -> worked(next.incrementAndGet()));

    RecipientCounts counts = recipients.counts(BOTH);
    assertThat(counts.sent()).isEqualTo(100);
    assertThat(counts.seen()).isEqualTo(100);
    assertThat(recipients.recount(BOTH)).isEqualTo(counts);
  }

  private List<String> worked(int turn) {
    if (turn <= 100) {
      recipients.note(List.of(note(RecipientId.of(BUYERS, turn), RecipientNote.Kind.SEEN, END)));
    }
    List<RecipientClaim> claims = recipients.claim(BOTH, 2, NOON, END);
    List<RecipientClaim> marked = recipients.markAttempting(claims);
    recipients.settle(marked.stream().map(RecipientsContract::sent).toList());
    List<String> done = new ArrayList<>(names(claims));
    if (turn <= 100 && done.isEmpty()) {
      done.add("note " + turn);
    }
    return done;
  }

  private RecipientClaim claimed(Instant now, Instant until) {
    return recipients.claim(BOTH, 1, now, until).get(0);
  }

  private List<RecipientClaim> attempted(int count) {
    return recipients.markAttempting(recipients.claim(BOTH, count, NOON, END));
  }

  private void send(RecipientClaim claim) {
    recipients.markAttempting(List.of(claim));
    recipients.settle(List.of(sent(claim)));
  }

  private static RecipientSettlement sent(RecipientClaim claim) {
    return RecipientSettlement.end(claim, RecipientStatus.SENT, accepted(), NOON);
  }

  private static RecipientSettlement inDoubt(RecipientClaim claim) {
    return RecipientSettlement.end(
        claim, RecipientStatus.IN_DOUBT, RecipientOutcome.of(Why.NO_ANSWER, "No answer"), NOON);
  }

  static RecipientNote note(RecipientId recipient, RecipientNote.Kind kind, Instant at) {
    return switch (kind) {
      case REJECTED -> RecipientNote.rejected(recipient, refused("ana@example.com"), at);
      case INVITATION -> RecipientNote.invitation(recipient, InvitationAnswer.ACCEPTED, at);
      default -> RecipientNote.of(recipient, kind, at);
    };
  }

  private static String replyText(Recipient recipient) {
    return Objects.requireNonNull(
            Objects.requireNonNull(recipient.state().outcome(), "outcome").reply(), "reply")
        .text();
  }

  private List<RecipientStatus> statuses() {
    return recipients.of(BUYERS, Set.of(), 0, 10).stream()
        .map(each -> each.state().status())
        .toList();
  }

  private Recipient found(ListId list, long row) {
    return found(RecipientId.of(list, row));
  }

  private Recipient found(RecipientId id) {
    return recipients.find(List.of(id)).get(0);
  }

  private static List<RecipientId> idsOf(Collection<Recipient> all) {
    return all.stream().map(Recipient::id).toList();
  }

  private static List<String> names(List<RecipientClaim> claims) {
    return claims.stream().map(claim -> claim.recipient().id().toString()).toList();
  }
}
