package io.engage.imap.fetching;

import io.engage.model.mailbox.FetchedBatch;
import io.engage.model.mailbox.FetchedBatch.MissingMail;
import io.engage.model.mailbox.FetchedMail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.angus.mail.iap.ProtocolException;

/** What came of one batch so far, and what the server has of it and does not give. */
final class Gathered {
  private final SortedMap<Long, FetchedMail> mails = new TreeMap<>();
  private final List<MissingMail> missing = new ArrayList<>();

  /** Keeps what came in one answer. */
  void add(BulkFetch bulk) {
    mails.putAll(bulk.mails());
  }

  /** Fetches one by one what did not come with the others. */
  void addRest(BulkFetch bulk, FetchScope scope) throws IOException, ProtocolException {
    SingleFetch single = new SingleFetch(scope);
    for (Map.Entry<Long, Long> left : left(bulk).entrySet()) {
      FetchedMail mail = single.fetch(left.getKey(), left.getValue());
      if (mail != null) {
        mails.put(left.getKey(), mail);
      } else if (single.exists(left.getKey())) {
        addMissing(scope, left.getKey(), "the server lists it without bytes");
      }
    }
  }

  void addMissing(FetchScope scope, long uid, String reason) {
    missing.add(new MissingMail(scope.uid(uid), reason));
  }

  /** Those of {@code wanted} of which nothing is known yet. */
  SortedMap<Long, Long> leftOf(SortedMap<Long, Long> wanted) {
    SortedMap<Long, Long> left = new TreeMap<>(wanted);
    left.keySet().removeAll(mails.keySet());
    missing.forEach(each -> left.remove(each.uid().uid()));
    return left;
  }

  int count() {
    return mails.size();
  }

  FetchedBatch batch(FetchScope scope, long upToUid) {
    missing.sort(Comparator.comparingLong(each -> each.uid().uid()));
    return new FetchedBatch(
        scope.cursor().folder(),
        scope.cursor().uidValidity(),
        upToUid,
        List.copyOf(mails.values()),
        missing);
  }

  private static SortedMap<Long, Long> left(BulkFetch bulk) {
    SortedMap<Long, Long> left = new TreeMap<>(bulk.batch().large());
    bulk.absent().forEach(uid -> left.put(uid, bulk.batch().small().get(uid)));
    bulk.larger().forEach(uid -> left.put(uid, bulk.batch().small().get(uid)));
    return left;
  }
}
