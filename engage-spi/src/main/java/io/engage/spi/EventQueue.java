package io.engage.spi;

import io.engage.model.audit.AuditEntry;
import io.engage.model.audit.AuditEntryId;
import java.util.Collection;
import java.util.List;

/**
 * Keeps audit entries until listeners have been told of them. Every entry that is committed stands
 * in this queue from the same moment.
 *
 * <p><b>Callers.</b> Any thread; two callers may be given the same entries, so that listeners hear
 * of some twice and of none never.
 *
 * <p>{@code EventQueueContract} in engage-testkit has a test for each promise on this page.
 */
public interface EventQueue {

  /**
   * Entries that nobody has confirmed, in the order of their commits, at most {@code limit}.
   *
   * @return empty when listeners know everything
   */
  List<AuditEntry> undelivered(int limit);

  /** Confirms entries; what is unknown or confirmed already is passed over. */
  void delivered(Collection<AuditEntryId> ids);
}
