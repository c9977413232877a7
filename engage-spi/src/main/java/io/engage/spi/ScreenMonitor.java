package io.engage.spi;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import java.net.URI;
import java.util.Optional;

/**
 * Shows a supervisor the screen of an agent, by whatever the host has for that. Optional: without
 * it monitoring is refused, and says why.
 *
 * <p><b>Callers.</b> Supervisors' threads; permission was asked before. The supervisor is told
 * where to look after it was recorded that they do.
 *
 * <p><b>Repetition.</b> The same screen may be watched again, and by several at once.
 *
 * <p><b>Failure.</b> When it throws, the supervisor is told that the screen cannot be shown now.
 *
 * <p>{@code ScreenMonitorContract} in engage-testkit has a test for each promise on this page.
 */
@FunctionalInterface
public interface ScreenMonitor {

  /**
   * Begins to show the screen.
   *
   * @return where the supervisor looks, in full; empty when this agent's screen cannot be shown, as
   *     of one who is not known
   */
  Optional<URI> watch(Agent supervisor, AgentId agent);

  /** There is no such thing. */
  static ScreenMonitor none() {
    return (supervisor, agent) -> Optional.empty();
  }
}
