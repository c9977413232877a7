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
 * <p><b>Failure.</b> When it throws, the supervisor is told that the screen cannot be shown now.
 */
@FunctionalInterface
public interface ScreenMonitor {

  /**
   * Begins to show the screen.
   *
   * @return where the supervisor looks; empty when this agent's screen cannot be shown
   */
  Optional<URI> watch(Agent supervisor, AgentId agent);

  /** There is no such thing. */
  static ScreenMonitor none() {
    return (supervisor, agent) -> Optional.empty();
  }
}
