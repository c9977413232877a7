package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.spi.Leases;
import io.engage.spi.Leases.Lease;
import io.engage.spi.MailAccessFailure;
import io.engage.spi.MailSource.MailboxSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings mail in.
 *
 * <p>Thread-safe. One account is read by one caller at a time, on whatever node; the others are
 * told so and do nothing.
 */
public final class MailDesk {
  static final Duration LEASE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(MailDesk.class);

  private final Parts parts;
  private final Intake intake;
  private final Together together;
  private final HealthBook health;
  private final FlagPace pace;

  MailDesk(Parts parts, Intake intake, Together together, HealthBook health) {
    this.health = health;
    this.pace = new FlagPace(parts.clock());
    this.parts = parts;
    this.intake = intake;
    this.together = together;
  }

  /** As {@link #sync(AccountId, Consumer)}, without progress. */
  public SyncReport sync(AccountId account) {
    return sync(account, progress -> {});
  }

  /**
   * Imports everything that is new in the account's folders. When this returns, it is committed.
   * May be called as often as one likes: what is known already costs a few round trips and no
   * commit. When all inboxes of the account are switched off or do without mail, nothing is looked
   * at: their mail waits on the server.
   *
   * @param progress is told after each commit, on a thread of Engage's executor
   * @throws io.engage.spi.MailAccessFailure when the server cannot be reached or the connection
   *     breaks; what was committed before stays, and the next call goes on behind it
   * @throws io.engage.spi.NotFound when there is no such account
   */
  public SyncReport sync(AccountId account, Consumer<SyncProgress> progress) {
    requireNonNull(progress, "progress");
    MailAccount known = parts.account(requireNonNull(account, "account"));
    if (rests(account)) {
      return SyncReport.empty(account);
    }
    health.expected(account);
    try {
      return reading(
          known,
          (session, owner) -> importAll(known, session, owner, progress),
          SyncReport.busyElsewhere(account));
    } catch (RuntimeException failed) {
      health.failed(account, failed);
      throw failed;
    }
  }

  /**
   * Tells the listener of mailboxes that have had no good sync for long, by the clock, once for
   * each silence. {@link Engage#start} has it called all the time; a host that calls {@link #sync}
   * by a timer of its own calls this by another.
   */
  public void checkHealth() {
    health.check();
  }

  /** Where an agent reviews mail that opened nothing. */
  public HeldDesk heldFor(Agent agent) {
    return new HeldDesk(requireNonNull(agent, "agent"), parts, intake);
  }

  /** How the mailbox of an account fares, as far as this process has looked. */
  public AccountHealth health(AccountId account) {
    return health.of(account);
  }

  /**
   * Compares the ledger of an account with the server, mail by mail, fetches what the ledger does
   * not know, and takes over read marks and deletions that no sync has noticed. What has not been
   * imported yet counts as not known: it is imported by this too.
   *
   * @return one for each folder; empty when somebody else was reading the account, and when its
   *     mail waits as with {@link #sync}
   * @throws io.engage.spi.MailAccessFailure when the server cannot be reached
   */
  public List<Reconciliation> reconcile(AccountId account) {
    MailAccount known = parts.account(requireNonNull(account, "account"));
    if (rests(account)) {
      return List.of();
    }
    return reading(known, (session, owner) -> reconcile(known, session, owner), List.of());
  }

  private List<Reconciliation> reconcile(
      MailAccount account, MailboxSession session, String owner) {
    return account.folders().stream()
        .map(folder -> reconcile(account, session, owner, folder))
        .toList();
  }

  private Reconciliation reconcile(
      MailAccount account, MailboxSession session, String owner, String folder) {
    return new FolderReconciling(parts, intake, () -> keepLease(account, owner))
        .run(session, session.look(folder));
  }

  /**
   * Compares an account with its server once a day, whichever node watches it; not on the first
   * day, when its mail has only just been imported.
   */
  void reconcileDaily(MailAccount account, MailboxSession session, String owner) {
    reconcilingOf(account)
        .runFromTomorrow(goesOn -> reconcile(account, session, owner, goesOn), new Stop());
  }

  private void reconcile(
      MailAccount account, MailboxSession session, String owner, BooleanSupplier goesOn) {
    long repaired =
        account.folders().stream()
            .takeWhile(any -> goesOn.getAsBoolean())
            .mapToLong(folder -> reconcile(account, session, owner, folder).repaired())
            .sum();
    LOG.info("Account '{}' was compared with its server; {} repaired", account.id(), repaired);
  }

