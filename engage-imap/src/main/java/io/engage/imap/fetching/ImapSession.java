package io.engage.imap.fetching;

import static java.util.Objects.requireNonNull;

import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import io.engage.spi.BlobStore;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailSource.BatchReceiver;
import io.engage.spi.MailSource.MailboxSession;
import io.engage.spi.MailSource.SurveyReceiver;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/** A mailbox session over one connection. */
final class ImapSession implements MailboxSession {
  private final AccountId account;
  private final Line line;
  private final FetchLimits limits;
  private final Clock clock;
  private final Waiting waiting;
  private final ReentrantLock busy = new ReentrantLock();
  private final Map<String, FolderState> lastLooks = new HashMap<>();
  private @Nullable SentFolder sent;
  private boolean broken;

  ImapSession(AccountId account, Line line, FetchLimits limits, Waiting waiting, Clock clock) {
    this.account = account;
    this.line = line;
    this.limits = limits;
    this.clock = clock;
    this.waiting = waiting;
  }

  private ImapConnection connection() {
    return line.connection();
  }

  @Override
  public FolderState look(String folder) {
    ServerFolder place = new ServerFolder(account, folder);
    return ask(
        () -> {
          FolderState state = state(place, connection().open(folder, false));
          lastLooks.put(folder, state);
          return state;
        });
  }

  private FolderState state(ServerFolder place, Selected open)
      throws IOException, ProtocolException {
    return new FolderState(
        place, open.uidValidity(), lastUid(open), open.messages(), open.highestModSeq());
  }

  /** From UIDNEXT; servers that do not give it are asked for the last mail. */
  private long lastUid(Selected open) throws IOException, ProtocolException {
    if (open.messages() == 0) {
      return 0;
    }
    if (open.uidNext() > 1) {
      return open.uidNext() - 1;
    }
    long[] last = new long[1];
    connection()
        .await(
            connection().send("UID FETCH * (UID)", null),
            response -> {
              UID uid =
                  response instanceof FetchResponse fetched ? fetched.getItem(UID.class) : null;
              last[0] = Math.max(last[0], uid == null ? 0 : uid.uid);
              return false;
            });
    return last[0];
  }

  @Override
  public void fetch(FolderCursor cursor, long upToUid, BlobStore blobs, BatchReceiver receiver) {
    requireNonNull(blobs, "blobs");
    requireNonNull(receiver, "receiver");
    requireOurs(cursor.folder());
    if (upToUid > cursor.lastUid()) {
      ask(() -> fetchBetween(cursor, upToUid, blobs, receiver));
    }
  }

  private boolean fetchBetween(
      FolderCursor cursor, long upToUid, BlobStore blobs, BatchReceiver receiver)
      throws IOException, ProtocolException {
    ImapConnection before = connection();
    LastingFetch fetch =
        new LastingFetch(line, this::opened, cursor, blobs, limits, clock, receiver);
    try {
      fetch.run(upToUid);
    } catch (RuntimeException | Error thrown) {
      broken |= !fetch.isAtRest();
      throw thrown;
    } finally {
      noteConnection(before);
    }
    return true;
  }

  /** What was found out on another connection is found out anew. */
  private void noteConnection(ImapConnection before) {
    if (connection() != before) {
      sent = null;
      connection().forgetSelected();
    }
  }

  @Override
  public void survey(FolderCursor upTo, SurveyReceiver receiver) {
    requireNonNull(receiver, "receiver");
    requireOurs(upTo.folder());
    if (upTo.lastUid() > 0) {
      ask(
          () -> {
            new Surveying(connection(), opened(upTo), upTo, receiver).run();
            return true;
          });
    }
  }

  /** The folder of the cursor, which must not have been made anew. */
  private Selected opened(FolderCursor cursor) throws IOException, ProtocolException {
    Selected open = opened(cursor.folder().name());
    if (open.uidValidity() != cursor.uidValidity()) {
      throw connection()
          .failures()
          .of(Reason.PROTOCOL, "The folder was made anew (UIDVALIDITY); look at it again.");
    }
    return open;
  }

  private Selected opened(String folder) throws IOException, ProtocolException {
    Selected open = connection().selected();
    return open != null && open.is(folder, false) ? open : connection().open(folder, false);
  }

  @Override
  public void markSeen(Collection<ServerUid> uids, boolean seen) {
    List<ServerUid> mails = ours(uids);
    ask(
        () -> {
          new Marking(connection()).seen(mails, seen);
          return true;
        });
  }

  @Override
  public Set<ServerUid> delete(Collection<ServerUid> uids) {
    List<ServerUid> mails = ours(uids);
    return ask(() -> new Marking(connection()).delete(mails));
  }

  private List<ServerUid> ours(Collection<ServerUid> uids) {
    uids.forEach(uid -> requireOurs(uid.folder()));
    return List.copyOf(uids);
  }

  private void requireOurs(ServerFolder folder) {
    if (!folder.account().equals(account)) {
      throw new IllegalArgumentException(
          "This session is for account '%s', not '%s'".formatted(account, folder.account()));
    }
  }

  @Override
  public boolean keepSent(RfcMessageId messageId, MailContent content, Instant sentAt) {
    return ask(() -> sentFolder().keep(messageId, content, sentAt));
  }

  @Override
  public int deleteSent(RfcMessageId messageId) {
    return ask(() -> sentFolder().delete(messageId));
  }

  private SentFolder sentFolder() {
    SentFolder known = sent == null ? new SentFolder(connection()) : sent;
    sent = known;
    return known;
  }

  @Override
  public boolean awaitNews(String folder, Duration most) {
    ServerFolder place = new ServerFolder(account, folder);
    try {
      News news = new News(connection(), line.closed(), waiting);
      return ask(() -> news.await(watched(place), most));
    } catch (MailAccessFailure failure) {
      if (isClosed()) {
        return false;
      }
      throw failure;
    }
  }

  /** The folder, open since the last look; opened anew it says whether it changed since. */
  private Selected watched(ServerFolder folder) throws IOException, ProtocolException {
    Selected open = connection().selected();
    if (open != null && open.is(folder.name(), false)) {
      return open;
    }
    open = connection().open(folder.name(), false);
    FolderState looked = lastLooks.get(folder.name());
    if (looked != null
        && (looked.uidValidity() != open.uidValidity() || lastUid(open) > looked.lastUid())) {
      open.noteNews();
    }
    return open;
  }

  @Override
  public void close() {
    line.closed().countDown();
    if (busy.tryLock()) {
      try {
        connection().leave();
      } finally {
        busy.unlock();
      }
    } else {
      connection().wire().cut();
    }
  }

  private boolean isClosed() {
    return line.isClosed();
  }

  private <T> T ask(Work<T> work) {
    busy.lock();
    try {
      if (broken || isClosed()) {
        throw connection().failures().of(Reason.CONNECTION_LOST, "Open a new session.");
      }
      return work.run();
    } catch (IOException | ProtocolException thrown) {
      broken = true;
      throw connection().failures().of(thrown);
    } catch (MailAccessFailure failure) {
      broken |= failure.reason() != Reason.NO_FOLDER && failure.reason() != Reason.BUSY;
      throw failure;
    } finally {
      busy.unlock();
    }
  }

  /** Something that is asked of the server. */
  @FunctionalInterface
  private interface Work<T> {
    T run() throws IOException, ProtocolException;
  }
}
