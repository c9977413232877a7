package io.engage.core;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.spi.Presence;
import java.util.Collection;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks who is on the phone. A telephone system that does not answer hides nothing else and holds up
 * no work: everybody is taken to be off the phone then.
 */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final Presence presence;

  Calls(Parts parts) {
    this.presence = parts.presence();
  }

  /** One who is left out is not in a call, as far as it is known. */
  Map<AgentId, CallState> of(Collection<AgentId> agents) {
    try {
      return presence.callStates(agents);
    } catch (RuntimeException unavailable) {
      LOG.warn("It is not known who is on the phone now", LoggedFailure.of(unavailable));
      return Map.of();
    }
  }
}
