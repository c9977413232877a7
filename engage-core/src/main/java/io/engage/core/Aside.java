package io.engage.core;

import io.engage.model.audit.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** What happened and has not been worked off yet, up to a bound; past it, that it is too much. */
final class Aside {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private List<AuditEntry> entries = new ArrayList<>();
  private boolean lost;

  Aside(int most) {
    this.most = most;
  }

  void put(List<AuditEntry> more) {
    lock.lock();
    try {
      lost = lost || entries.size() + more.size() > most;
      if (lost) {
        entries = new ArrayList<>();
      } else {
        entries.addAll(more);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is here, and what comes until it is taken, is not all. */
  void lose() {
    lock.lock();
    try {
      lost = true;
      entries = new ArrayList<>();
    } finally {
      lock.unlock();
    }
  }

  /** All of it, in its order; empty when something was lost. */
  Optional<List<AuditEntry>> take() {
    lock.lock();
    try {
      Optional<List<AuditEntry>> taken = lost ? Optional.empty() : Optional.of(entries);
      entries = new ArrayList<>();
      lost = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
