package io.engage.imap.fetching;

import io.engage.imap.fetching.ImapConnection.Taker;
import io.engage.spi.MailAccessFailure.Reason;
import java.io.IOException;
import java.util.TreeMap;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.jspecify.annotations.Nullable;

/**
 * Asks which mails there are in a window of UIDs, and how large they say they are. However many the
 * window turns out to have, only the lowest {@link #MOST} are kept, and the window ends with them.
 */
final class SizeQuery {
  static final int MOST = 2_000;

  private final ImapConnection connection;
  private final @Nullable String tag;
  private final long from;
  private final TreeMap<Long, Long> sizes = new TreeMap<>();
  private long to;

  private SizeQuery(ImapConnection connection, @Nullable String tag, long from, long to) {
    this.connection = connection;
    this.tag = tag;
    this.from = from;
    this.to = to;
  }

  /** Sends the question; {@link #window} reads the answer, after all that was asked before. */
  static SizeQuery send(ImapConnection connection, long from, long to)
      throws IOException, ProtocolException {
    String tag = connection.send("UID FETCH %d:%d (UID RFC822.SIZE)".formatted(from, to), null);
    return new SizeQuery(connection, tag, from, to);
  }

  /** The same without asking for sizes, all of which are 0 then; nothing may be under way. */
  static SizeQuery sendList(ImapConnection connection, long from, long to) {
    return new SizeQuery(connection, null, from, to);
  }

  /** What the server answers; sizes are what it says, which may be wrong. */
  Window window(Taker everything) throws IOException, ProtocolException {
    if (tag == null) {
      addListed();
    } else {
      readSizes(tag, everything);
    }
    return new Window(from, to, sizes);
  }

  private void readSizes(String tag, Taker everything) throws IOException, ProtocolException {
    long garbledBefore = connection.garbled();
    Response done = connection.await(tag, everything);
    if (!done.isOK()) {
      throw Refusals.failure(connection.failures(), done, Reason.PROTOCOL);
    }
    if (connection.garbled() > garbledBefore) {
      addListed();
    }
  }

  /** Takes what any answer says of a mail of the window. */
  boolean take(FetchResponse fetched) {
    UID uid = fetched.getItem(UID.class);
    RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
    if (uid == null || uid.uid < from || uid.uid > to) {
      return false;
    }
    boolean isNew =
        size == null ? add(uid.uid) : sizes.put(uid.uid, Math.max(0, size.size)) == null;
    dropAboveMost();
    return isNew;
  }

  private boolean add(long uid) {
    return sizes.putIfAbsent(uid, 0L) == null;
  }

  private void dropAboveMost() {
    if (sizes.size() > MOST) {
      to = sizes.lastKey() - 1;
      sizes.pollLastEntry();
    }
  }

  /** Lists what there is: no mail may be passed over for a garbled answer. */
  private void addListed() throws IOException, ProtocolException {
    String command = "UID SEARCH UID %d:%d".formatted(from, to);
    Response done =
        connection.await(
            connection.send(command, null),
            response -> {
              if (response.keyEquals("SEARCH")) {
                for (long uid = response.readLong(); uid > 0; uid = response.readLong()) {
                  addIfInside(uid);
                }
              }
              return false;
            });
    if (!done.isOK()) {
      throw Refusals.failure(connection.failures(), done, Reason.PROTOCOL);
    }
  }

  private void addIfInside(long uid) {
    if (uid >= from && uid <= to) {
      add(uid);
      dropAboveMost();
    }
  }

  /** Every mail from {@code from} to {@code to}, by UID, with its size. */
  record Window(long from, long to, TreeMap<Long, Long> sizes) {}
}
