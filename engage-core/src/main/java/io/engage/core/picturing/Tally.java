package io.engage.core.picturing;

/** How much of an inbox there is, or one agent has. */
final class Tally {
  private int queued;
  private int offered;
  private int active;
  private int completedIn;
  private int completedOut;

  /**
   * @param sign 1 for one more, -1 for one less
   */
  void count(Row row, Day day, int sign) {
    switch (row.state()) {
      case QUEUED -> queued += sign;
      case OFFERED -> offered += sign;
      case ACTIVE -> active += sign;
      default -> {
        // Neither waits nor is worked on.
      }
    }
    if (row.isCompletedOn(day)) {
      completedIn += row.isInbound() ? sign : 0;
      completedOut += row.isInbound() ? 0 : sign;
    }
  }

  int queued() {
    return queued;
  }

  int offered() {
    return offered;
  }

  int active() {
    return active;
  }

  int completedIn() {
    return completedIn;
  }

  int completedOut() {
    return completedOut;
  }

  boolean isEmpty() {
    return queued == 0 && offered == 0 && active == 0 && completedIn == 0 && completedOut == 0;
  }
}
