package io.engage.core;

import io.engage.model.inbox.MailAccount;
import io.engage.spi.Leases.Lease;
import io.engage.spi.MailSource.MailboxSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stays connected to one account and imports what arrives. It comes back by itself after every
 * failure, more slowly each time, and hands over to another node when this one dies.
 */
final class MailWatch implements Runnable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MailWatch.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(4);
  private static final Duration LONGEST_WAIT_WITH_MORE_FOLDERS = Duration.ofSeconds(30);
  private static final Duration WHILE_ANOTHER_WATCHES = Duration.ofSeconds(15);
  private static final Duration ONE_HOUR = Duration.ofHours(1);
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final Parts parts;
  private final MailDesk desk;
  private final MailAccount account;
  private final RandomGenerator random;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean begun;
  private volatile boolean retired;
  private volatile @Nullable MailboxSession session;
  private @Nullable Instant steadySince;
  private Instant nextReconciling = Instant.MIN;
  private int failures;

  MailWatch(Parts parts, MailDesk desk, MailAccount account, RandomGenerator random) {
    this.parts = parts;
    this.desk = desk;
    this.account = account;
    this.random = random;
  }

  @Override
  public void run() {
    begun = true;
    String owner = parts.ids().next();
    while (!isClosed()) {
      takeTurn(owner);
    }
    if (retired) {
      desk.healthBook().forget(account.id());
    }
  }

  private void takeTurn(String owner) {
    Optional<Lease> lease = Optional.empty();
    try {
      lease = desk.lease(account, owner);
      if (lease.isPresent()) {
        watch(lease.get());
      }
    } catch (Throwable failed) {
      recover(failed);
      return;
    } finally {
      lease.ifPresent(this::giveBack);
    }
    leaveToOthers();
  }

  private void leaveToOthers() {
    if (!isClosed()) {
      desk.healthBook().lookedAfterElsewhere(account.id());
      pause(WHILE_ANOTHER_WATCHES);
    }
  }

  MailAccount account() {
    return account;
  }

  /** From now on its silence is news, also when no thread ever begins it. */
  MailWatch expected() {
    desk.healthBook().expected(account.id());
    return this;
  }

  /** Whether a thread has begun it. */
  boolean hasBegun() {
    return begun;
  }

  /** Ends it because nobody wants this account's mail: from then on its silence is no news. */
  void retire() {
    retired = true;
    close();
    if (!begun) {
      desk.healthBook().forget(account.id());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    MailboxSession open = session;
    if (open != null) {
      open.close();
    }
  }

  /** Goes on until it is closed or the lease is lost. */
  private void watch(Lease lease) {
    Duration most = account.folders().size() > 1 ? LONGEST_WAIT_WITH_MORE_FOLDERS : LONGEST_WAIT;
    try (MailboxSession opened = desk.open(account)) {
      session = opened;
      while (!isClosed() && isKept(lease)) {
        desk.importAll(account, opened, lease.owner(), progress -> {});
        steadySince = steadySince == null ? parts.clock().instant() : steadySince;
        reconcileDaily(opened, lease.owner());
        opened.awaitNews(account.folders().get(0), most);
      }
    } finally {
      session = null;
    }
  }

  /**
   * Whoever got it back anew was taken for dead meanwhile: somebody else is about to watch, and is
   * not to find the mailbox taken.
   */
  private boolean isKept(Lease lease) {
    return desk.lease(account, lease.owner())
        .filter(prolonged -> prolonged.token() == lease.token())
        .isPresent();
  }

  /** Every hour it is asked whether it is time. */
  private void reconcileDaily(MailboxSession opened, String owner) {
    Instant now = parts.clock().instant();
    if (now.isBefore(nextReconciling)) {
      return;
    }
    nextReconciling = now.plus(ONE_HOUR);
    desk.reconcileDaily(account, opened, owner);
  }

  private void giveBack(Lease lease) {
    try {
      desk.giveBack(account, lease.owner());
    } catch (RuntimeException itEndsByItself) {
      LOG.debug("The lease of account '{}' could not be given back", account.id());
    }
  }

  private void recover(Throwable failed) {
    if (isClosed()) {
      return;
    }
    failures = wasSteady() ? 1 : failures + 1;
    steadySince = null;
    desk.healthBook().failed(account.id(), failed);
    Duration pause = Backoff.decide(failures, failed, random);
    LOG.warn(
        "Watching account '{}' failed {} times in a row; next try in {} s",
        account.id(),
        failures,
        pause.toSeconds(),
        LoggedFailure.of(failed));
    pause(pause);
  }

  /** A server that lets us in and breaks off at once each time is not to be asked more often. */
  private boolean wasSteady() {
    return steadySince != null && !parts.clock().instant().isBefore(steadySince.plus(STEADY));
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause(Duration time) {
    try {
      closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }
}
