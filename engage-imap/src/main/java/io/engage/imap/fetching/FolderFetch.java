package io.engage.imap.fetching;

import io.engage.imap.fetching.SizeQuery.Window;
import io.engage.model.mailbox.FetchedBatch;
import io.engage.spi.MailSource.BatchReceiver;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a range of UIDs: window by window their sizes, then their bytes, batch by batch.
 *
 * <p>The commands of several batches, and the size query of the next window, are sent at once: they
 * cost one round trip together, and the answers lie in the network until they are read, so memory
 * holds one batch. Where anything is odd, what is under way is read past and asked for again, one
 * batch at a time.
 */
final class FolderFetch {
  private static final int BATCHES_AT_ONCE = 8;
  private static final long WHOLE_RANGE = Long.MAX_VALUE;

  private final FetchScope scope;
  private final ImapConnection connection;
  private final BatchReceiver receiver;
  private final boolean withoutSizes;
  private final long upTo;
  private final Deque<PlannedBatch> planned = new ArrayDeque<>();
  private final Deque<BulkFetch> underWay = new ArrayDeque<>();
  private final Deque<BulkFetch> discarded = new ArrayDeque<>();
  private @Nullable BulkFetch reading;
  private @Nullable PlannedBatch current;
  private Gathered gathered = new Gathered();
  private @Nullable SizeQuery nextSizes;
  private @Nullable Window nextWindow;
  private int atOnce = BATCHES_AT_ONCE;
  private long width;
  private long handedOver;
  private boolean storing = true;

  /**
   * @param withoutSizes whether mails are only listed, because asking for sizes cuts the connection
   */
  FolderFetch(
      FetchScope scope, long upTo, long messages, boolean withoutSizes, BatchReceiver receiver) {
    this.scope = scope;
    this.connection = scope.connection();
    this.receiver = receiver;
    this.withoutSizes = withoutSizes;
    this.upTo = upTo;
    this.width = firstWidth(messages);
  }

  /** As many UIDs as have nearly {@link SizeQuery#MOST} mails, if they are spread evenly. */
  private long firstWidth(long messages) {
    double spread = Math.max(1, upTo / (double) Math.max(1, messages));
    return messages <= SizeQuery.MOST ? WHOLE_RANGE : (long) (spread * SizeQuery.MOST * 0.9);
  }

  void run() throws IOException, ProtocolException {
    handedOver = scope.cursor().lastUid();
    while (handedOver < upTo) {
      fetchWindow(nextWindow());
    }
  }

  /** Whether nothing is under way, so that another command may follow. */
  boolean isAtRest() {
    return underWay.isEmpty() && nextSizes == null && !storing;
  }

  /** Whether the receiver did not take a batch. */
  boolean hasStopped() {
    return !storing;
  }

  /** The batch that was being fetched when the connection was cut; null when sizes were. */
  @Nullable PlannedBatch cutAt() {
    return current;
  }

  /** What came of that batch before the cut. */
  Gathered gathered() {
    return gathered;
  }

  private Window nextWindow() throws IOException, ProtocolException {
    Window window = nextWindow;
    nextWindow = null;
    if (window == null) {
      nextSizes = sizesFrom(handedOver + 1);
      window = readSizes(nextSizes);
    }
    adapt(window);
    return window;
  }

  private SizeQuery sizesFrom(long from) throws IOException, ProtocolException {
    long to = width > upTo - from ? upTo : from + width - 1;
    return withoutSizes
        ? SizeQuery.sendList(connection, from, to)
        : SizeQuery.send(connection, from, to);
  }

  private void adapt(Window window) {
    int found = window.sizes().size();
    if (found < SizeQuery.MOST / 4 && width < WHOLE_RANGE / 8) {
      width *= 8;
    } else if (found == SizeQuery.MOST) {
      width = Math.max(SizeQuery.MOST, (window.to() - window.from()) * 3 / 4);
    }
  }

  private void fetchWindow(Window window) throws IOException, ProtocolException {
    atOnce = BATCHES_AT_ONCE;
    planned.addAll(PlannedBatch.decide(window, scope.limits()));
    while (!planned.isEmpty()) {
      sendSome(window);
      readThem();
      readNextSizes();
    }
    handedOver = Math.max(handedOver, window.to());
    if (window.sizes().isEmpty() && window.to() == upTo) {
      handOver(new Gathered().batch(scope, upTo));
    }
  }

  /** A batch with a large mail ends what is sent at once: its pieces are asked for one by one. */
  private void sendSome(Window window) throws IOException, ProtocolException {
    boolean more = true;
    while (more && !planned.isEmpty() && underWay.size() < atOnce) {
      PlannedBatch batch = planned.remove();
      underWay.add(BulkFetch.send(scope, batch));
      more = batch.large().isEmpty();
    }
    boolean askForSizes = more && !withoutSizes && planned.isEmpty() && window.to() < upTo;
    if (askForSizes && nextSizes == null && nextWindow == null) {
      nextSizes = sizesFrom(window.to() + 1);
    }
  }

  private void readThem() throws IOException, ProtocolException {
    while (!underWay.isEmpty()) {
      BulkFetch bulk = underWay.remove();
      read(bulk);
      boolean odd = !bulk.absent().isEmpty() || !bulk.larger().isEmpty();
      if (odd) {
        atOnce = 1;
        askAgainForRest();
        readNextSizes();
      }
      gathered.addRest(bulk, scope);
      handOver(gathered.batch(scope, bulk.batch().upToUid()));
      current = null;
    }
  }

  private void read(BulkFetch bulk) throws IOException, ProtocolException {
    reading = bulk;
    current = bulk.batch();
    gathered = new Gathered();
    try {
      bulk.read(this::take);
    } finally {
      gathered.add(bulk);
      reading = null;
    }
  }

  private void askAgainForRest() throws IOException, ProtocolException {
    while (!underWay.isEmpty()) {
      BulkFetch last = underWay.removeLast();
      planned.addFirst(last.batch());
      discarded.addFirst(last);
    }
    for (BulkFetch bulk : discarded) {
      bulk.read(this::takeSizes);
    }
    discarded.clear();
  }

  /** Gives an answer to whichever command it answers. */
  private boolean take(IMAPResponse response) throws IOException {
    if (!(response instanceof FetchResponse fetched)) {
      return false;
    }
    boolean taken = reading != null && reading.take(fetched);
    for (BulkFetch bulk : underWay) {
      taken = taken || bulk.take(fetched);
    }
    return taken || takeSizes(fetched);
  }

  private boolean takeSizes(IMAPResponse response) {
    return nextSizes != null
        && response instanceof FetchResponse fetched
        && nextSizes.take(fetched);
  }

  private void readNextSizes() throws IOException, ProtocolException {
    if (nextSizes != null) {
      nextWindow = readSizes(nextSizes);
    }
  }

  private Window readSizes(SizeQuery sizes) throws IOException, ProtocolException {
    Window window = sizes.window(this::take);
    nextSizes = null;
    return window;
  }

  private void handOver(FetchedBatch batch) throws IOException, ProtocolException {
    storing = false;
    try {
      receiver.accept(batch);
    } catch (RuntimeException thrown) {
      readPastAll();
      throw thrown;
    }
    storing = true;
    scope.held().release(batch.bytes());
    handedOver = batch.upToUid();
  }

  /** So that the session can go on after the receiver has thrown. */
  private void readPastAll() throws IOException, ProtocolException {
    askAgainForRest();
    readNextSizes();
    planned.clear();
  }
}
