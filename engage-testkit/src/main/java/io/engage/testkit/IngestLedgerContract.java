package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.CursorMove;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.LedgerEntry.State;
import io.engage.model.mailbox.LedgerMove;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MessageId;
import io.engage.spi.IngestLedger;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link IngestLedger} must do: each mail ever seen has exactly one ending. Extend it
 * and return an empty storage.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("G-10")
public abstract class IngestLedgerContract {
  private static final long LARGEST_UID = 4_294_967_295L;
  private static final ServerFolder ARCHIVE = new ServerFolder(Sample.SHOP, "Archive");

  private Shop shop;
  private IngestLedger ledger;

  /** A storage that holds nothing, for one test. */
  protected abstract Storage emptyStorage();

  @BeforeEach
  void openShop() {
    shop = Shop.in(emptyStorage());
    ledger = shop.storage().ledger();
  }

  @Test
  void a_folder_has_no_cursor_before_its_first_commit() {
    assertThat(ledger.cursor(Sample.SHOP_FOLDER)).isEmpty();
  }

  @Test
  void a_cursor_is_where_it_was_moved_last() {
    FolderCursor start = FolderCursor.start(Sample.SHOP_FOLDER, Sample.UID_VALIDITY);
    shop.commit(shop.change().cursor(new CursorMove(null, start)));

    shop.commit(shop.change().cursor(new CursorMove(start, start.at(LARGEST_UID))));

    assertThat(ledger.cursor(Sample.SHOP_FOLDER)).contains(start.at(LARGEST_UID));
  }

  @Test
  void a_cursor_begins_again_under_a_new_uidvalidity() {
    FolderCursor old = FolderCursor.start(Sample.SHOP_FOLDER, 7).at(50);
    FolderCursor renumbered = FolderCursor.start(Sample.SHOP_FOLDER, 8);
    shop.commit(shop.change().cursor(new CursorMove(null, old)));

    shop.commit(shop.change().cursor(new CursorMove(old, renumbered)));

    assertThat(ledger.cursor(Sample.SHOP_FOLDER)).contains(renumbered);
  }

  @Test
  void folders_and_accounts_have_cursors_of_their_own() {
    ServerFolder otherAccount = new ServerFolder(AccountId.of("other"), "INBOX");
    FolderCursor cursor = FolderCursor.start(Sample.SHOP_FOLDER, 7).at(1);

    shop.commit(shop.change().cursor(new CursorMove(null, cursor)));

    assertThat(ledger.cursor(ARCHIVE)).isEmpty();
    assertThat(ledger.cursor(otherAccount)).isEmpty();
  }

  @Test
  void an_entry_is_found_as_it_was_stored() {
    List<LedgerEntry> entries = new ArrayList<>();
    for (LedgerEntry.State state : LedgerEntry.State.values()) {
      entries.add(
          new LedgerEntry(
              Sample.uid(entries.size() + 1),
              state,
              "because of “this”",
              List.of(MessageId.of("m1"), MessageId.of("m2")),
              Sample.blob("bytes"),
              Sample.MONDAY));
    }
    entries.add(Sample.quarantined(Sample.uid(LARGEST_UID)));
    entries.add(Sample.imported(99, "m3").withLeftAt(Sample.MONDAY.plusSeconds(60)));

    shop.commit(shop.change().ledger(entries));

    assertThat(ledger.entries(entries.stream().map(LedgerEntry::uid).toList()))
        .containsExactlyInAnyOrderElementsOf(entries);
  }

  @Test
  void an_entry_replaces_the_earlier_one_of_its_uid() {
    shop.keep(Sample.quarantined(Sample.uid(1)));

    shop.keep(Sample.imported(1, "m1"));

    assertThat(ledger.entries(List.of(Sample.uid(1)))).containsExactly(Sample.imported(1, "m1"));
    assertThat(ledger.entriesAfter(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, 0, 10)).hasSize(1);
  }

