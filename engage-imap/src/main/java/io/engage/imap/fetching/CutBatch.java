package io.engage.imap.fetching;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.spi.MailAccessFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * Fetches a batch at which the connection was cut. It is asked for once more as a whole, since most
 * cuts are no mail's fault; then it is halved until the mail that cuts is alone. What came before a
 * cut stays. A mail that cuts several connections while it is the only one asked for is named as
 * missing.
 *
 * <p>One such mail among {@code n} costs about {@code log2(n)} connections. A server that gives no
 * mail at all in {@link #CUTS_WITHOUT_A_MAIL} connections is to blame itself: then nothing is
 * named.
 */
final class CutBatch {
  static final int TRIES_ALONE = 3;
  static final int CUTS_WITHOUT_A_MAIL = 40;

  private final ScopeSupplier scopes;
  private final Line line;
  private final PlannedBatch batch;
  private final Gathered gathered;
  private final Deque<SortedMap<Long, Long>> groups = new ArrayDeque<>();
  private final Map<Long, Integer> alone = new HashMap<>();
  private FetchScope scope;
  private int cutsWithoutMail;

  /** Opens the folder on the connection that the line has now. */
  @FunctionalInterface
  interface ScopeSupplier {
    FetchScope scope() throws IOException, ProtocolException;
  }

  /**
   * @param gathered what came of the batch before
   */
  CutBatch(ScopeSupplier scopes, Line line, PlannedBatch batch, Gathered gathered)
      throws IOException, ProtocolException {
    this.scopes = scopes;
    this.line = line;
    this.batch = batch;
    this.gathered = gathered;
    this.scope = connectAnew();
  }

  FetchedBatch fetch() throws IOException, ProtocolException {
    groups.push(gathered.leftOf(all()));
    while (!groups.isEmpty()) {
      SortedMap<Long, Long> group = groups.pop();
      if (!group.isEmpty() && isCutBy(group)) {
        narrow(gathered.leftOf(group));
      }
    }
    return gathered.batch(scope, batch.upToUid());
  }

  private SortedMap<Long, Long> all() {
    SortedMap<Long, Long> all = new TreeMap<>(batch.small());
    all.putAll(batch.large());
    return all;
  }

  private boolean isCutBy(SortedMap<Long, Long> group) throws IOException, ProtocolException {
    int before = gathered.count();
    try {
      fetch(group);
      cutsWithoutMail = 0;
      return false;
    } catch (IOException | ProtocolException | MailAccessFailure cut) {
      cutsWithoutMail = gathered.count() > before ? 0 : cutsWithoutMail + 1;
      if (!line.connection().isCut() || cutsWithoutMail >= CUTS_WITHOUT_A_MAIL) {
        throw cut;
      }
      scope = connectAnew();
      return true;
    }
  }

  private FetchScope connectAnew() throws IOException, ProtocolException {
    line.connectAnew();
    return scopes.scope();
  }

  private void fetch(SortedMap<Long, Long> group) throws IOException, ProtocolException {
    BulkFetch bulk = BulkFetch.send(scope, part(group));
    try {
      bulk.read(response -> bulk.take(response));
    } finally {
      gathered.add(bulk);
    }
    gathered.addRest(bulk, scope);
  }

  private PlannedBatch part(SortedMap<Long, Long> group) {
    SortedMap<Long, Long> small = new TreeMap<>(group);
    small.keySet().retainAll(batch.small().keySet());
    SortedMap<Long, Long> large = new TreeMap<>(group);
    large.keySet().retainAll(batch.large().keySet());
    return new PlannedBatch(small, large, batch.upToUid());
  }

  /** The lower half is asked for first. */
  private void narrow(SortedMap<Long, Long> left) {
    if (left.size() == 1) {
      blame(left);
    } else if (left.size() > 1) {
      long middle = left.keySet().stream().skip(left.size() / 2).findFirst().orElseThrow();
      groups.push(new TreeMap<>(left.tailMap(middle)));
      groups.push(new TreeMap<>(left.headMap(middle)));
    }
  }

  private void blame(SortedMap<Long, Long> one) {
    if (alone.merge(one.firstKey(), 1, Integer::sum) < TRIES_ALONE) {
      groups.push(one);
    } else {
      gathered.addMissing(scope, one.firstKey(), "the connection breaks whenever it is fetched");
    }
  }
}
