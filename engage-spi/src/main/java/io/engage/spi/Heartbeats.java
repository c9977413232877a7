package io.engage.spi;

import io.engage.model.inbox.AgentId;
import java.time.Instant;
import java.util.List;

/**
 * Knows which agents' sessions still give signs of life. What an agent does is a {@link
 * io.engage.model.queue.AgentSession}; this is apart because it is written all the time and is
 * worth nothing a minute later.
 *
 * <p><b>Callers.</b> Agents' threads on several machines, every few seconds for each agent.
 *
 * <p>{@code HeartbeatsContract} in engage-testkit has a test for each promise on this page.
 */
public interface Heartbeats {

  /** Notes that an agent is there until then, instead of what was noted. */
  void beat(AgentId agent, Instant until);

  /** Whether an agent is {@linkplain #silent silent}; one who is not known is not. */
  boolean isSilent(AgentId agent, Instant now);

  /**
   * Forgets an agent whose {@code until} is at or before {@code now}. One who has given a sign
   * since, or is not known, is passed over: so nobody is forgotten who has just come back.
   */
  void forget(AgentId agent, Instant now);

  /**
   * The agents whose {@code until} is at or before {@code now}, the longest silent first, then by
   * id, at most {@code limit}. Each is given again until they are forgotten or beat again.
   */
  List<AgentId> silent(Instant now, int limit);
}
