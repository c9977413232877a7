package io.engage.imap.fetching;

import io.engage.imap.fetching.Arrival.Slice;
import io.engage.imap.fetching.Arrival.Stored;
import io.engage.imap.fetching.PieceStream.Absent;
import io.engage.imap.fetching.PieceStream.TooLarge;
import io.engage.model.mailbox.FetchedMail;
import io.engage.model.message.Blob;
import java.io.IOException;
import java.time.Instant;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/** Fetches one mail by itself: a large one in pieces, one over the limit by its header. */
final class SingleFetch {
  private final FetchScope scope;

  SingleFetch(FetchScope scope) {
    this.scope = scope;
  }

  /** The mail; null when the server does not give it. */
  @Nullable FetchedMail fetch(long uid, long claimedSize) throws IOException, ProtocolException {
    if (claimedSize > scope.limits().largestMail()) {
      return header(uid, claimedSize);
    }
    PieceStream pieces = new PieceStream(scope, uid, claimedSize);
    try {
      Blob blob = scope.blobs().put(pieces);
      Arrival first = pieces.first();
      return first == null ? null : whole(uid, first, blob);
    } catch (TooLarge larger) {
      pieces.finish();
      return header(uid, scope.limits().largestMail() + 1);
    } catch (Absent gone) {
      pieces.finish();
      return bare(uid, claimedSize);
    } finally {
      pieces.finish();
    }
  }

  private FetchedMail whole(long uid, Arrival first, Blob blob) {
    return first.mail(
        scope.uid(uid), blob.size(), scope.now(), blob, new Stored(scope.blobs(), blob));
  }

  private @Nullable FetchedMail header(long uid, long claimedSize)
      throws IOException, ProtocolException {
    String items =
        "(UID FLAGS INTERNALDATE BODY.PEEK[HEADER]<0.%d>)".formatted(scope.limits().pieceBytes());
    return stored(uid, claimedSize, ask(uid, items));
  }

  /** Once more without anything else that could be garbled, such as a date. */
  private @Nullable FetchedMail bare(long uid, long claimedSize)
      throws IOException, ProtocolException {
    String items = "(UID BODY.PEEK[]<0.%d>)".formatted(scope.limits().pieceBytes());
    Arrival arrival = ask(uid, items);
    ByteArray bytes = arrival == null ? null : arrival.bytes();
    boolean whole =
        bytes != null
            && bytes.getCount() < scope.limits().pieceBytes()
            && (bytes.getCount() > 0 || claimedSize == 0);
    return whole ? stored(uid, 0, arrival) : null;
  }

  private @Nullable FetchedMail stored(long uid, long size, @Nullable Arrival arrival)
      throws IOException {
    if (arrival == null || arrival.bytes() == null) {
      return null;
    }
    Slice slice = new Slice(arrival.bytes());
    Blob blob = scope.blobs().put(slice.open());
    Instant now = scope.now();
    return arrival.mail(scope.uid(uid), Math.max(size, blob.size()), now, blob, slice);
  }

  private @Nullable Arrival ask(long uid, String items) throws IOException, ProtocolException {
    ImapConnection connection = scope.connection();
    Arrival[] found = new Arrival[1];
    Response done =
        connection.await(
            connection.send("UID FETCH %d %s".formatted(uid, items), null),
            response -> take(uid, response, found));
    Refusals.requireNoneToComeBack(connection.failures(), done);
    return found[0];
  }

  private static boolean take(long uid, IMAPResponse response, Arrival[] found) {
    if (!(response instanceof FetchResponse fetched)) {
      return false;
    }
    UID said = fetched.getItem(UID.class);
    Arrival arrival = Arrival.of(fetched);
    if (said == null || said.uid != uid || arrival.bytes() == null) {
      return false;
    }
    found[0] = arrival;
    return true;
  }

  /** Whether the folder still has this mail. */
  boolean exists(long uid) throws IOException, ProtocolException {
    boolean[] found = new boolean[1];
    ImapConnection connection = scope.connection();
    connection.await(
        connection.send("UID FETCH %d (UID)".formatted(uid), null),
        response -> {
          UID said = response instanceof FetchResponse fetched ? fetched.getItem(UID.class) : null;
          found[0] |= said != null && said.uid == uid;
          return false;
        });
    return found[0];
  }
}
