package io.engage.imap.fetching;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one mail, fetched in pieces while they are read; a few pieces are asked for ahead.
 *
 * <p>Only what comes counts, not the size that the server claims: a piece that is shorter than
 * asked for is the last one if the claim agrees, else the next is asked for where it ended, until
 * one is empty. Servers may mix the answers to what was asked for together, so each piece is known
 * by its offset.
 */
final class PieceStream extends InputStream {
  private static final int AHEAD = 3;

  private final ImapConnection connection;
  private final long uid;
  private final int pieceBytes;
  private final long claimedSize;
  private final long most;
  private final Deque<Asked> asked = new ArrayDeque<>();
  private final Map<Long, Arrival> early = new HashMap<>();
  private long nextOffset;
  private long read;
  private boolean ended;
  private @Nullable Arrival first;
  private @Nullable ByteArray piece;
  private int at;

  /** A command for one piece. */
  private record Asked(String tag, long offset) {}

  /** The mail is larger than allowed, although the server had claimed less. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The server does not give the mail, or not to its end. */
  static final class Absent extends IOException {
    private static final long serialVersionUID = 1L;
  }

  PieceStream(FetchScope scope, long uid, long claimedSize) {
    this.connection = scope.connection();
    this.uid = uid;
    this.pieceBytes = scope.limits().pieceBytes();
    this.claimedSize = claimedSize;
    this.most = scope.limits().largestMail();
  }

  /** What the server said with the first piece; null before it came. */
  @Nullable Arrival first() {
    return first;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ByteArray current = current();
    if (current == null) {
      return -1;
    }
    int count = Math.min(length, current.getCount() - at);
    System.arraycopy(current.getBytes(), current.getStart() + at, into, offset, count);
    at += count;
    return count;
  }

  /** The piece that has bytes left; null at the end. */
  private @Nullable ByteArray current() throws IOException {
    while (piece == null || at >= piece.getCount()) {
      if (ended) {
        return null;
      }
      fetchNext();
    }
    return piece;
  }

  private void fetchNext() throws IOException {
    piece = null;
    at = 0;
    try {
      askAhead();
      accept(readPiece());
    } catch (ProtocolException odd) {
      throw new IOException("A piece of a mail could not be read", odd);
    }
  }

  private void accept(@Nullable Arrival arrival) throws IOException, ProtocolException {
    ByteArray bytes = arrival == null ? null : arrival.bytes();
    if (bytes == null || (bytes.getCount() == 0 && read == 0 && claimedSize > 0)) {
      if (read < claimedSize || read == 0) {
        throw new Absent();
      }
      ended = true;
      return;
    }
    first = first == null ? arrival : first;
    read += bytes.getCount();
    piece = bytes;
    boolean isShort = bytes.getCount() < pieceBytes;
    ended = bytes.getCount() == 0 || (isShort && read >= claimedSize);
    if (isShort && !ended) {
      readPast();
      nextOffset = read;
    }
    if (read > most) {
      throw new TooLarge();
    }
  }

  private void askAhead() throws IOException, ProtocolException {
    while (asked.isEmpty() || (asked.size() < AHEAD && nextOffset < claimedSize)) {
      String command =
          "UID FETCH %d (UID FLAGS INTERNALDATE BODY.PEEK[]<%d.%d>)"
              .formatted(uid, nextOffset, pieceBytes);
      asked.add(new Asked(connection.send(command, null), nextOffset));
      nextOffset += pieceBytes;
    }
  }

  private @Nullable Arrival readPiece() throws IOException, ProtocolException {
    Asked next = asked.remove();
    Response done = connection.await(next.tag(), response -> take(response, next.offset()));
    Refusals.requireNoneToComeBack(connection.failures(), done);
    return early.remove(next.offset());
  }

  private boolean take(IMAPResponse response, long awaited) {
    if (!(response instanceof FetchResponse fetched)) {
      return false;
    }
    UID said = fetched.getItem(UID.class);
    Arrival arrival = Arrival.of(fetched);
    if (said == null || said.uid != uid || arrival.bytes() == null) {
      return false;
    }
    long offset = arrival.offset() < 0 ? awaited : arrival.offset();
    boolean wanted =
        offset == awaited || asked.stream().anyMatch(later -> later.offset() == offset);
    return wanted && early.putIfAbsent(offset, arrival) == null;
  }

  private void readPast() throws IOException, ProtocolException {
    while (!asked.isEmpty()) {
      connection.await(asked.remove().tag(), FetchResponse.class::isInstance);
    }
    early.clear();
  }

  /** Reads past what was asked for and is not wanted any more. */
  void finish() throws IOException, ProtocolException {
    ended = true;
    piece = null;
    readPast();
  }
}
