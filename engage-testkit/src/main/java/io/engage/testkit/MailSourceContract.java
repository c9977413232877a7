package io.engage.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.BlobStore;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource;
import io.engage.spi.MailSource.MailboxSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MailSource} promises. A subclass says which server it talks to, and plays the
 * other mail program that uses the same mailbox. Each test begins with an account of its own whose
 * folder {@link #folder} is there and empty, and which has a folder for sent mail.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class MailSourceContract {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final RfcMessageId ANSWER = RfcMessageId.of("answer-1@shop.example");

  private final BlobStore blobs = new HeapBlobs();

  /** The source; of mails over {@link #largestMail} bytes it fetches only the header. */
  protected abstract MailSource source();

  /** An account of this test alone. */
  protected abstract MailAccount account();

  /** The folder that the tests use. */
  protected String folder() {
    return "INBOX";
  }

  /** The limit that the source was given. */
  protected abstract int largestMail();

  /** Whether the server counts changes of flags (RFC 7162). */
  protected boolean countsChanges() {
    return true;
  }

  /** Another program puts a mail into {@link #folder}, unread. */
  protected abstract void deliver(byte[] mail);

  /** Another program deletes a mail for good. */
  protected abstract void remove(ServerUid uid);

  /** Another program sets {@code \Seen} or clears it. */
  protected abstract void setSeen(ServerUid uid, boolean seen);

  /** Another program sets {@code \Deleted} and does not expunge. */
  protected abstract void markDeleted(ServerUid uid);

  /** The folder is made anew, with the same mails and another UIDVALIDITY. */
  protected abstract void renumber();

  /** The folder for sent mail goes. */
  protected abstract void removeSentFolder();

  /** What lies in the folder for sent mail. */
  protected abstract List<SentCopy> sentCopies();

  /** A mail in the folder for sent mail. */
  public record SentCopy(boolean seen, byte[] source) {}

  @Test
  void an_empty_folder_has_a_uid_validity_and_no_mails() {
    FolderState state = look();

    assertThat(state.folder()).isEqualTo(place());
    assertThat(state.uidValidity()).isPositive();
    assertThat(state.messages()).isZero();
    assertThat(state.lastUid()).isZero();
  }

  @Test
  @Tag("G-2")
  void each_look_asks_the_server() {
    try (MailboxSession session = open()) {
      deliver(mail("first"));
      FolderState before = session.look(folder());
      deliver(mail("second"));

      FolderState after = session.look(folder());

      assertThat(before.messages()).isEqualTo(1);
      assertThat(after.messages()).isEqualTo(2);
      assertThat(after.lastUid()).isGreaterThan(before.lastUid());
      assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
    }
  }

  @Test
  void a_folder_that_is_not_there_is_named_as_the_reason() {
    try (MailboxSession session = open()) {
      assertThatThrownBy(() -> session.look("Nowhere"))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.NO_FOLDER));
    }
  }

  @Test
  @Tag("SY-1")
  void every_mail_is_fetched_once_with_its_bytes_in_ascending_order() {
    List<byte[]> mails = deliverMany(7);

    List<FetchedMail> fetched = fetchAll();

    assertThat(fetched).extracting(MailSourceContract::bytes).containsExactlyElementsOf(mails);
    assertThat(fetched).extracting(mail -> mail.uid().uid()).isSorted().doesNotHaveDuplicates();
    assertThat(fetched).extracting(mail -> mail.uid().folder()).containsOnly(place());
    assertThat(fetched).allMatch(mail -> mail.sizeOnServer() == mail.source().size());
  }

  @Test
  void the_bytes_are_in_the_blob_store_when_a_batch_is_handed_over() {
    byte[] mail = mail("strap");
    deliver(mail);
    FolderState state = look();
    List<Boolean> stored = new ArrayList<>();

    try (MailboxSession session = open()) {
      session.fetch(
          start(state),
          state.lastUid(),
          blobs,
          batch ->
              batch.mails().forEach(m -> stored.add(blobs.find(m.source().digest()).isPresent())));
    }

    assertThat(stored).containsExactly(true);
    assertThat(blobs.find(HeapBlobs.digest(mail))).isPresent();
  }

  @Test
  @Tag("G-2")
  void only_mails_above_the_cursor_and_up_to_the_end_are_fetched() {
    deliverMany(5);
    List<FetchedMail> all = fetchAll();
    FolderState state = look();

    List<FetchedMail> some =
        mails(fetch(start(state).at(all.get(1).uid().uid()), all.get(3).uid().uid()));
    List<FetchedMail> none = mails(fetch(start(state).at(state.lastUid()), state.lastUid()));
    List<FetchedMail> beyond = mails(fetch(start(state).at(state.lastUid()), state.lastUid() + 9));

    assertThat(some)
        .extracting(FetchedMail::uid)
        .containsExactly(all.get(2).uid(), all.get(3).uid());
    assertThat(none).isEmpty();
    assertThat(beyond).isEmpty();
  }

  @Test
  void the_last_batch_says_that_the_whole_range_was_handed_over() {
    deliverMany(3);
    FolderState state = look();

    List<FetchedBatch> batches = fetch(start(state), state.lastUid() + 5);

    assertThat(batches).extracting(FetchedBatch::upToUid).isSorted();
    assertThat(batches.get(batches.size() - 1).upToUid()).isEqualTo(state.lastUid() + 5);
    assertThat(batches).allMatch(batch -> batch.uidValidity() == state.uidValidity());
  }

  @Test
  @Tag("SY-5")
  void fetching_marks_nothing_as_read() {
    deliverMany(2);
    fetchAll();

    List<FetchedMail> again = fetchAll();

    assertThat(again).hasSize(2).noneMatch(FetchedMail::seen);
  }

  @Test
  @Tag("G-2")
  void mails_that_another_program_has_read_are_fetched_too_and_marked_so() {
    deliverMany(2);
    setSeen(fetchAll().get(0).uid(), true);

    List<FetchedMail> fetched = fetchAll();

    assertThat(fetched).extracting(FetchedMail::seen).containsExactly(true, false);
  }

  @Test
  void the_time_of_arrival_is_known() {
    Instant before = Instant.now().minusSeconds(3600);

    deliver(mail("strap"));

    assertThat(fetchAll().get(0).receivedAt()).isBetween(before, Instant.now().plusSeconds(3600));
  }

  @Test
  @Tag("G-12")
  void a_mail_over_the_limit_comes_with_its_header_alone_and_the_others_whole() {
    byte[] small = mail("small");
    byte[] large = mail("large", "x".repeat(70) + "\r\n", largestMail() / 72 + 10);
    deliver(small);
    deliver(large);
    deliver(small);

    List<FetchedMail> fetched = fetchAll();

    assertThat(fetched).hasSize(3);
    assertThat(bytes(fetched.get(0))).isEqualTo(small);
    assertThat(fetched.get(1).sizeOnServer()).isGreaterThan(largestMail());
    assertThat(bytes(fetched.get(1))).asString(US_ASCII).contains("Subject: large");
    assertThat(fetched.get(1).source().size()).isLessThan(1_000);
    assertThat(bytes(fetched.get(2))).isEqualTo(small);
  }

  @Test
  void what_the_receiver_throws_ends_the_fetch_and_comes_through() {
    deliverMany(3);
    FolderState state = look();
    IllegalStateException full = new IllegalStateException("full");
    List<FetchedBatch> handedOver = new ArrayList<>();

    try (MailboxSession session = open()) {
      assertThatThrownBy(
              () ->
                  session.fetch(
                      start(state),
                      state.lastUid(),
                      blobs,
                      batch -> {
                        handedOver.add(batch);
                        throw full;
                      }))
          .isSameAs(full);
    }

    assertThat(handedOver).hasSize(1);
  }

  @Test
  @Tag("G-3")
  void a_cursor_of_another_uid_validity_fetches_nothing() {
    deliverMany(2);
    FolderState old = look();
    renumber();

    try (MailboxSession session = open()) {
      assertThat(session.look(folder()).uidValidity()).isNotEqualTo(old.uidValidity());
      assertThatThrownBy(() -> session.fetch(start(old), 9, blobs, batch -> {}))
          .isInstanceOf(MailAccessFailure.class);
    }
    assertThat(fetchAll()).hasSize(2);
  }

  @Test
  void what_another_program_has_deleted_is_simply_gone() {
    deliverMany(3);
    remove(fetchAll().get(1).uid());
    FolderState state = look();

    List<FetchedBatch> batches = fetch(start(state), state.lastUid());

    assertThat(mails(batches)).hasSize(2);
    assertThat(batches).allMatch(batch -> batch.missing().isEmpty());
  }

  @Test
  @Tag("SY-6")
  void the_count_of_changes_grows_when_another_program_changes_flags_or_deletes() {
    deliverMany(3);
    List<FetchedMail> mails = fetchAll();
    List<FolderState> states = new ArrayList<>();

    try (MailboxSession session = open()) {
      states.add(session.look(folder()));
      setSeen(mails.get(0).uid(), true);
      states.add(session.look(folder()));
      setSeen(mails.get(0).uid(), false);
      states.add(session.look(folder()));
      remove(mails.get(1).uid());
      states.add(session.look(folder()));
      states.add(session.look(folder()));
    }

    List<Long> counts = states.stream().map(FolderState::highestModSeq).toList();
    assertThat(states).extracting(FolderState::messages).containsExactly(3L, 3L, 3L, 2L, 2L);
    if (countsChanges()) {
      assertThat(counts.subList(0, 4)).isSorted().doesNotHaveDuplicates();
      assertThat(counts.get(0)).isPositive();
      assertThat(counts.get(4)).isEqualTo(counts.get(3));
    } else {
      assertThat(counts).containsOnly(0L);
    }
  }

  @Test
  @Tag("G-2")
  void a_first_survey_tells_of_every_mail_whether_it_is_there_and_read() {
    deliverMany(24);
    List<FetchedMail> mails = fetchAll();
    setSeen(mails.get(3).uid(), true);
    remove(mails.get(1).uid());
    remove(mails.get(23).uid());
    FolderCursor upTo = startOf(mails).at(mails.get(23).uid().uid());

    List<FolderSurvey> surveys = survey(upTo);

    for (int i = 0; i < mails.size(); i++) {
      long uid = mails.get(i).uid().uid();
      boolean there = i != 1 && i != 23;
      assertThat(isPresent(surveys, uid)).as("mail %d", i).isEqualTo(there);
      assertThat(seen(surveys).get(uid)).as("mail %d", i).isEqualTo(there ? i == 3 : null);
    }
  }

  @Test
  @Tag("SY-5")
  void a_survey_tells_what_another_program_has_read_since_and_marked_as_unread() {
    deliverMany(4);
    List<FetchedMail> mails = fetchAll();
    setSeen(mails.get(2).uid(), true);
    FolderCursor compared = compared();
    setSeen(mails.get(1).uid(), true);
    setSeen(mails.get(2).uid(), false);

    Map<Long, Boolean> seen = seen(survey(compared));

    assertThat(seen)
        .containsEntry(mails.get(1).uid().uid(), true)
        .containsEntry(mails.get(2).uid().uid(), false)
        .doesNotContainEntry(mails.get(0).uid().uid(), true)
        .doesNotContainEntry(mails.get(3).uid().uid(), true);
  }

  @Test
  @Tag("SY-6")
  void a_survey_tells_by_absence_what_another_program_has_deleted_since() {
    deliverMany(5);
    List<FetchedMail> mails = fetchAll();
    FolderCursor compared = compared();
    remove(mails.get(0).uid());
    remove(mails.get(3).uid());
    markDeleted(mails.get(2).uid());

    List<FolderSurvey> surveys = survey(compared);

    assertThat(mails)
        .extracting(mail -> isPresent(surveys, mail.uid().uid()))
        .containsExactly(false, true, true, false, true);
  }

  @Test
  @Tag("SY-6")
  void a_survey_of_a_folder_that_another_program_has_emptied_tells_that_all_are_gone() {
    deliverMany(3);
    List<FetchedMail> mails = fetchAll();
    FolderCursor compared = compared();
    mails.forEach(mail -> remove(mail.uid()));

    List<FolderSurvey> surveys = survey(compared);

    assertThat(surveys).isNotEmpty().allMatch(survey -> survey.present().isEmpty());
    assertThat(seen(surveys)).isEmpty();
  }

  @Test
  @Tag("SY-6")
  void a_session_that_has_the_folder_open_surveys_it_as_it_is_now() {
    deliverMany(3);
    List<FetchedMail> mails = fetchAll();

    try (MailboxSession session = open()) {
      FolderState state = session.look(folder());
      FolderCursor compared = start(state).at(state.lastUid()).compared(state.highestModSeq(), 3);
      List<FolderSurvey> before = survey(session, compared);
      setSeen(mails.get(0).uid(), true);
      remove(mails.get(1).uid());

      List<FolderSurvey> after = survey(session, compared);

      assertThat(isPresent(before, mails.get(1).uid().uid())).isTrue();
      assertThat(isPresent(after, mails.get(1).uid().uid())).isFalse();
      assertThat(seen(after)).containsEntry(mails.get(0).uid().uid(), true);
      assertThat(session.look(folder()).messages()).isEqualTo(2);
    }
  }

  @Test
  @Tag("SY-5")
  void what_was_compared_is_still_there_and_nothing_else_is_told_of_it() {
    deliverMany(3);
    List<FetchedMail> mails = fetchAll();
    setSeen(mails.get(1).uid(), true);
    FolderCursor compared = compared();

    List<FolderSurvey> surveys = survey(compared);

    assertThat(mails).allMatch(mail -> isPresent(surveys, mail.uid().uid()));
    assertThat(Map.of(uid(mails, 0), false, uid(mails, 1), true, uid(mails, 2), false))
        .containsAllEntriesOf(seen(surveys));
  }

  @Test
  @Tag("G-2")
  void mails_above_the_cursor_are_no_part_of_a_survey_and_new_ones_do_not_disturb() {
    deliverMany(4);
    List<FetchedMail> mails = fetchAll();
    FolderCursor compared = compared().at(uid(mails, 1));
    setSeen(mails.get(0).uid(), true);
    setSeen(mails.get(3).uid(), true);
    deliverMany(2);

    List<FolderSurvey> surveys = survey(compared);

    assertThat(isPresent(surveys, uid(mails, 1))).isTrue();
    assertThat(isPresent(surveys, uid(mails, 2))).isFalse();
    assertThat(seen(surveys))
        .containsEntry(uid(mails, 0), true)
        .doesNotContainKeys(uid(mails, 2), uid(mails, 3));
  }

  @Test
  void before_the_first_mail_there_is_nothing_to_survey() {
    deliverMany(2);

    List<FolderSurvey> surveys = survey(start(look()));

    assertThat(surveys).isEmpty();
  }

  @Test
  @Tag("SY-6")
  void a_count_of_changes_that_has_begun_anew_leaves_nothing_out() {
    deliverMany(3);
    List<FetchedMail> mails = fetchAll();
    setSeen(mails.get(1).uid(), true);
    FolderCursor compared = compared().compared(1L << 60, 3);

    Map<Long, Boolean> seen = seen(survey(compared));

    assertThat(seen)
        .isEqualTo(Map.of(uid(mails, 0), false, uid(mails, 1), true, uid(mails, 2), false));
  }

  @Test
  @Tag("SY-5")
  void surveying_marks_nothing_as_read() {
    deliverMany(2);

    survey(compared().compared(0, 0));

    assertThat(fetchAll()).hasSize(2).noneMatch(FetchedMail::seen);
  }

  @Test
  @Tag("G-3")
  void a_cursor_of_another_uid_validity_surveys_nothing() {
    deliverMany(2);
    FolderCursor old = compared();
    renumber();
    List<FolderSurvey> surveys = new ArrayList<>();

    try (MailboxSession session = open()) {
      assertThatThrownBy(() -> session.survey(old, surveys::add))
          .isInstanceOfSatisfying(
              MailAccessFailure.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.PROTOCOL));
    }
    assertThat(surveys).isEmpty();
  }

  @Test
  void what_the_receiver_of_surveys_throws_comes_through() {
    deliverMany(2);
    FolderCursor compared = compared();
    IllegalStateException full = new IllegalStateException("full");

    try (MailboxSession session = open()) {
      assertThatThrownBy(
              () ->
                  session.survey(
                      compared,
                      survey -> {
                        throw full;
                      }))
          .isSameAs(full);
      assertThat(session.look(folder()).messages()).isEqualTo(2);
    }
  }

  @Test
  @Tag("SY-5")
  void seen_is_set_and_cleared_on_those_mails_and_no_others() {
    deliverMany(3);
    List<FetchedMail> mails = fetchAll();
    ServerUid second = mails.get(1).uid();

    change(session -> session.markSeen(List.of(second), true));
    List<FetchedMail> read = fetchAll();
    change(session -> session.markSeen(List.of(second), false));

    assertThat(read).extracting(FetchedMail::seen).containsExactly(false, true, false);
    assertThat(fetchAll()).noneMatch(FetchedMail::seen);
  }

  @Test
  void marking_again_or_what_is_gone_does_no_harm() {
    deliverMany(2);
    List<ServerUid> uids = fetchAll().stream().map(FetchedMail::uid).toList();
    remove(uids.get(0));

    change(session -> session.markSeen(uids, true));
    change(session -> session.markSeen(uids, true));

    assertThat(fetchAll()).extracting(FetchedMail::seen).containsExactly(true);
  }

  @Test
  @Tag("G-3")
  void uids_of_another_uid_validity_touch_nothing() {
    deliverMany(2);
    List<ServerUid> old = fetchAll().stream().map(FetchedMail::uid).toList();
    renumber();

    change(session -> session.markSeen(old, true));
    change(session -> session.delete(old));

    assertThat(fetchAll()).hasSize(2).noneMatch(FetchedMail::seen);
  }

  @Test
  @Tag("SY-5")
  void those_mails_are_deleted_for_good_and_no_others() {
    List<byte[]> mails = deliverMany(5);
    List<FetchedMail> fetched = fetchAll();
    List<ServerUid> two = List.of(fetched.get(1).uid(), fetched.get(3).uid());

    change(session -> session.delete(two));
    change(session -> session.delete(two));

    assertThat(fetchAll())
        .extracting(MailSourceContract::bytes)
        .containsExactly(mails.get(0), mails.get(2), mails.get(4));
  }

  @Test
  @Tag("G-4")
  void those_that_were_there_are_told_from_those_that_were_not() {
    deliverMany(3);
    List<ServerUid> uids = fetchAll().stream().map(FetchedMail::uid).toList();
    remove(uids.get(1));
    List<Set<ServerUid>> deleted = new ArrayList<>();

    change(session -> deleted.add(session.delete(uids)));
    change(session -> deleted.add(session.delete(uids)));

    assertThat(deleted).containsExactly(Set.of(uids.get(0), uids.get(2)), Set.of());
  }

  @Test
  @Tag("G-1")
  void a_mail_that_another_program_has_marked_deleted_stays() {
    deliverMany(3);
    List<FetchedMail> fetched = fetchAll();
    markDeleted(fetched.get(0).uid());

    change(session -> session.delete(List.of(fetched.get(1).uid())));

    assertThat(fetchAll())
        .extracting(FetchedMail::uid)
        .containsExactly(fetched.get(0).uid(), fetched.get(2).uid());
  }

  @Test
  @Tag("G-1")
  void deleting_each_batch_as_it_comes_loses_no_mail() {
    for (int count = 1; count <= 7; count++) {
      List<byte[]> mails = deliverMany(count);
      List<FetchedMail> fetched = fetchAll();

      change(session -> session.delete(fetched.stream().map(FetchedMail::uid).toList()));

      assertThat(fetched).extracting(MailSourceContract::bytes).containsExactlyElementsOf(mails);
      assertThat(look().messages()).isZero();
    }
  }

  @Test
  @Tag("G-30")
  void a_copy_of_sent_mail_is_kept_once_and_marked_as_seen() {
    byte[] answer = answer();

    boolean first = keep(answer);
    boolean second = keep(answer);

    assertThat(first).isTrue();
    assertThat(second).isTrue();
    assertThat(sentCopies()).hasSize(1);
    assertThat(sentCopies().get(0).seen()).isTrue();
    assertThat(sentCopies().get(0).source()).isEqualTo(answer);
  }

  @Test
  @Tag("PO-6")
  void a_copy_of_sent_mail_is_deleted_by_its_message_id_and_no_other_is() {
    keep(answer());
    RfcMessageId other = RfcMessageId.of("other@shop.example");
    byte[] another =
        new String(answer(), StandardCharsets.UTF_8)
            .replace(ANSWER.value(), other.value())
            .getBytes(StandardCharsets.UTF_8);
    try (MailboxSession session = open()) {
      session.keepSent(other, MailContent.of(another), Instant.parse("2026-03-02T09:00:00Z"));

      assertThat(session.deleteSent(ANSWER)).isEqualTo(1);
      assertThat(session.deleteSent(ANSWER)).isZero();
    }

    assertThat(sentCopies()).extracting(SentCopy::source).containsExactly(another);
  }

  @Test
  void without_a_folder_for_sent_mail_none_is_kept() {
    removeSentFolder();

    boolean kept = keep(answer());

    assertThat(kept).isFalse();
  }

  @Test
  @Tag("SY-1")
  void a_mail_that_arrives_ends_the_waiting() {
    try (MailboxSession session = open()) {
      session.look(folder());
      CompletableFuture<Void> later =
          CompletableFuture.runAsync(
              () -> deliver(mail("news")),
              CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));

      boolean news = session.awaitNews(folder(), LONG);

      assertThat(news).isTrue();
      assertThat(session.look(folder()).messages()).isEqualTo(1);
      later.join();
    }
  }

  @Test
  void what_arrived_since_the_last_look_is_news() {
    try (MailboxSession session = open()) {
      session.look(folder());
      deliver(mail("news"));

      assertThat(session.awaitNews(folder(), LONG)).isTrue();
    }
  }

  @Test
  void waiting_ends_by_itself_when_nothing_comes() {
    try (MailboxSession session = open()) {
      deliver(mail("old"));
      session.look(folder());

      assertThat(session.awaitNews(folder(), SOON)).isFalse();
      assertThat(session.look(folder()).messages()).isEqualTo(1);
    }
  }

  @Test
  void another_thread_may_close_a_session_that_waits() {
    MailboxSession session = open();
    session.look(folder());
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            session::close, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    Instant before = Instant.now();

    session.awaitNews(folder(), LONG);

    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
    later.join();
  }

  @Test
  void closing_again_does_no_harm_and_a_closed_session_takes_nothing() {
    MailboxSession session = open();
    session.close();

    assertThatCode(session::close).doesNotThrowAnyException();
    assertThatThrownBy(() -> session.look(folder())).isInstanceOf(MailAccessFailure.class);
  }

  @Test
  void several_sessions_may_be_open_at_once() {
    deliverMany(2);

    try (MailboxSession one = open();
        MailboxSession other = open()) {
      assertThat(one.look(folder())).isEqualTo(other.look(folder()));
    }
  }

  private FolderState look() {
    try (MailboxSession session = open()) {
      return session.look(folder());
    }
  }

  private List<FetchedMail> fetchAll() {
    FolderState state = look();
    return state.lastUid() == 0 ? List.of() : mails(fetch(start(state), state.lastUid()));
  }

  private List<FetchedBatch> fetch(FolderCursor cursor, long upToUid) {
    List<FetchedBatch> batches = new ArrayList<>();
    try (MailboxSession session = open()) {
      session.fetch(cursor, upToUid, blobs, batches::add);
    }
    return batches;
  }

  /** All of the folder has been imported and compared just now. */
  private FolderCursor compared() {
    FolderState state = look();
    return start(state).at(state.lastUid()).compared(state.highestModSeq(), state.messages());
  }

  private List<FolderSurvey> survey(FolderCursor upTo) {
    try (MailboxSession session = open()) {
      return survey(session, upTo);
    }
  }

  /** Without gaps, from the first to the last. */
  private static List<FolderSurvey> survey(MailboxSession session, FolderCursor upTo) {
    List<FolderSurvey> surveys = new ArrayList<>();
    session.survey(upTo, surveys::add);
    long next = 1;
    for (FolderSurvey survey : surveys) {
      assertThat(survey.folder()).isEqualTo(upTo.folder());
      assertThat(survey.uidValidity()).isEqualTo(upTo.uidValidity());
      assertThat(survey.from()).isEqualTo(next);
      assertThat(survey.seen().keySet()).allMatch(survey::isPresent);
      next = survey.to() + 1;
    }
    assertThat(next).isEqualTo(upTo.lastUid() + 1);
    return surveys;
  }

  private static boolean isPresent(List<FolderSurvey> surveys, long uid) {
    return surveys.stream().anyMatch(survey -> survey.isPresent(uid));
  }

  private static Map<Long, Boolean> seen(List<FolderSurvey> surveys) {
    Map<Long, Boolean> seen = new HashMap<>();
    surveys.forEach(survey -> seen.putAll(survey.seen()));
    return seen;
  }

  private static long uid(List<FetchedMail> mails, int index) {
    return mails.get(index).uid().uid();
  }

  private static FolderCursor startOf(List<FetchedMail> mails) {
    ServerUid first = mails.get(0).uid();
    return FolderCursor.start(first.folder(), first.uidValidity());
  }

  private static List<FetchedMail> mails(List<FetchedBatch> batches) {
    return batches.stream().flatMap(batch -> batch.mails().stream()).toList();
  }

  private boolean keep(byte[] answer) {
    try (MailboxSession session = open()) {
      return session.keepSent(
          ANSWER, MailContent.of(answer), Instant.parse("2026-03-02T09:00:00Z"));
    }
  }

  private void change(Consumer<MailboxSession> change) {
    try (MailboxSession session = open()) {
      change.accept(session);
    }
  }

  private List<byte[]> deliverMany(int count) {
    List<byte[]> mails = IntStream.range(0, count).mapToObj(i -> mail("mail " + i)).toList();
    mails.forEach(this::deliver);
    return mails;
  }

  private MailboxSession open() {
    return source().open(account());
  }

  private ServerFolder place() {
    return new ServerFolder(account().id(), folder());
  }

  private FolderCursor start(FolderState state) {
    return FolderCursor.start(state.folder(), state.uidValidity());
  }

  private static byte[] answer() {
    String text =
        "From: service@shop.example\r\n"
            + "To: ana@example.com\r\n"
            + "Message-ID: %s\r\n\r\n"
            + "It is ready.\r\n";
    return text.formatted(ANSWER.bracketed()).getBytes(US_ASCII);
  }

  private static byte[] mail(String subject) {
    return mail(subject, "When will my watch be ready?\r\n.\r\n..\r\n", 1);
  }

  private static byte[] mail(String subject, String text, int times) {
    String header =
        "From: Ana <ana@example.com>\r\nTo: service@shop.example\r\nSubject: %s\r\n\r\n";
    return (header.formatted(subject) + text.repeat(times)).getBytes(US_ASCII);
  }

  private static byte[] bytes(FetchedMail mail) {
    try (InputStream in = mail.content().open()) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new AssertionError("The content of a fetched mail cannot be read", unreadable);
    }
  }
}
