package io.engage.model.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an inbox stands at one moment.
 *
 * @param queued how many wait, offered ones not counted
 * @param offered how many wait for the word of an agent
 * @param active how many are worked on
 * @param longestWaiting since when the one waits that has waited longest, offered ones counted;
 *     null when nobody waits
 * @param longestActive since when the one is worked on that has been longest; null when none is
 */
public record QueueStanding(
    int queued,
    int offered,
    int active,
    @Nullable Instant longestWaiting,
    @Nullable Instant longestActive) {
  /** Nobody waits and nobody works. */
  public static final QueueStanding EMPTY = new QueueStanding(0, 0, 0, null, null);
}