  private OnceADay reconcilingOf(MailAccount account) {
    return new OnceADay("reconcile:" + account.id().value(), parts);
  }

  /**
   * Tries the quarantined mails of an account once more, for instance after an update that reads
   * them better.
   *
   * @return how many became messages; none while the account's mail waits as with {@link #sync}
   * @throws io.engage.spi.MailAccessFailure when the server cannot be reached
   */
  public int retryQuarantined(AccountId account) {
    MailAccount known = parts.account(requireNonNull(account, "account"));
    if (rests(account)) {
      return 0;
    }
    return reading(
        known,
        (session, owner) ->
            known.folders().stream()
                .map(session::look)
                .mapToInt(
                    state ->
                        new QuarantineRetry(parts, intake, () -> keepLease(known, owner))
                            .run(session, state))
                .sum(),
        0);
  }

  private boolean rests(AccountId account) {
    List<Inbox> inboxes = parts.storage().inboxes().inboxes();
    return parts.accounts().reception().rests(account, inboxes);
  }

  HealthBook healthBook() {
    return health;
  }

  /** A mailbox other than the one from which the account's mail came is not opened. */
  MailboxSession open(MailAccount account) {
    return new Mailboxes(parts).openToImport(account);
  }

  /** Does something with an open session while nobody else reads the account. */
  private <T> T reading(
      MailAccount account, BiFunction<MailboxSession, String, T> act, T whenBusy) {
    String owner = parts.ids().next();
    Optional<Lease> lease = lease(account, owner);
    if (lease.isEmpty()) {
      return whenBusy;
    }
    try (MailboxSession session = open(account)) {
      return act.apply(session, owner);
    } finally {
      giveBack(account, owner);
    }
  }

  /**
   * All folders of an account, over an open session; the caller holds the lease. A folder that is
   * missing does not keep the others back; it is told afterwards.
   */
  SyncReport importAll(
      MailAccount account, MailboxSession session, String owner, Consumer<SyncProgress> progress) {
    SyncReport report = SyncReport.empty(account.id());
    MailAccessFailure missing = null;
    Consumer<SyncProgress> sign =
        committed -> {
          health.advanced(account.id());
          progress.accept(committed);
        };
    for (String folder : account.folders()) {
      try {
        report =
            new FolderImport(
                    parts, intake, together, () -> keepLease(account, owner), pace, sign, report)
                .run(session, folder);
      } catch (MailAccessFailure failed) {
        if (failed.reason() != MailAccessFailure.Reason.NO_FOLDER) {
          throw failed;
        }
        missing = failed;
      }
    }
    if (missing != null) {
      throw missing;
    }
    health.succeeded(account.id());
    return report;
  }

  /** Whoever has lost the right to read an account stops: what is committed stays. */
  private void keepLease(MailAccount account, String owner) {
    if (lease(account, owner).isEmpty()) {
      throw new CoreFailure(
          "Mail account '%s' is read by somebody else now. This reader stops; try again later."
              .formatted(account.id().value()),
          true);
    }
  }

  /** Takes or prolongs the right to read an account. */
  Optional<Lease> lease(MailAccount account, String owner) {
    Instant now = parts.clock().instant();
    return parts.storage().leases().acquire(leaseOf(account), owner, now, now.plus(LEASE));
  }

  /**
   * Gives back the right to read an account, also when it was lost and got back meanwhile: what was
   * taken for dead may have been about to prolong it, and nobody would read until it ends by
   * itself.
   */
  void giveBack(MailAccount account, String owner) {
    Leases leases = parts.storage().leases();
    Instant now = parts.clock().instant();
    leases.acquire(leaseOf(account), owner, now, now).ifPresent(leases::release);
  }

  /** What a dead node was at with an account, others may go on with at once. */
  void free(MailAccount account) {
    breakLease(account);
    reconcilingOf(account).free();
  }

  /** Whoever has it has lost it: of all leases the end is before this moment. */
  private void breakLease(MailAccount account) {
    Leases leases = parts.storage().leases();
    leases
        .acquire(leaseOf(account), parts.ids().next(), Instant.MAX, parts.clock().instant())
        .ifPresent(leases::release);
  }

  private static String leaseOf(MailAccount account) {
    return "mailbox:" + account.id().value();
  }
}