  @Test
  void what_another_node_made_of_a_mail_meanwhile_is_not_overwritten() {
    shop.keep(Sample.quarantined(Sample.uid(1)));
    LedgerMove recovered = new LedgerMove(State.QUARANTINED, Sample.imported(1, "m1"));
    LedgerMove recoveredElsewhere = new LedgerMove(State.QUARANTINED, Sample.imported(1, "m2"));
    shop.commit(shop.change().ledgerMoves(List.of(recovered)));

    assertThatThrownBy(() -> shop.commit(shop.change().ledgerMoves(List.of(recoveredElsewhere))))
        .isInstanceOf(StaleVersion.class);

    assertThat(ledger.entries(List.of(Sample.uid(1)))).containsExactly(Sample.imported(1, "m1"));
    assertThat(ledger.placesOf(List.of(MessageId.of("m2")))).isEmpty();
  }

  @Test
  void a_mail_has_one_first_entry() {
    shop.keep(Sample.imported(1, "m1"));

    assertThatThrownBy(() -> shop.commit(shop.change().ledger(List.of(Sample.imported(1, "m2")))))
        .isInstanceOf(StaleVersion.class);

    assertThat(ledger.entries(List.of(Sample.uid(1)))).containsExactly(Sample.imported(1, "m1"));
  }

  @Test
  void a_step_from_an_entry_that_is_not_there_is_refused() {
    LedgerMove step = new LedgerMove(State.QUARANTINED, Sample.imported(1, "m1"));

    assertThatThrownBy(() -> shop.commit(shop.change().ledgerMoves(List.of(step))))
        .isInstanceOf(StaleVersion.class);

    assertThat(ledger.entries(List.of(Sample.uid(1)))).isEmpty();
  }

  @Test
  void two_endings_of_one_mail_in_one_change_are_refused() {
    assertThatThrownBy(
            () ->
                shop.commit(
                    shop.change()
                        .ledger(List.of(Sample.imported(1, "m1"), Sample.imported(1, "m2")))))
        .isInstanceOf(StaleVersion.class);
  }

  @RepeatedTest(5)
  void of_two_nodes_that_take_one_mail_out_of_quarantine_one_gets_anywhere() {
    shop.commit(
        shop.change()
            .ledger(
                LongStream.rangeClosed(1, 100)
                    .mapToObj(uid -> Sample.quarantined(Sample.uid(uid)))
                    .toList()));
    AtomicLong number = new AtomicLong();

    List<Long> won = Race.drain(8, 100, () -> recoverNext(number));

    assertThat(won).hasSize(100).doesNotHaveDuplicates();
  }

  /** Every mail is tried by four. */
  private List<Long> recoverNext(AtomicLong number) {
    long ticket = number.getAndIncrement();
    while (ticket < 400) {
      long uid = ticket / 4 + 1;
      try {
        shop.commit(
            shop.change()
                .ledgerMoves(
                    List.of(
                        new LedgerMove(State.QUARANTINED, Sample.imported(uid, "t" + ticket)))));
        return List.of(uid);
      } catch (StaleVersion somebodyElseGotIt) {
        ticket = number.getAndIncrement();
      }
    }
    return List.of();
  }

  @Test
  void the_places_of_a_message_are_all_entries_that_name_it() {
    LedgerEntry duplicate =
        new LedgerEntry(
            new ServerUid(ARCHIVE, 3, 9),
            LedgerEntry.State.DUPLICATE,
            "the same bytes",
            List.of(MessageId.of("m1")),
            Sample.blob("bytes"),
            Sample.MONDAY);
    shop.commit(
        shop.change()
            .ledger(List.of(Sample.imported(1, "m1"), Sample.imported(2, "m2"), duplicate)));
    shop.keep(Sample.quarantined(Sample.uid(2)));

    assertThat(ledger.placesOf(List.of(MessageId.of("m1"), MessageId.of("m2"))))
        .containsExactlyInAnyOrder(Sample.imported(1, "m1"), duplicate);
    assertThat(ledger.placesOf(List.of())).isEmpty();
  }

  @Test
  void entries_of_unknown_uids_are_left_out() {
    shop.keep(Sample.imported(1, "m1"));

    assertThat(
            ledger.entries(
                List.of(
                    Sample.uid(2),
                    new ServerUid(Sample.SHOP_FOLDER, 8, 1),
                    new ServerUid(ARCHIVE, Sample.UID_VALIDITY, 1))))
        .isEmpty();
    assertThat(ledger.entries(List.of())).isEmpty();
  }

