package io.engage.model.queue;

/** What of an inbox can be too much; {@link io.engage.model.inbox.ServiceLevel} says from where. */
public enum Threshold {
  /** Somebody has waited for longer than {@code longestWait}. */
  LONGEST_WAIT("longest-wait"),
  /** Somebody has waited for longer than {@code abandonedAfter}, for whichever answer. */
  ABANDONED("abandoned"),
  /** Somebody has worked on one for longer than {@code longestHandling}. */
  LONGEST_HANDLING("longest-handling"),
  /** More than {@code mostWaiting} wait. */
  MOST_WAITING("most-waiting");

  private final String code;

  Threshold(String code) {
    this.code = code;
  }

  /** The name under which it is stored, for ever. */
  public String code() {
    return code;
  }
}
