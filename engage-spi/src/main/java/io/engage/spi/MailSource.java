package io.engage.spi;

import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FolderCursor;
import io.engage.model.mailbox.FolderState;
import io.engage.model.mailbox.FolderSurvey;
import io.engage.model.mailbox.ServerUid;
import io.engage.model.message.MailContent;
import io.engage.model.message.RfcMessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/**
 * Reaches the mailboxes on a server.
 *
 * <p><b>Callers.</b> Any thread, many at once, each with a session of its own.
 *
 * <p><b>Time.</b> Every call ends within finite timeouts, whatever the server does.
 *
 * <p>{@code MailSourceContract} in engage-testkit has a test for each promise on this page.
 */
public interface MailSource {

  /**
   * Connects and logs in.
   *
   * @throws MailAccessFailure when that fails
   */
  MailboxSession open(MailAccount account);

  /**
   * A connection, for one thread at a time. After a {@link MailAccessFailure} it can only be
   * closed, unless its reason is {@code NO_FOLDER}.
   */
  interface MailboxSession extends AutoCloseable {

    /**
     * What the server says of a folder now. It asks the server each time.
     *
     * @throws MailAccessFailure with reason {@code NO_FOLDER} when there is none of that name
     */
    FolderState look(String folder);

    /**
     * Fetches every mail with a UID above the cursor and up to {@code upToUid}, by ascending UID,
     * in batches that are bounded in bytes and count. The bytes of each mail are put into {@code
     * blobs} before it is handed over; making them durable is the receiver's part. Nothing on the
     * server changes, no flag either. A mail over the limit comes with its header alone.
     *
     * <p>When it returns, everything has been handed over; when {@code receiver} throws, it stops
     * and passes the exception on. Memory is bounded by one batch, not by the folder.
     *
     * @param cursor its UIDVALIDITY has to be the folder's
     * @throws MailAccessFailure when the connection breaks; batches handed over before stay valid
     */
    void fetch(FolderCursor cursor, long upToUid, BlobStore blobs, BatchReceiver receiver);

    /**
     * Says of the mails up to {@code upTo.lastUid()} which are there, and which are read of those
     * whose flags may have changed since {@code upTo.comparedModSeq()}: all of them where that is 0
     * or the server does not count changes (RFC 7162). The surveys follow each other without gaps,
     * from UID 1 to {@code upTo.lastUid()}; each is bounded, so that memory does not grow with the
     * folder. Where nothing changed it takes as many round trips whatever the size of the folder.
     *
     * @param upTo its UIDVALIDITY has to be the folder's
     */
    void survey(FolderCursor upTo, SurveyReceiver receiver);

    /**
     * Sets or clears {@code \Seen} on those of these mails that still exist under their
     * UIDVALIDITY. A repeat does no harm.
     */
    void markSeen(Collection<ServerUid> uids, boolean seen);

    /**
     * Deletes those of these mails that still exist under their UIDVALIDITY, for good, and no
     * others: a mail that another program has marked {@code \Deleted} stays (UID EXPUNGE, RFC
     * 4315). A repeat does no harm.
     *
     * @return those that were there; what was not there may have been moved by another program, and
     *     has yet to be deleted where it turns up
     */
    Set<ServerUid> delete(Collection<ServerUid> uids);

    /**
     * Puts a copy into the folder for sent mail (RFC 6154), marked as seen, unless a mail with this
     * Message-ID is there.
     *
     * @return false when the account has no such folder
     */
    boolean keepSent(RfcMessageId messageId, MailContent content, Instant sentAt);

    /**
     * Deletes what is in the folder for sent mail with this Message-ID, for good, and nothing else.
     * A repeat does no harm.
     *
     * @return how many there were
     */
    int deleteSent(RfcMessageId messageId);

    /**
     * Waits until something new is in the folder, or until {@code most} has passed, by IDLE (RFC
     * 2177) where the server has it and by asking now and then elsewhere. Another thread may {@link
     * #close} the session meanwhile.
     *
     * @return whether there may be something new
     */
    boolean awaitNews(String folder, Duration most);

    /** Ends the connection. It never throws and may be called from any thread, repeatedly. */
    @Override
    void close();
  }

  /** Takes surveys, on the thread that asks. */
  @FunctionalInterface
  interface SurveyReceiver {
    void accept(FolderSurvey survey);
  }

  /** Takes batches, on the thread that fetches. */
  @FunctionalInterface
  interface BatchReceiver {
    void accept(FetchedBatch batch);
  }
}
