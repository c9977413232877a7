package io.engage.core;

import io.engage.model.audit.Actor;
import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import io.engage.model.audit.AuditFact;
import io.engage.model.audit.AuditSubject;
import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.InboxChange;
import io.engage.spi.EngageListener;
import io.engage.spi.IdSource;
import io.engage.spi.StaleVersion;
import io.engage.spi.Storage;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stamps what happened, commits it, and tells the listener afterwards. */
final class Committing {
  /**
   * Each failure means that somebody else got on, so a crowd needs as many attempts as it has
   * heads.
   */
  private static final int ATTEMPTS = 100;

  private static final long PAUSE_NANOS = 50_000;

  private final Storage storage;
  private final Teller teller;
  private final Clock clock;
  private final IdSource ids;
  private final Executor executor;
  private final UnaryOperator<AuditFact> veil;
  private final AtomicInteger announcements = new AtomicInteger();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final AtomicBoolean telling = new AtomicBoolean();
  private final List<Consumer<InboxChange>> watchers = new CopyOnWriteArrayList<>();

  /**
   * @param veil hides in a fact whom it is about
   */
  Committing(
      Storage storage,
      EngageListener listener,
      Clock clock,
      IdSource ids,
      Executor executor,
      UnaryOperator<AuditFact> veil) {
    this.veil = veil;
    this.executor = executor;
    this.storage = storage;
    this.teller = new Teller(storage, listener, clock);
    this.clock = clock;
    this.ids = ids;
  }

  void commit(InboxChange change) {
    storage.inboxes().commit(change);
    storage
        .events()
        .afterCommit(
            () -> {
              announce();
              watchers.forEach(each -> each.accept(change));
            });
  }

  List<AuditEntry> stamp(Actor actor, List<Occurrence> occurrences) {
    Instant now = clock.instant();
    return occurrences.stream()
        .map(
            each ->
                new AuditEntry(
                    AuditEntryId.of(ids.next()),
                    now,
                    actor,
                    each.subject(),
                    veil.apply(each.fact())))
        .toList();
  }

  List<AuditEntry> stamp(Actor actor, AuditSubject subject, AuditFact fact) {
    return stamp(actor, List.of(new Occurrence(subject, fact)));
  }

  /** From now on this is shown each change as soon as it is durable; it has to return at once. */
  void afterEach(Consumer<InboxChange> watcher) {
    watchers.add(watcher);
  }

  /** Reads, decides and commits, again from the start when somebody was faster. */
  <T> T retrying(Supplier<T> readDecideCommit) {
    return retryingWhile(() -> true, readDecideCommit);
  }

  /** The same, as long as trying again makes sense at all. */
  <T> T retryingWhile(BooleanSupplier sensible, Supplier<T> readDecideCommit) {
    for (int attempt = 1; ; attempt++) {
      try {
        return readDecideCommit.get();
      } catch (StaleVersion somebodyWasFaster) {
        if (attempt == ATTEMPTS || !sensible.getAsBoolean()) {
          throw somebodyWasFaster;
        }
        LockSupport.parkNanos(attempt * PAUSE_NANOS);
      }
    }
  }

  /**
   * Has the listener told what it does not know yet, on a thread of the executor: whoever committed
   * does not wait for it, and one thread at a time tells. What is committed meanwhile, by the
   * listener too, is told in another round.
   */
  void announce() {
    announcements.incrementAndGet();
    if (!telling.get() && waiting.compareAndSet(false, true)) {
      try {
        executor.execute(this::takeTurn);
      } catch (RejectedExecutionException closing) {
        waiting.set(false);
      }
    }
  }

  /** Has what the listener could not bear told again too, when it is told next. */
  void tryAgain() {
    teller.tryAgain();
  }

  /** Whether something is to be told for which the executor has not had a thread yet. */
  boolean isWaiting() {
    return waiting.get();
  }

  /** The same on this thread, unless another is at it: that one goes on. */
  void announceHere() {
    announcements.incrementAndGet();
    announceInRounds();
  }

  private void takeTurn() {
    waiting.set(false);
    announceInRounds();
  }

  private void announceInRounds() {
    while (announcements.get() > 0 && telling.compareAndSet(false, true)) {
      try {
        announcements.set(0);
        teller.tell();
      } finally {
        telling.set(false);
      }
    }
  }
}
