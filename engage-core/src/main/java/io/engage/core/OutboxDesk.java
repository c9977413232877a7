package io.engage.core;

import io.engage.model.inbox.MailAccount;
import io.engage.model.mailbox.AccountId;
import io.engage.model.outbox.OutboxClaim;
import io.engage.model.outbox.OutboxTask.SendMail;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 */
public final class OutboxDesk {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDesk.class);
  private static final int CLAIMED_AT_ONCE = 50;
  private static final Duration LEASE = Duration.ofMinutes(20);

  /** A server may take ten minutes for its last answer (RFC 5321 section 4.5.3.2.6). */
  private static final Duration LONGEST_SEND = Duration.ofMinutes(12);

  private final Parts parts;
  private final Sending sending;
  private final ServerErrands errands;
  private final BlobRemovals removals;
  private final TextSending texts;

  OutboxDesk(Parts parts) {
    this.parts = parts;
    this.sending = new Sending(parts);
    this.errands = new ServerErrands(parts);
    this.removals = new BlobRemovals(parts);
    this.texts = new TextSending(parts);
  }

  /**
   * Does everything that is due now. When this returns, each of it is done, put off or given up,
   * and committed.
   *
   * <p>The listener is told what it has not heard yet, also when it failed before: on a thread of
   * the executor, or on this one when the executor has had none to spare since before.
   *
   * <p>Entries of a mail account that this Engage was not given are left to a node that was.
   *
   * @return how many entries were claimed
   */
  public int workOff() {
    return workOff(() -> true);
  }

  /**
   * The same, until it may not go on: then no further mail is begun, and what is claimed is claimed
   * again when its lease ends.
   */
  int workOff(BooleanSupplier mayGoOn) {
    boolean nobodyTells = parts.committing().isWaiting();
    int worked = 0;
    while (mayGoOn.getAsBoolean()) {
      List<OutboxClaim> claims = claim();
      if (claims.isEmpty()) {
        break;
      }
      Instant lastStart = parts.clock().instant().plus(LEASE).minus(LONGEST_SEND);
      BooleanSupplier inTime =
          () -> mayGoOn.getAsBoolean() && parts.clock().instant().isBefore(lastStart);
      byAccount(claims).forEach((id, some) -> work(id, some, inTime));
      worked += claims.size();
    }
    removeBytes();
    if (nobodyTells && parts.committing().isWaiting()) {
      parts.committing().announceHere();
    } else {
      parts.committing().announce();
    }
    return worked;
  }

  /** What an erasure that was cut short has left behind. */
  private void removeBytes() {
    try {
      removals.finish();
    } catch (RuntimeException failed) {
      LOG.warn(
          "Bytes of what was erased could not be deleted; it is tried again",
          LoggedFailure.of(failed));
    }
  }

  private List<OutboxClaim> claim() {
    Instant now = parts.clock().instant();
    return parts.storage().outbox().claim(CLAIMED_AT_ONCE, now, now.plus(LEASE));
  }

  /** One account's trouble must not keep the mail of the others back. */
  private void work(AccountId id, List<OutboxClaim> claims, BooleanSupplier mayGoOn) {
    if (id.equals(AccountId.SMS)) {
      texts.work(claims, mayGoOn);
      return;
    }
    Optional<MailAccount> found = parts.accounts().find(id);
    if (found.isEmpty()) {
      LOG.warn(
          "{} outbox entries are of mail account '{}', which this node does not know; they wait for"
              + " one that does",
          claims.size(),
          id);
      return;
    }
    MailAccount account = found.get();
    try {
      Map<Boolean, List<OutboxClaim>> byKind =
          claims.stream()
              .collect(Collectors.partitioningBy(each -> each.entry().task() instanceof SendMail));
      sending.send(account, byKind.getOrDefault(true, List.of()), mayGoOn);
      errands.run(account, byKind.getOrDefault(false, List.of()));
    } catch (RuntimeException failed) {
      LOG.warn(
          "The outbox of mail account '{}' could not be worked off; it is tried again when the"
              + " lease of its entries ends",
          id,
          LoggedFailure.of(failed));
    }
  }

  private static Map<AccountId, List<OutboxClaim>> byAccount(List<OutboxClaim> claims) {
    return claims.stream()
        .collect(
            Collectors.groupingBy(
                claim -> claim.entry().account(), LinkedHashMap::new, Collectors.toList()));
  }
}
