package io.engage.spi;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import java.util.Collection;
import java.util.Map;

/**
 * Says who is on the phone. Optional: without it nobody is.
 *
 * <p><b>Callers.</b> Any thread, several at once, often. It should answer from memory.
 *
 * <p>{@code PresenceContract} in engage-testkit has a test for each promise on this page.
 */
public interface Presence {

  /** The state of each of these agents; one who is left out counts as not in a call. */
  Map<AgentId, CallState> callStates(Collection<AgentId> agents);

  /** Nobody is ever on the phone. */
  static Presence none() {
    return agents -> Map.of();
  }
}
