package io.engage.core;

import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch for each account that wants one, whatever administrators do meanwhile: begun for a new
 * account, begun anew for a changed one, ended for one whose inboxes are all switched off.
 */
final class Watches {
  private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

  private final Function<MailAccount, MailWatch> newWatch;
  private final Consumer<Runnable> threads;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<AccountId, MailWatch> running = new HashMap<>();
  private final Set<AccountId> late = new HashSet<>();
  private boolean closed;

  /**
   * @param threads runs each of them on a thread of its own
   */
  Watches(Function<MailAccount, MailWatch> newWatch, Consumer<Runnable> threads) {
    this.newWatch = newWatch;
    this.threads = threads;
  }

  /** From now on these are watched and no others. */
  void adjust(List<MailAccount> wanted) {
    lock.lock();
    try {
      Map<AccountId, MailAccount> byId = new LinkedHashMap<>();
      wanted.forEach(account -> byId.put(account.id(), account));
      endOthers(byId);
      complainOfThoseThatWait();
      if (!closed) {
        byId.values().stream()
            .filter(account -> !running.containsKey(account.id()))
            .forEach(this::begin);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      running.values().forEach(MailWatch::close);
      running.clear();
    } finally {
      lock.unlock();
    }
  }

  private void endOthers(Map<AccountId, MailAccount> wanted) {
    for (Iterator<MailWatch> each = running.values().iterator(); each.hasNext(); ) {
      MailWatch watch = each.next();
      MailAccount next = wanted.get(watch.account().id());
      if (watch.account().equals(next)) {
        continue;
      }
      LOG.info("The watch of account '{}' ends", watch.account().id());
      each.remove();
      if (next == null) {
        watch.retire();
      } else {
        watch.close();
      }
    }
  }

  /** Once for each that no thread has begun since the last look. */
  private void complainOfThoseThatWait() {
    for (MailWatch watch : running.values()) {
      if (watch.hasBegun()) {
        late.remove(watch.account().id());
      } else if (late.add(watch.account().id())) {
        LOG.error(
            "The executor has too few threads: nobody fetches the mail of account '{}' until one is"
                + " free. Give it one for each account and four more.",
            watch.account().id());
      }
    }
  }

  private void begin(MailAccount account) {
    MailWatch watch = newWatch.apply(account).expected();
    try {
      threads.accept(watch);
      running.put(account.id(), watch);
    } catch (RejectedExecutionException noThread) {
      LOG.warn("There is no thread to watch account '{}'; it is tried again soon", account.id());
    }
  }
}
