package io.engage.model.outbox;

import static java.util.Objects.requireNonNull;

import io.engage.model.mailbox.AccountId;
import java.time.Instant;

/**
 * A task that was committed together with the change that wants it, and waits to be done.
 *
 * @param account through which it is done
 * @param notBefore when it is due
 * @param attempts how often it was tried
 */
public record OutboxEntry(
    OutboxId id, AccountId account, OutboxTask task, Instant notBefore, int attempts) {
  public OutboxEntry {
    requireNonNull(id, "id");
    requireNonNull(account, "account");
    requireNonNull(task, "task");
    requireNonNull(notBefore, "notBefore");
    if (attempts < 0) {
      throw new IllegalArgumentException(
          "Outbox entry '%s' cannot have %d attempts".formatted(id.value(), attempts));
    }
  }
}
