package io.engage.dialer.pacing;

/**
 * Decides how many recipients a connection claims at once. Where few are left it takes its share
 * only: what one has claimed the others cannot send, and at a server far away they would stand idle
 * for as long as that one is busy.
 */
public final class Blocks {
  private Blocks() {}

  /**
   * @param most how many it is where many are left
   * @param least below which a claim is not worth its while
   * @param waiting how many are left, those included whose turn comes later
   */
  public static int decide(int most, int least, long waiting, int connections) {
    long share = (waiting + connections - 1) / Math.max(1, connections);
    return (int) Math.min(most, Math.max(least, share));
  }
}
