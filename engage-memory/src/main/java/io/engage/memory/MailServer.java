package io.engage.memory;

import io.engage.model.address.EmailAddress;
import io.engage.model.mailbox.AccountId;
import io.engage.model.mailbox.ServerFolder;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.outbox.SmtpReply;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailAccessFailure.Reason;
import io.engage.spi.MailTransport.Envelope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the server in memory knows, behind one lock. */
final class MailServer {
  static final String INBOX = "INBOX";
  static final String SENT = "Sent";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<ServerFolder, MailFolder> folders = new HashMap<>();
  private final Set<AccountId> accounts = new HashSet<>();
  private final Map<InMemoryMail.Step, Deque<Reason>> failures =
      new EnumMap<>(InMemoryMail.Step.class);
  private long lastUidValidity = 1_000;
  private boolean countsChanges = true;

  final Map<EmailAddress, AccountId> mailboxes = new HashMap<>();
  final Map<EmailAddress, SmtpReply> refused = new HashMap<>();
  final Deque<PlannedAnswer> plannedAnswers = new ArrayDeque<>();
  final List<Envelope> accepted = new ArrayList<>();

  /** How the next attempt to send ends, and whether the mail arrives in spite of it. */
  record PlannedAnswer(SendOutcome outcome, boolean arrives) {}

  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Like {@link #locked}, and wakes who waits for news. */
  <T> T changing(Supplier<T> work) {
    return locked(
        () -> {
          T result = work.get();
          changed.signalAll();
          return result;
        });
  }

  /** Waits until {@code met}, at most so long. */
  boolean await(BooleanSupplier met, Duration most) {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!met.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return met.getAsBoolean();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** The folder; null when there is none. An account has INBOX and Sent from the beginning. */
  @Nullable MailFolder find(ServerFolder place) {
    if (accounts.add(place.account())) {
      create(new ServerFolder(place.account(), INBOX));
      create(new ServerFolder(place.account(), SENT));
    }
    return folders.get(place);
  }

  MailFolder create(ServerFolder place) {
    find(place);
    return folders.computeIfAbsent(place, added -> new MailFolder(added, ++lastUidValidity));
  }

  void drop(ServerFolder place) {
    find(place);
    folders.remove(place);
  }

  void renumber(ServerFolder place) {
    create(place).renumber(++lastUidValidity);
  }

  void countNoChanges() {
    countsChanges = false;
  }

  /** What it says of its count of changes; 0 when it keeps none. */
  long highestModSeq(MailFolder folder) {
    return countsChanges ? folder.highestModSeq() : 0;
  }

  void planFailure(InMemoryMail.Step step, Reason reason, int times) {
    Deque<Reason> planned = failures.computeIfAbsent(step, none -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      planned.add(reason);
    }
  }

  /** Fails if it was told to. */
  void pass(InMemoryMail.Step step) {
    Deque<Reason> planned = failures.get(step);
    if (planned != null && !planned.isEmpty()) {
      throw failure(planned.remove());
    }
  }

  static MailAccessFailure failure(Reason reason) {
    return new MailAccessFailure(
        reason, "Mail server 'memory'", "It was told to fail; open a new session and try again.");
  }

  /** Time that a wait with a very large limit can be given. */
  static Duration bounded(Duration most) {
    Duration longest = Duration.ofMillis(TimeUnit.DAYS.toMillis(1));
    return most.compareTo(longest) < 0 ? most : longest;
  }
}
