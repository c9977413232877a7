package io.engage.imap.fetching;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one mail, fetched in pieces while they are read; a few pieces are asked for ahead.
 * It ends with the first piece that is shorter than asked for, whatever size the server claims.
 */
final class PieceStream extends InputStream {
  private static final int AHEAD = 3;

  private final ImapConnection connection;
  private final long uid;
  private final int pieceBytes;
  private final long claimedSize;
  private final long most;
  private final Deque<String> asked = new ArrayDeque<>();
  private long nextOffset;
  private long read;
  private boolean ended;
  private @Nullable Arrival first;
  private @Nullable ByteArray piece;
  private int at;

  /** The mail is larger than allowed, although the server had claimed less. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The server gave nothing for the mail. */
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
      Arrival arrival = readPiece();
      ByteArray bytes = arrival == null ? null : arrival.bytes();
      boolean nothing = bytes == null || (bytes.getCount() == 0 && claimedSize > 0);
      if (nothing && read == 0) {
        throw new Absent();
      }
      first = first == null ? arrival : first;
      accept(bytes);
    } catch (ProtocolException odd) {
      throw new IOException("A piece of a mail could not be read", odd);
    }
  }

  private void accept(@Nullable ByteArray bytes) throws IOException {
    int count = bytes == null ? 0 : bytes.getCount();
    ended = count < pieceBytes;
    read += count;
    piece = bytes;
    if (read > most) {
      throw new TooLarge();
    }
  }

  private void askAhead() throws IOException, ProtocolException {
    do {
      asked.add(
          connection.send(
              "UID FETCH %d (UID FLAGS INTERNALDATE BODY.PEEK[]<%d.%d>)"
                  .formatted(uid, nextOffset, pieceBytes),
              null));
      nextOffset += pieceBytes;
    } while (asked.size() < AHEAD && nextOffset <= claimedSize);
  }

  private @Nullable Arrival readPiece() throws IOException, ProtocolException {
    Arrival[] found = new Arrival[1];
    connection.await(asked.remove(), response -> take(response, found));
    return found[0];
  }

  private boolean take(IMAPResponse response, Arrival[] found) {
    if (!(response instanceof FetchResponse fetched) || found[0] != null) {
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

  /** Reads past what was asked for and is not wanted any more. */
  void finish() throws IOException, ProtocolException {
    ended = true;
    piece = null;
    while (!asked.isEmpty()) {
      connection.await(asked.remove(), FetchResponse.class::isInstance);
    }
  }
}
