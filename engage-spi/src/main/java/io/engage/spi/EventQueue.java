package io.engage.spi;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import java.util.Collection;
import java.util.List;

/**
 * Keeps audit entries until listeners have been told of them. Every entry that is committed stands
 * in this queue from the moment in which that is durable: what a transaction of the host has not
 * committed yet is not to be seen here, by nobody.
 *
 * <p><b>Callers.</b> Any thread; two callers may be given the same entries, so that listeners hear
 * of some twice and of none never.
 *
 * <p>{@code EventQueueContract} in engage-testkit has a test for each promise on this page.
 */
public interface EventQueue {

  /**
   * Has {@code wakeUp} run once, after what the calling thread has committed is durable and {@link
   * #undelivered} shows it: before this returns when no transaction of the host is open, else when
   * that has ended well, on any thread. When it is rolled back, it does not run.
   *
   * <p>A store that takes part in transactions whose end it cannot see runs it at once: the next
   * round of the outbox tells what was not to be seen then.
   */
  void afterCommit(Runnable wakeUp);

  /**
   * Whether the calling thread has a transaction of the host open in which what it commits now
   * takes part, so that the host may still take it back. What cannot be taken back, such as
   * deleting bytes, has to wait for the end of that. Always false for a store that takes part in
   * none.
   */
  boolean isHostsTransactionOpen();

  /**
   * Entries that nobody has confirmed, in the order of their commits, at most {@code limit}.
   *
   * @return empty when listeners know everything
   */
  List<AuditEntry> undelivered(int limit);

  /** Confirms entries; what is unknown or confirmed already is passed over. */
  void delivered(Collection<AuditEntryId> ids);
}
