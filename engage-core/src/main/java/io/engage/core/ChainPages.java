package io.engage.core;

import io.engage.model.audit.AuditAnchor;
import io.engage.model.audit.AuditLink;
import io.engage.spi.AuditTrail;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The chain of audit entries from a place on, a page in memory at a time. */
final class ChainPages implements Iterator<AuditLink> {
  private final AuditTrail trail;
  private final int size;
  private List<AuditLink> page = List.of();
  private int next;
  private long last;
  private boolean ended;

  ChainPages(AuditTrail trail, AuditAnchor after, int size) {
    this.trail = trail;
    this.size = size;
    this.last = after.sequence();
  }

  @Override
  public boolean hasNext() {
    if (next == page.size() && !ended) {
      turn();
    }
    return next < page.size();
  }

  @Override
  public AuditLink next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The audit trail has ended");
    }
    return page.get(next++);
  }

  /** Sequences that were tampered with must not lead it in circles: it only ever goes on. */
  private void turn() {
    page = trail.chainAfter(last, size);
    next = 0;
    long furthest = page.stream().mapToLong(AuditLink::sequence).reduce(last, Math::max);
    ended = furthest == last;
    last = furthest;
  }
}
