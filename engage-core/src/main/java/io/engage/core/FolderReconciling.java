package io.engage.core;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.LedgerEntry;
import io.engage.model.mailbox.UidRange;
import io.engage.spi.MailSource.MailboxSession;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the ledger of a folder with the server, mail by mail, and fetches what it does not know.
 */
final class FolderReconciling {
  private static final int ENTRIES_AT_ONCE = 1_000;

  private final Parts parts;
  private final Intake intake;
  private final Runnable beforeBatch;
  private final Map<LedgerEntry.State, Long> states = new EnumMap<>(LedgerEntry.State.class);
  private final List<UidRange> unknown = new ArrayList<>();
  private long onServer;
  private long recorded;
  private long gone;

  /**
   * @param beforeBatch done before each batch, to keep the right to read the account
   */
  FolderReconciling(Parts parts, Intake intake, Runnable beforeBatch) {
    this.beforeBatch = beforeBatch;
    this.parts = parts;
    this.intake = intake;
  }

  Reconciliation run(MailboxSession session, FolderState state) {
    FolderCursor whole =
        FolderCursor.start(state.folder(), state.uidValidity()).at(state.lastUid());
    long corrected = new FolderComparison(parts, beforeBatch).runWhole(session, whole);
    count(session, whole);
    long missing = unknownMails();
    if (missing > 0) {
      for (UidRange range : List.copyOf(unknown)) {
        session.fetch(whole.at(range.first() - 1), range.last(), parts.blobs(), this::take);
      }
      count(session, whole);
    }
    return new Reconciliation(
        state.folder(),
        onServer,
        recorded,
        states,
        gone,
        corrected + missing - unknownMails(),
        unknownMails());
  }

  private void take(FetchedBatch batch) {
    beforeBatch.run();
    intake.take(batch);
  }

  private void count(MailboxSession session, FolderCursor whole) {
    states.clear();
    unknown.clear();
    onServer = 0;
    recorded = 0;
    gone = 0;
    if (whole.lastUid() > 0) {
      session.survey(whole, this::count);
    }
  }

  private long unknownMails() {
    return unknown.stream().mapToLong(range -> range.last() - range.first() + 1).sum();
  }

  private void count(FolderSurvey survey) {
    Presence presence = new Presence(survey.present());
    long after = survey.from() - 1;
    boolean more = true;
    while (more) {
      List<LedgerEntry> page =
          parts
              .storage()
              .ledger()
              .entriesAfter(survey.folder(), survey.uidValidity(), after, ENTRIES_AT_ONCE);
      for (LedgerEntry entry : page) {
        if (entry.uid().uid() <= survey.to()) {
          count(entry, presence);
        }
      }
      after = page.isEmpty() ? survey.to() : page.get(page.size() - 1).uid().uid();
      more = after < survey.to();
    }
    presence.skipTo(survey.to() + 1);
  }

  private void count(LedgerEntry entry, Presence presence) {
    recorded++;
    states.merge(entry.state(), 1L, Long::sum);
    if (!presence.skipTo(entry.uid().uid())) {
      gone++;
    }
  }

  /**
   * The mails of a survey, walked upwards beside the ledger: what is passed over is unknown to it.
   */
  private final class Presence {
    private final List<UidRange> ranges;
    private int range;
    private long next;

    Presence(List<UidRange> ranges) {
      this.ranges = ranges;
      this.next = ranges.isEmpty() ? Long.MAX_VALUE : ranges.get(0).first();
      ranges.forEach(each -> onServer += each.last() - each.first() + 1);
    }

    /** Whether {@code uid} is there; everything below it that is there was not asked for. */
    boolean skipTo(long uid) {
      while (next < uid) {
        long last = Math.min(ranges.get(range).last(), uid - 1);
        unknown.add(new UidRange(next, last));
        advanceBehind(last);
      }
      if (next == uid) {
        advanceBehind(uid);
        return true;
      }
      return false;
    }

    private void advanceBehind(long uid) {
      if (uid < ranges.get(range).last()) {
        next = uid + 1;
      } else {
        range++;
        next = range < ranges.size() ? ranges.get(range).first() : Long.MAX_VALUE;
      }
    }
  }
}
