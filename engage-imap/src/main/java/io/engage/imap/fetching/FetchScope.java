package io.engage.imap.fetching;

import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.ServerUid;
import io.engage.spi.BlobStore;
import java.time.Clock;
import java.time.Instant;

/** What every step of fetching one folder needs. */
record FetchScope(
    ImapConnection connection,
    FolderCursor cursor,
    BlobStore blobs,
    FetchLimits limits,
    Held held,
    Clock clock) {

  /** What is held in memory of mails that are not handed over yet. */
  static final class Held {
    private final long most;
    private long bytes;

    Held(long most) {
      this.most = most;
    }

    /** Whether so many more may be; the mail is read from the blob store again otherwise. */
    boolean mayHold(long more) {
      boolean fits = bytes + more <= most;
      bytes += fits ? more : 0;
      return fits;
    }

    void release(long handedOver) {
      bytes = Math.max(0, bytes - handedOver);
    }
  }

  ServerUid uid(long uid) {
    return new ServerUid(cursor.folder(), cursor.uidValidity(), uid);
  }

  /** Stands in where a server does not say when it received a mail. */
  Instant now() {
    return clock.instant();
  }
}
