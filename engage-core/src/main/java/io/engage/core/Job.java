package io.engage.core;

import java.time.Instant;

/**
 * Something that is done again and again, by one node at a time: watching a mailbox, working off a
 * share of the outbox, dialing over one connection of a campaign. What does jobs over several nodes
 * is engage-cluster; in one process {@link Engage#start} does the same by itself.
 *
 * <p>That two nodes never do one job at the same moment cannot be promised by anybody: a node that
 * was stalled may wake up. So every job bears being done twice: what it writes is guarded by
 * leases, claims and versions of its own.
 *
 * <p>Two jobs are equal when they are the same and are set up the same way.
 */
public interface Job {

  /** The same on every node and after every restart, such as {@code mailbox:shop}. */
  String name();

  /**
   * Does what there is to do now. A watch goes on until the stop comes; it is noticed within
   * seconds.
   *
   * @return when it is to be done again
   */
  Instant run(Stop stop);

  /**
   * Lets go what a node held that was at this job and is taken for dead, so that the next one need
   * not wait for the end of its lease. Should that node wake up, it finds that it lost the right.
   */
  default void free() {}
}
