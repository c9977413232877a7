package io.engage.imap.fetching;

import io.engage.imap.fetching.SizeQuery.Window;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Mails that are fetched and handed over together.
 *
 * @param small those that come whole in one answer, with their sizes
 * @param large those that come in pieces, or by their header alone
 * @param upToUid no other mail is at or below it that no batch before has
 */
record PlannedBatch(SortedMap<Long, Long> small, SortedMap<Long, Long> large, long upToUid) {

  /** Parts a window into batches: by count, by bytes held in memory, and one large mail each. */
  static Deque<PlannedBatch> decide(Window window, FetchLimits limits) {
    Deque<PlannedBatch> batches = new ArrayDeque<>();
    PlannedBatch open = new PlannedBatch(new TreeMap<>(), new TreeMap<>(), window.to());
    long bytes = 0;
    for (Map.Entry<Long, Long> mail : window.sizes().entrySet()) {
      boolean large = !limits.comesWhole(mail.getValue());
      boolean full =
          open.small.size() >= limits.batchMails()
              || !open.large.isEmpty()
              || (!large && !open.small.isEmpty() && bytes + mail.getValue() > limits.batchBytes());
      if (full) {
        batches.add(open.upTo(mail.getKey() - 1));
        open = new PlannedBatch(new TreeMap<>(), new TreeMap<>(), window.to());
        bytes = 0;
      }
      (large ? open.large : open.small).put(mail.getKey(), mail.getValue());
      bytes += large ? 0 : mail.getValue();
    }
    if (!window.sizes().isEmpty()) {
      batches.add(open);
    }
    return batches;
  }

  private PlannedBatch upTo(long uid) {
    return new PlannedBatch(small, large, uid);
  }
}
