package io.engage.imap.fetching;

import io.engage.imap.fetching.Arrival.Slice;
import io.engage.imap.fetching.Arrival.Stored;
import io.engage.imap.fetching.ImapConnection.Taker;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.message.Blob;
import io.engage.model.message.MailContent;
import io.engage.spi.MailAccessFailure.Reason;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the small mails of a batch by one command and stores each as it comes. It asks for no
 * more than a piece of each, so that a mail that is larger than the server says fills no memory.
 */
final class BulkFetch {
  private final FetchScope scope;
  private final PlannedBatch batch;
  private final @Nullable String tag;
  private final SortedMap<Long, FetchedMail> mails = new TreeMap<>();
  private final SortedSet<Long> larger = new TreeSet<>();

  private BulkFetch(FetchScope scope, PlannedBatch batch, @Nullable String tag) {
    this.scope = scope;
    this.batch = batch;
    this.tag = tag;
  }

  /** Sends the command; {@link #read} reads the answers, after those of all commands before. */
  static BulkFetch send(FetchScope scope, PlannedBatch batch)
      throws IOException, ProtocolException {
    String tag =
        batch.small().isEmpty() ? null : scope.connection().send(command(scope, batch), null);
    return new BulkFetch(scope, batch, tag);
  }

  private static String command(FetchScope scope, PlannedBatch batch) {
    return "UID FETCH %s (UID FLAGS INTERNALDATE BODY.PEEK[]<0.%d>)"
        .formatted(UidSet.of(batch.small().keySet()), scope.limits().pieceBytes());
  }

  PlannedBatch batch() {
    return batch;
  }

  /**
   * Reads up to the end of the answers. Servers with several commands at hand may mix the answers
   * to them, so {@code everything} has to know of all that is under way.
   */
  void read(Taker everything) throws IOException, ProtocolException {
    if (tag != null) {
      requireAnswer(scope.connection().await(tag, everything));
    }
  }

  /** A plain NO says that some could not be given: those are asked for one by one. */
  private void requireAnswer(Response done) {
    Refusals.requireNoneToComeBack(scope.connection().failures(), done);
    if (done.isBAD()) {
      throw Refusals.failure(scope.connection().failures(), done, Reason.PROTOCOL);
    }
  }

  /** Those that came. */
  SortedMap<Long, FetchedMail> mails() {
    return mails;
  }

  /** Those that are larger than the server said. */
  SortedSet<Long> larger() {
    return larger;
  }

  /** Those that did not come, or without a body. */
  SortedSet<Long> absent() {
    SortedSet<Long> absent = new TreeSet<>(batch.small().keySet());
    absent.removeAll(mails.keySet());
    absent.removeAll(larger);
    return absent;
  }

  /** As {@link #take(FetchResponse)}, for an answer that may be of another kind. */
  boolean take(IMAPResponse response) throws IOException {
    return response instanceof FetchResponse fetched && take(fetched);
  }

  /** Stores the mail that an answer brings, if it is one of these. */
  boolean take(FetchResponse fetched) throws IOException {
    UID uid = fetched.getItem(UID.class);
    Long said = uid == null ? null : batch.small().get(uid.uid);
    if (uid == null || said == null || mails.containsKey(uid.uid)) {
      return false;
    }
    Arrival arrival = Arrival.of(fetched);
    ByteArray bytes = arrival.bytes();
    if (bytes == null || (bytes.getCount() == 0 && said > 0)) {
      return false;
    }
    return store(uid.uid, arrival, bytes);
  }

  private boolean store(long uid, Arrival arrival, ByteArray bytes) throws IOException {
    if (!scope.limits().comesWhole(bytes.getCount())) {
      return larger.add(uid);
    }
    Slice slice = new Slice(bytes);
    Blob blob = scope.blobs().put(slice.open());
    MailContent content = scope.held().mayHold(bytes.getCount()) ? slice : stored(blob);
    mails.put(uid, arrival.mail(scope.uid(uid), blob.size(), scope.now(), blob, content));
    return true;
  }

  private MailContent stored(Blob blob) {
    return new Stored(scope.blobs(), blob);
  }
}
