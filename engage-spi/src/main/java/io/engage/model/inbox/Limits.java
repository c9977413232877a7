package io.engage.model.inbox;

/**
 * How much an inbox and its agents take. Past it, conversations wait; nothing is ever refused.
 *
 * @param activePerAgent the most conversations that one agent has at a time, at least 1
 * @param queued the most that wait to be offered; the rest is backlog
 */
public record Limits(int activePerAgent, int queued) {
  /** Five at a time for each agent, and no bound on who waits. */
  public static final Limits USUAL = new Limits(5, Integer.MAX_VALUE);

  public Limits {
    if (activePerAgent < 1 || queued < 1) {
      throw new IllegalArgumentException(
          "Limits start at 1, but these are %d for each agent and %d in the queue"
              .formatted(activePerAgent, queued));
    }
  }
}
