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
import java.util.stream.Collectors;

/**
 * Works off what is owed to mail servers: sends mails, keeps copies of them, sets flags, deletes.
 *
 * <p>Thread-safe; any number of workers on any number of nodes share the work. A mail goes out at
 * most once: its Message-ID is fixed before, the attempt is durable before its first byte goes, and
 * an attempt whose end nobody saw is in doubt and is not repeated.
 */
public final class OutboxDesk {
  private static final int CLAIMED_AT_ONCE = 50;
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final Parts parts;
  private final Sending sending;
  private final ServerErrands errands;

  OutboxDesk(Parts parts) {
    this.parts = parts;
    this.sending = new Sending(parts);
    this.errands = new ServerErrands(parts);
  }

  /**
   * Does everything that is due now. When this returns, each of it is done, put off or given up,
   * and committed.
   *
   * @return how many entries were settled or put off
   * @throws io.engage.spi.NotFound when an entry names a mail account that Engage was not given
   */
  public int workOff() {
    int worked = 0;
    for (List<OutboxClaim> claims = claim(); !claims.isEmpty(); claims = claim()) {
      byAccount(claims).forEach(this::work);
      worked += claims.size();
    }
    return worked;
  }

  private List<OutboxClaim> claim() {
    Instant now = parts.clock().instant();
    return parts.storage().outbox().claim(CLAIMED_AT_ONCE, now, now.plus(LEASE));
  }

  private void work(AccountId id, List<OutboxClaim> claims) {
    MailAccount account = parts.account(id);
    Map<Boolean, List<OutboxClaim>> byKind =
        claims.stream()
            .collect(Collectors.partitioningBy(each -> each.entry().task() instanceof SendMail));
    sending.send(account, byKind.getOrDefault(true, List.of()));
    errands.run(account, byKind.getOrDefault(false, List.of()));
  }

  private static Map<AccountId, List<OutboxClaim>> byAccount(List<OutboxClaim> claims) {
    return claims.stream()
        .collect(
            Collectors.groupingBy(
                claim -> claim.entry().account(), LinkedHashMap::new, Collectors.toList()));
  }
}
