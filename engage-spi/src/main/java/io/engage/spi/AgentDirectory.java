package io.engage.spi;

import io.engage.model.inbox.Agent;
import java.util.List;

/**
 * Knows the host's agents by name, for lists that are searched by who works on something. Optional:
 * without it agents are found by the id that the host gave them.
 *
 * <p><b>Callers.</b> Agents' threads, several at once, once for each word that is looked for. It
 * must not call back into Engage.
 *
 * <p><b>Failure.</b> When it throws, the list is not shown: nothing is left out in silence.
 *
 * <p>{@code AgentDirectoryContract} in engage-testkit has a test for each promise on this page.
 */
@FunctionalInterface
public interface AgentDirectory {

  /**
   * Agents whose name contains {@code words}, in any case, the best match first; also those who
   * have left, as long as something may be assigned to them.
   *
   * @param limit at most so many
   * @return empty when nobody matches or {@code words} is blank
   */
  List<Agent> search(String words, int limit);

  /** Nobody is known by name. */
  static AgentDirectory none() {
    return (words, limit) -> List.of();
  }
}
