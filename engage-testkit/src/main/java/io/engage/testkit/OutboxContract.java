package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.address.EmailAddress;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.InboxId;
import io.engage.model.mailbox.AccountId;
import io.engage.model.message.Delivery;
import io.engage.model.message.Message;
import io.engage.model.message.MessageId;
import io.engage.model.message.RfcMessageId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxEntry;
import io.engage.model.outbox.OutboxId;
import io.engage.model.outbox.OutboxSettlement;
import io.engage.model.outbox.OutboxTask;
import io.engage.spi.Outbox;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Outbox} must do: each entry to one worker at a time, none lost, none done twice
 * without a word. Extend it and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-30")
public abstract class OutboxContract {
  private static final Instant NOON = Sample.MONDAY;
  private static final Instant END = NOON.plusSeconds(60);
  private static final Instant LATER = END.plusSeconds(60);

  private Shop shop;
  private Outbox outbox;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    outbox = shop.storage().outbox();
  }

  @Test
  void nothing_is_claimed_when_nothing_is_owed() {
    assertThat(outbox.claim(10, NOON, END)).isEmpty();
    assertThat(outbox.unsettled(10)).isEmpty();
    assertThat(outbox.markAttempting(List.of())).isEmpty();
  }

  @Test
  void the_earliest_comes_first_and_equal_ones_in_the_order_of_their_commits() {
    shop.keep(entry("b", NOON), entry("a", NOON));
    shop.keep(entry("early", NOON.minusSeconds(1)));
    shop.keep(entry("0", NOON));

    assertThat(ids(outbox.claim(10, NOON, END))).containsExactly("early", "b", "a", "0");
  }

  @Test
  void what_is_not_due_is_not_claimed() {
    shop.keep(entry("now", NOON), entry("soon", NOON.plusSeconds(1)));

    assertThat(ids(outbox.claim(10, NOON, END))).containsExactly("now");
    assertThat(ids(outbox.claim(10, NOON.plusSeconds(1), END))).containsExactly("soon");
  }

  @Test
  void at_most_as_many_are_claimed_as_are_asked_for() {
    shop.keep(entry("a", NOON), entry("b", NOON), entry("c", NOON));

    assertThat(ids(outbox.claim(2, NOON, END))).containsExactly("a", "b");
    assertThat(ids(outbox.claim(2, NOON, END))).containsExactly("c");
  }

  @Test
  void what_is_claimed_is_not_handed_out_again_during_its_lease() {
    shop.keep(entry("a", NOON));
    claimed(NOON, END);

    assertThat(outbox.claim(10, END.minusSeconds(1), LATER)).isEmpty();
  }

  @Test
  void what_was_only_claimed_is_claimed_again_when_its_lease_has_ended() {
    shop.keep(entry("a", NOON));
    OutboxClaim first = claimed(NOON, END);

    OutboxClaim second = claimed(END, LATER);

    assertThat(first.interrupted()).isFalse();
    assertThat(second.interrupted()).isFalse();
    assertThat(second.entry()).isEqualTo(first.entry());
    assertThat(second.token()).isGreaterThan(first.token());
  }

  @Test
  void what_was_attempted_and_never_settled_is_handed_out_as_interrupted() {
    shop.keep(entry("a", NOON));
    outbox.markAttempting(List.of(claimed(NOON, END)));

    assertThat(claimed(END, LATER).interrupted()).isTrue();
    assertThat(claimed(LATER, LATER.plusSeconds(60)).interrupted()).isTrue();
  }

  @Test
  void claims_that_are_the_newest_may_be_attempted() {
    shop.keep(entry("a", NOON), entry("b", NOON));
    List<OutboxClaim> claims = outbox.claim(2, NOON, END);

    assertThat(outbox.markAttempting(claims)).containsExactlyInAnyOrderElementsOf(claims);
  }

  @Test
  void a_claim_that_was_overtaken_must_not_be_attempted() {
    shop.keep(entry("a", NOON), entry("b", NOON));
    List<OutboxClaim> slow = outbox.claim(2, NOON, END);
    claimed(END, LATER);

    assertThat(ids(outbox.markAttempting(slow))).containsExactly("b");
  }

  @Test
  void a_claim_that_was_overtaken_marks_nothing() {
    shop.keep(entry("a", NOON));
    OutboxClaim slow = claimed(NOON, END);
    claimed(END, LATER);

    outbox.markAttempting(List.of(slow));

    assertThat(claimed(LATER, LATER.plusSeconds(60)).interrupted()).isFalse();
  }

  @Test
  void a_claim_that_was_settled_must_not_be_attempted() {
    shop.keep(entry("a", NOON));
    OutboxClaim claim = claimed(NOON, END);
    shop.keep(OutboxSettlement.done(claim));

    assertThat(outbox.markAttempting(List.of(claim))).isEmpty();
  }

  @Test
  void what_is_given_back_is_due_again_at_the_time_named_as_if_it_were_never_claimed() {
    shop.keep(entry("a", NOON), entry("b", NOON));
    List<OutboxClaim> claims = outbox.claim(2, NOON, LATER);

    outbox.release(claims.subList(0, 1), END);

    assertThat(outbox.claim(10, END.minusSeconds(1), LATER)).isEmpty();
    OutboxClaim next = claimed(END, LATER);
    assertThat(next.entry()).isEqualTo(entry("a", NOON));
    assertThat(next.interrupted()).isFalse();
    assertThat(next.token()).isGreaterThan(claims.get(0).token());
  }

  @Test
  void a_claim_that_was_given_back_is_worth_nothing_any_more() {
    shop.keep(entry("a", NOON));
    OutboxClaim claim = claimed(NOON, END);
    outbox.release(List.of(claim), NOON);

    assertThat(outbox.markAttempting(List.of(claim))).isEmpty();
    assertThatThrownBy(() -> shop.keep(OutboxSettlement.done(claim)))
        .isInstanceOf(StaleVersion.class);
  }

  @Test
  void what_was_attempted_cannot_be_given_back() {
    shop.keep(entry("a", NOON));
    OutboxClaim claim = claimed(NOON, END);
    outbox.markAttempting(List.of(claim));

    outbox.release(List.of(claim), NOON);

    assertThat(outbox.claim(10, NOON, END)).isEmpty();
    assertThat(claimed(END, LATER).interrupted()).isTrue();
  }

  @Test
  @Tag("G-42")
  void whoever_was_overtaken_gives_nothing_back() {
    shop.keep(entry("a", NOON));
    OutboxClaim slow = claimed(NOON, END);
    claimed(END, LATER);

    outbox.release(List.of(slow), END);

    assertThat(outbox.claim(10, END, LATER)).isEmpty();
  }

  @Test
  void what_is_claimed_is_held_until_it_is_settled_or_given_back() {
    shop.keep(entry("claimed", NOON), entry("back", NOON), entry("again", NOON));
    List<OutboxClaim> claims = outbox.claim(3, NOON, END);
    shop.keep(entry("new", NOON));
    outbox.release(claims.subList(1, 2), NOON);
    shop.keep(new OutboxSettlement(claims.get(2), entry("again", LATER)));

    List<OutboxId> held =
        outbox.held(
            Stream.of("claimed", "back", "again", "new", "unknown").map(OutboxId::of).toList());

    assertThat(held).containsExactly(OutboxId.of("claimed"));
  }

  @Test
  void what_is_done_disappears() {
    shop.keep(entry("a", NOON), entry("b", NOON));
    OutboxClaim claim = claimed(NOON, END);

    shop.keep(OutboxSettlement.done(claim));

    assertThat(outbox.unsettled(10)).extracting(each -> each.id().value()).containsExactly("b");
    assertThat(ids(outbox.claim(10, LATER, LATER.plusSeconds(1)))).containsExactly("b");
  }

  @Test
  void a_claim_whose_lease_has_ended_may_be_settled_as_long_as_nobody_else_has_one() {
    shop.keep(entry("a", NOON));
    OutboxClaim late = claimed(NOON, END);

    shop.keep(OutboxSettlement.done(late));

    assertThat(outbox.unsettled(10)).isEmpty();
  }

  @Test
  void what_is_to_be_tried_again_waits_for_its_new_time_as_if_it_were_never_claimed() {
    shop.keep(entry("a", NOON));
    OutboxClaim claim = claimed(NOON, LATER);
    outbox.markAttempting(List.of(claim));
    OutboxEntry again = new OutboxEntry(OutboxId.of("a"), Sample.SHOP, task(), END, 1);

    shop.keep(new OutboxSettlement(claim, again));

    assertThat(outbox.claim(10, NOON, LATER)).isEmpty();
    OutboxClaim next = claimed(END, LATER);
    assertThat(next.entry()).isEqualTo(again);
    assertThat(next.interrupted()).isFalse();
    assertThat(next.token()).isGreaterThan(claim.token());
  }

  @Test
  void the_claim_of_an_earlier_try_settles_nothing() {
    shop.keep(entry("a", NOON));
    OutboxClaim claim = claimed(NOON, END);
    shop.keep(new OutboxSettlement(claim, entry("a", NOON)));

    assertThatThrownBy(() -> shop.keep(OutboxSettlement.done(claim)))
        .isInstanceOf(StaleVersion.class);
    assertThat(outbox.unsettled(10)).hasSize(1);
  }

  @Test
  void everything_unsettled_is_listed_in_the_order_of_claims() {
    shop.keep(entry("c", NOON), entry("b", NOON), entry("late", LATER));
    shop.keep(entry("early", NOON.minusSeconds(1)));
    claimed(NOON, END);

    assertThat(outbox.unsettled(10))
        .extracting(each -> each.id().value())
        .containsExactly("early", "c", "b", "late");
    assertThat(outbox.unsettled(2)).hasSize(2);
  }

  @Test
  void what_is_owed_through_one_account_comes_in_pages_by_id_claimed_or_not() {
    List<OutboxEntry> ours =
        IntStream.range(0, 25).mapToObj(i -> entry("e%02d".formatted(24 - i), NOON)).toList();
    shop.keep(ours.toArray(OutboxEntry[]::new));
    shop.keep(
        new OutboxEntry(OutboxId.of("e05x"), AccountId.of("other"), task(), NOON, 0),
        new OutboxEntry(OutboxId.of("a"), AccountId.of("other"), task(), NOON, 0));
    outbox.markAttempting(outbox.claim(7, NOON, END));

    List<String> all = new ArrayList<>();
    List<OutboxEntry> page = outbox.unsettledOf(Sample.SHOP, null, 10);
    while (!page.isEmpty()) {
      page.forEach(each -> all.add(each.id().value()));
      page = outbox.unsettledOf(Sample.SHOP, page.get(page.size() - 1).id(), 10);
    }

    assertThat(all)
        .containsExactlyElementsOf(ours.stream().map(each -> each.id().value()).sorted().toList());
    assertThat(outbox.unsettledOf(AccountId.of("other"), null, 1))
        .extracting(each -> each.id().value())
        .containsExactly("a");
    assertThat(outbox.unsettledOf(AccountId.of("nobody"), null, 10)).isEmpty();
  }

  @Test
  void what_is_done_is_no_longer_owed_through_its_account_and_what_is_tried_again_is() {
    shop.keep(entry("a", NOON), entry("b", NOON));
    List<OutboxClaim> claims = outbox.claim(2, NOON, END);
    OutboxEntry again = new OutboxEntry(OutboxId.of("b"), Sample.SHOP, task(), END, 1);

    shop.keep(OutboxSettlement.done(claims.get(0)), new OutboxSettlement(claims.get(1), again));

    assertThat(outbox.unsettledOf(Sample.SHOP, null, 10)).containsExactly(again);
  }

  @Test
  @Tag("WK-9")
  void messages_of_ours_are_listed_by_how_far_they_have_come_newest_first() {
    shop.keep(
        ofOurs("sent", Delivery.SENT, 1),
        ofOurs("failed-a", Delivery.FAILED, 2),
        ofOurs("failed-b", Delivery.FAILED, 2),
        ofOurs("queued", Delivery.QUEUED, 3),
        SampleMail.of("theirs").at(NOON.plusSeconds(4)).make(),
        SampleMail.of("gone").ours(Delivery.QUEUED).deleted().make(),
        SampleMail.of("elsewhere").ours(Delivery.QUEUED).to(Sample.sales()).make());
    Set<InboxId> workshop = Set.of(Sample.workshop().id());
    Set<Delivery> waitingOrFailed = Set.of(Delivery.QUEUED, Delivery.FAILED);

    List<Message> all = Shop.all(1, page -> outbox.messages(workshop, waitingOrFailed, page));

    assertThat(all)
        .extracting(each -> each.id().value())
        .containsExactly("queued", "failed-b", "failed-a");
    assertThat(Shop.pages(3, page -> outbox.messages(workshop, waitingOrFailed, page))).hasSize(1);
    assertThat(outbox.messages(List.of(), waitingOrFailed, Page.Request.first(10)).items())
        .isEmpty();
  }

  @Test
  @Tag("WK-9")
  void a_message_of_ours_that_comes_further_is_listed_there() {
    shop.keep(ofOurs("answer", Delivery.QUEUED, 1));
    Message queued = shop.message("answer");

    shop.keep(queued.withState(queued.state().withDelivery(Delivery.SENT)));

    Set<InboxId> workshop = Set.of(Sample.workshop().id());
    Page.Request page = Page.Request.first(10);
    assertThat(outbox.messages(workshop, Set.of(Delivery.QUEUED), page).items()).isEmpty();
    assertThat(outbox.messages(workshop, Set.of(Delivery.SENT), page).items())
        .containsExactly(shop.message("answer"));
  }

  @Test
  @Tag("WK-9")
  @Tag("G-43")
  void what_some_of_the_recipients_did_not_get_is_listed_as_failed_and_not_as_sent() {
    shop.keep(ofOurs("everybody", Delivery.SENT, 1), ofOurs("some", Delivery.SENT, 2));
    Message some = shop.message("some");
    shop.keep(
        some.withState(some.state().withUnreached(List.of(EmailAddress.of("ben@example.org")))));

    Set<InboxId> workshop = Set.of(Sample.workshop().id());
    Page.Request page = Page.Request.first(10);

    assertThat(outbox.messages(workshop, Set.of(Delivery.FAILED), page).items())
        .containsExactly(shop.message("some"));
    assertThat(outbox.messages(workshop, Set.of(Delivery.SENT, Delivery.FAILED), page).items())
        .containsExactly(shop.message("some"), shop.message("everybody"));
    assertThat(shop.message("some").state().unreached())
        .containsExactly(EmailAddress.of("ben@example.org"));
  }

  private static Message ofOurs(String id, Delivery delivery, int seconds) {
    return SampleMail.of(id).ours(delivery).at(NOON.plusSeconds(seconds)).make();
  }

  @Test
  void every_task_is_found_as_it_was_stored() {
    List<OutboxEntry> entries =
        everyTask()
            .map(
                task ->
                    new OutboxEntry(
                        OutboxId.of(task.code() + task.hashCode()), Sample.SHOP, task, NOON, 3))
            .toList();

    shop.keep(entries.toArray(OutboxEntry[]::new));

    assertThat(outbox.unsettled(10)).containsExactlyElementsOf(entries);
    assertThat(outbox.claim(10, NOON, END))
        .extracting(OutboxClaim::entry)
        .containsExactlyElementsOf(entries);
  }

  @RepeatedTest(10)
  void racing_workers_never_share_an_entry() {
    shop.keep(
        IntStream.range(0, 200)
            .mapToObj(i -> entry("entry-" + i, NOON))
            .toArray(OutboxEntry[]::new));

    List<String> claimed = Race.drain(8, 200, () -> ids(outbox.claim(1, NOON, END)));

    assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
  }

  @RepeatedTest(10)
  void of_workers_who_settle_the_same_claim_one_succeeds() {
    shop.keep(entry("a", NOON));
    OutboxClaim claim = claimed(NOON, END);

    List<Boolean> settled = Race.run(8, () -> settles(claim));

    assertThat(settled).containsOnlyOnce(true);
  }

  private boolean settles(OutboxClaim claim) {
    try {
      shop.keep(OutboxSettlement.done(claim));
      return true;
    } catch (StaleVersion e) {
      return false;
    }
  }

  private OutboxClaim claimed(Instant now, Instant until) {
    return outbox.claim(1, now, until).get(0);
  }

  private static OutboxEntry entry(String id, Instant notBefore) {
    return Sample.markSeen(id, notBefore);
  }

  private static OutboxTask task() {
    return new OutboxTask.MarkSeen(Set.of(Sample.uid(1)), true);
  }

  private static Stream<OutboxTask> everyTask() {
    MessageId message = MessageId.of("m1");
    RfcMessageId messageId = RfcMessageId.of("reply@shop.example");
    EmailAddress workshop = Sample.workshop().sender().address();
    List<EmailAddress> both =
        List.of(EmailAddress.of("ben@example.org"), EmailAddress.of("ana@example.com"));
    return Stream.of(
        new OutboxTask.SendMail(message, messageId, workshop, both, Sample.blob("reply")),
        new OutboxTask.CopyToSent(message, messageId, Sample.blob("reply"), NOON),
        new OutboxTask.MarkSeen(Set.of(Sample.uid(1), Sample.uid(4_294_967_295L)), true),
        new OutboxTask.MarkSeen(Set.of(Sample.uid(1)), false),
        new OutboxTask.DeleteOnServer(Set.of(Sample.uid(1), Sample.uid(2))));
  }

  private static List<String> ids(List<OutboxClaim> claims) {
    return claims.stream().map(claim -> claim.entry().id().value()).toList();
  }
}