  @Test
  void of_many_uids_each_entry_comes_once() {
    shop.commit(
        shop.change().ledger(LongStream.rangeClosed(1, 2500).mapToObj(i -> imported(i)).toList()));

    List<ServerUid> twice =
        LongStream.range(0, 5000).mapToObj(i -> Sample.uid(i % 2500 + 1)).toList();

    assertThat(ledger.entries(twice)).hasSize(2500).doesNotHaveDuplicates();
  }

  @Test
  void entries_after_a_uid_come_in_ascending_order_up_to_the_limit() {
    shop.keep(imported(300), imported(2), imported(LARGEST_UID), imported(10), imported(1));

    assertThat(uidsAfter(1, 3)).containsExactly(2L, 10L, 300L);
    assertThat(uidsAfter(300, 3)).containsExactly(LARGEST_UID);
    assertThat(uidsAfter(LARGEST_UID, 3)).isEmpty();
  }

  @Test
  void entries_of_other_folders_and_numberings_do_not_come_along() {
    shop.keep(
        imported(1),
        Sample.quarantined(new ServerUid(Sample.SHOP_FOLDER, 8, 2)),
        Sample.quarantined(new ServerUid(ARCHIVE, Sample.UID_VALIDITY, 3)));

    assertThat(uidsAfter(0, 10)).containsExactly(1L);
  }

  @Test
  void quarantined_mails_of_any_numbering_come_in_pages_in_ascending_order() {
    ServerUid renumbered = new ServerUid(Sample.SHOP_FOLDER, Sample.UID_VALIDITY + 1, 2);
    shop.keep(Sample.quarantined(Sample.uid(9)), Sample.quarantined(Sample.uid(4)));
    shop.keep(Sample.quarantined(renumbered), imported(5));
    shop.keep(Sample.quarantined(Sample.uid(1)));

    assertThat(ledger.quarantined(Sample.SHOP_FOLDER, null, 10))
        .extracting(LedgerEntry::uid)
        .containsExactly(Sample.uid(1), Sample.uid(4), Sample.uid(9), renumbered);
    assertThat(ledger.quarantined(Sample.SHOP_FOLDER, Sample.uid(1), 2))
        .extracting(LedgerEntry::uid)
        .containsExactly(Sample.uid(4), Sample.uid(9));
    assertThat(ledger.quarantined(Sample.SHOP_FOLDER, Sample.uid(5), 10))
        .extracting(LedgerEntry::uid)
        .containsExactly(Sample.uid(9), renumbered);
    assertThat(ledger.quarantined(Sample.SHOP_FOLDER, renumbered, 10)).isEmpty();
    assertThat(ledger.quarantined(ARCHIVE, null, 10)).isEmpty();
  }

  @Test
  @Tag("G-3")
  void what_had_an_earlier_numbering_and_did_not_leave_is_outdated() {
    ServerUid old = new ServerUid(Sample.SHOP_FOLDER, 8, 2);
    LedgerEntry there =
        new LedgerEntry(
            old,
            State.IMPORTED,
            "new",
            List.of(MessageId.of("m2")),
            Sample.blob("m2"),
            Sample.MONDAY);
    shop.keep(imported(1), there, Sample.quarantined(new ServerUid(Sample.SHOP_FOLDER, 8, 3)));

    List<LedgerEntry> outdated = ledger.outdated(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, 10);
    shop.keep(there.withLeftAt(Sample.MONDAY));

    assertThat(outdated).containsExactly(there);
    assertThat(ledger.outdated(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, 10)).isEmpty();
    assertThat(ledger.outdated(Sample.SHOP_FOLDER, 9, 10)).hasSize(1);
    assertThat(ledger.outdated(ARCHIVE, 9, 10)).isEmpty();
  }

  @Test
  void what_was_read_after_all_is_not_quarantined_any_more() {
    shop.keep(Sample.quarantined(Sample.uid(1)), Sample.quarantined(Sample.uid(2)));

    shop.keep(imported(1));

    assertThat(ledger.quarantined(Sample.SHOP_FOLDER, null, 10))
        .extracting(LedgerEntry::uid)
        .containsExactly(Sample.uid(2));
  }

  private static LedgerEntry imported(long uid) {
    return Sample.imported(uid, "m" + uid);
  }

  private List<Long> uidsAfter(long uid, int limit) {
    return ledger.entriesAfter(Sample.SHOP_FOLDER, Sample.UID_VALIDITY, uid, limit).stream()
        .map(entry -> entry.uid().uid())
        .toList();
  }
}
