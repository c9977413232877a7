package io.engage.imap.fetching;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.spi.BlobStore;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailSource.BatchReceiver;
import java.io.IOException;
import java.time.Clock;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a range of UIDs over more than one connection, if some mail in it cuts them. A server
 * that cannot be reached again, asks to come back later or says goodbye is left alone: the next
 * fetch goes on behind what was handed over.
 */
final class LastingFetch {
  private static final int CUTS_BEFORE_LISTING = 2;
  private static final int CUTS_BEFORE_GIVING_UP = 4;

  private final Line line;
  private final Opener opener;
  private final BlobStore blobs;
  private final FetchLimits limits;
  private final Clock clock;
  private final BatchReceiver receiver;
  private FolderCursor at;
  private @Nullable FolderFetch fetch;
  private int cutsInARow;

  /** Opens the folder of a cursor on the connection that the line has now. */
  @FunctionalInterface
  interface Opener {
    Selected open(FolderCursor cursor) throws IOException, ProtocolException;
  }

  LastingFetch(
      Line line,
      Opener opener,
      FolderCursor cursor,
      BlobStore blobs,
      FetchLimits limits,
      Clock clock,
      BatchReceiver receiver) {
    this.line = line;
    this.opener = opener;
    this.at = cursor;
    this.blobs = blobs;
    this.limits = limits;
    this.clock = clock;
    this.receiver = receiver;
  }

  void run(long upToUid) throws IOException, ProtocolException {
    while (at.lastUid() < upToUid) {
      Selected open = opener.open(at);
      boolean withoutSizes = cutsInARow >= CUTS_BEFORE_LISTING;
      FolderFetch next =
          new FolderFetch(scope(), upToUid, open.messages(), withoutSizes, this::receive);
      fetch = next;
      try {
        next.run();
        at = at.at(upToUid);
      } catch (IOException | ProtocolException | MailAccessFailure cut) {
        boolean byMail = !next.hasStopped() && line.connection().isCut() && !line.isClosed();
        if (!byMail || !hasRecovered(next)) {
          throw cut;
        }
      }
    }
  }

  /** Whether nothing is under way, so that another command may follow. */
  boolean isAtRest() {
    return fetch == null || fetch.isAtRest();
  }

  private FetchScope scope() {
    FetchScope.Held held = new FetchScope.Held(2 * limits.batchBytes());
    return new FetchScope(line.connection(), at, blobs, limits, held, clock);
  }

  private FetchScope openedScope() throws IOException, ProtocolException {
    opener.open(at);
    return scope();
  }

  private boolean hasRecovered(FolderFetch cutOne) throws IOException, ProtocolException {
    fetch = null;
    PlannedBatch batch = cutOne.cutAt();
    if (batch != null) {
      FetchedBatch whole = new CutBatch(this::openedScope, line, batch, cutOne.gathered()).fetch();
      receive(whole);
      return true;
    }
    cutsInARow++;
    if (cutsInARow < CUTS_BEFORE_GIVING_UP && !line.connection().isSilent()) {
      line.connectAnew();
      return true;
    }
    return false;
  }

  private void receive(FetchedBatch batch) {
    receiver.accept(batch);
    at = at.at(batch.upToUid());
    cutsInARow = 0;
  }
}
