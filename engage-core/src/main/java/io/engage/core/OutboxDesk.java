package io.engage.core;

import io.engage.core.Lane.Batch;
import io.engage.core.Lane.Turn;
import io.engage.model.mailbox.AccountId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what is owed to mail servers: sends mails, keeps copies of them, sets flags, deletes.
 *
 * <p>Thread-safe; any number of workers on any number of nodes share the work. A mail goes out at
 * most once: its Message-ID is fixed before, the attempt is durable before its first byte goes, and
 * an attempt whose end nobody saw is in doubt and is not repeated.
 *
 * <p>Accounts are worked off side by side, each over one connection at a time, so that a server
 * that hangs holds up no other account.
 */
public final class OutboxDesk {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDesk.class);
  private static final int CLAIMED_AT_ONCE = 50;
  private static final int MOST_NOT_TAKEN_UP = 100;
  private static final Duration LEASE = Duration.ofMinutes(20);

  /** A server may take ten minutes for its last answer (RFC 5321 section 4.5.3.2.6). */
  private static final Duration LONGEST_SEND = Duration.ofMinutes(12);

  private final Parts parts;
  private final Executor executor;
  private final OutboxRound round;
  private final BlobRemovals removals;
  private final GatewayNames gatewayNames;
  private final AtomicInteger notTakenUp = new AtomicInteger();
  private final Map<LaneKey, Lane> lanes = new ConcurrentHashMap<>();

  /** Texts go by the gateway, whatever an account is called. */
  private record LaneKey(AccountId account, boolean texts) {
    static LaneKey of(OutboxClaim claim) {
      OutboxTask task = claim.entry().task();
      return new LaneKey(
          claim.entry().account(),
          task instanceof OutboxTask.SendSms || task instanceof OutboxTask.ForwardCalls);
    }
  }

  OutboxDesk(Parts parts, Executor executor, HealthBook health) {
    this.parts = parts;
    this.executor = executor;
    this.round = new OutboxRound(parts, health);
    this.removals = new BlobRemovals(parts);
    this.gatewayNames = new GatewayNames(parts);
  }

  /**
   * Does everything that is due now. When this returns, each of it is done, put off or given up,
   * and committed.
   *
   * <p>The listener is told what it has not heard yet, also when it failed before: on a thread of
   * the executor, or on this one when the executor has had none to spare since before.
   *
   * <p>Entries of a mail account that this Engage was not given are left to a node that was, and
   * what an inbox that is switched off has queued waits until it is on again.
   *
   * @return how many entries were claimed
   */
  public int workOff() {
    boolean nobodyTells = parts.committing().isWaiting();
    int worked = 0;
    int more;
    do {
      Set<Turn> turns = new LinkedHashSet<>();
      more = workOff(() -> true, executor, turns);
      turns.forEach(Turn::seeDone);
      worked += more;
    } while (more > 0);
    end(nobodyTells);
    return worked;
  }

  /**
   * The same, without waiting for the servers, and until it may not go on: then no further mail is
   * begun, and what is claimed is given back.
   */
  void workOff(BooleanSupplier mayGoOn, Executor threads) {
    boolean nobodyTells = parts.committing().isWaiting();
    workOff(mayGoOn, threads, new LinkedHashSet<>());
    end(nobodyTells);
  }

  private int workOff(BooleanSupplier mayGoOn, Executor threads, Set<Turn> turns) {
    int worked = 0;
    while (mayGoOn.getAsBoolean()) {
      List<OutboxClaim> claims = claim();
      if (claims.isEmpty()) {
        break;
      }
      worked += claims.size();
      turns.addAll(begin(claims, mayGoOn, threads));
    }
    return worked;
  }

  private List<Turn> begin(List<OutboxClaim> claims, BooleanSupplier mayGoOn, Executor threads) {
    Instant lastStart = parts.clock().instant().plus(LEASE).minus(LONGEST_SEND);
    BooleanSupplier inTime =
        () -> mayGoOn.getAsBoolean() && parts.clock().instant().isBefore(lastStart);
    List<Turn> turns = new ArrayList<>();
    byLane(round.mayLeave(claims))
        .forEach(
            (key, some) -> {
              Lane lane = lanes.computeIfAbsent(key, this::newLane);
              if (lane.awaitRoom()) {
                turns.add(lane.add(new Batch(some, inTime)));
              } else {
                round.putOff(some);
              }
            });
    turns.stream().filter(Turn::hire).forEach(turn -> hire(turn, threads));
    turns.forEach(Turn::seeBegun);
    return turns;
  }

  private Lane newLane(LaneKey key) {
    return new Lane(
        key.texts() ? round::workTexts : batch -> round.workMails(key.account(), batch));
  }

  /** An executor that takes up nothing must not be given more and more. */
  private void hire(Turn turn, Executor threads) {
    if (notTakenUp.incrementAndGet() > MOST_NOT_TAKEN_UP) {
      notTakenUp.decrementAndGet();
      turn.run();
      return;
    }
    try {
      threads.execute(
          () -> {
            notTakenUp.decrementAndGet();
            turn.run();
          });
    } catch (RejectedExecutionException noThreadToSpare) {
      notTakenUp.decrementAndGet();
      turn.run();
    }
  }

  private void end(boolean nobodyTells) {
    tidyUp("Bytes of what was erased could not be deleted", removals::finish);
    tidyUp("Names of texts could not be forgotten", gatewayNames::finish);
    parts.committing().tryAgain();
    if (nobodyTells && parts.committing().isWaiting()) {
      parts.committing().announceHere();
    } else {
      parts.committing().announce();
    }
  }

  /** What erasures have left behind for later, or were cut short of. */
  private static void tidyUp(String failure, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failed) {
      LOG.warn("{}; it is tried again", failure, LoggedFailure.of(failed));
    }
  }

  private List<OutboxClaim> claim() {
    Instant now = parts.clock().instant();
    return parts.storage().outbox().claim(CLAIMED_AT_ONCE, now, now.plus(LEASE));
  }

  private static Map<LaneKey, List<OutboxClaim>> byLane(List<OutboxClaim> claims) {
    return claims.stream()
        .collect(Collectors.groupingBy(LaneKey::of, LinkedHashMap::new, Collectors.toList()));
  }
}
