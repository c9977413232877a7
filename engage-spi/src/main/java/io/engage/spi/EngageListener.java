package io.engage.spi;

import io.engage.model.audit.AuditEntry;
import java.util.List;

/**
 * Is told of everything that happened, after it was committed.
 *
 * <p><b>Callers.</b> One thread at a time in each process, never within the host's transaction.
 *
 * <p><b>Order.</b> What happened to one conversation comes in the order in which it happened.
 *
 * <p><b>Repetition.</b> At least once: after a crash, and with several nodes, some entries come
 * again. {@link AuditEntry#id()} tells them.
 *
 * <p><b>Failure.</b> When it throws, the same entries come again later.
 */
@FunctionalInterface
public interface EngageListener {

  /**
   * @param entries at least one
   */
  void on(List<AuditEntry> entries);

  /** Nobody listens. */
  static EngageListener none() {
    return entries -> {};
  }
}
