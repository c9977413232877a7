package io.engage.spi;

import io.engage.model.audit.AuditEntry;
import java.util.List;

/**
 * Is told of everything that happened, after it was committed.
 *
 * <p><b>Callers.</b> One thread at a time, of one node at a time, never within the host's
 * transaction. A node that has been at one call for more than a minute is taken to be gone: another
 * one begins with the same entries. Whoever needs longer keeps the entries and works later.
 *
 * <p><b>Order.</b> What happened to one conversation comes in the order in which it happened, and
 * so does what happened to an inbox and to no conversation.
 *
 * <p><b>Repetition.</b> At least once: after a crash or a failure some entries come again. {@link
 * AuditEntry#id()} tells them.
 *
 * <p><b>Failure.</b> When it throws, none of the entries counts as heard. They come again, fewer at
 * once, until it throws twice at one that comes alone: what happened to the conversation of that
 * one comes again later, with the rounds of the outbox, and everything else goes on.
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
