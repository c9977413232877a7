package io.engage.core;

import io.engage.core.queueing.Stirred;
import io.engage.core.queueing.Stirring;
import io.engage.model.conversation.InboxChange;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has given out what there is to give soon after a commit, on a thread of the executor, one at a
 * time on each node: what is committed meanwhile is seen to in one more round. Nothing is kept:
 * what a node that dies had still to do, and what fails, is found by {@link DistributionJob}.
 */
final class Drains {
  private static final Logger LOG = LoggerFactory.getLogger(Drains.class);

  private final Consumer<Stirred> work;
  private final Executor executor;
  private final Stirring stirring = new Stirring();
  private Stirred pending = Stirred.NOTHING;
  private boolean atWork;

  /**
   * @param work gives out what there is to give
   */
  Drains(Consumer<Stirred> work, Executor executor) {
    this.work = work;
    this.executor = executor;
  }

  /** Notes what was committed; does not wait for anything. */
  void committed(InboxChange change) {
    Stirred stirred = stirring.decide(change);
    if (!stirred.isNothing() && isToBegin(stirred)) {
      try {
        executor.execute(this::workOff);
      } catch (RejectedExecutionException closing) {
        end();
      }
    }
  }

  private synchronized boolean isToBegin(Stirred stirred) {
    pending = pending.and(stirred);
    boolean begins = !atWork;
    atWork = true;
    return begins;
  }

  private synchronized void end() {
    atWork = false;
  }

  /** What is to be done now; nothing when this was the last round. */
  private synchronized Stirred next() {
    Stirred next = pending;
    pending = Stirred.NOTHING;
    atWork = !next.isNothing();
    return next;
  }

  private void workOff() {
    for (Stirred next = next(); !next.isNothing(); next = next()) {
      try {
        work.accept(next);
      } catch (Throwable later) {
        LOG.warn(
            "What waits could not be given out; it is tried again soon", LoggedFailure.of(later));
      }
    }
  }
}
