package io.engage.model.campaign;

/**
 * How many recipients are where. A recipient is in exactly one of the first seven; the others are
 * facts beside that.
 *
 * @param claimed nodes are about to send to them
 * @param attempting bytes may have gone
 */
public record RecipientCounts(
    long pending,
    long claimed,
    long attempting,
    long sent,
    long failed,
    long rejected,
    long inDoubt,
    long seen,
    long seenByMachine,
    long spam,
    long unsubscribed,
    long answered) {
  public static final RecipientCounts NONE =
      new RecipientCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of one recipient. */
  public static RecipientCounts of(RecipientState state) {
    RecipientStatus status = state.status();
    RecipientState.Traces traces = state.traces();
    return new RecipientCounts(
        one(status == RecipientStatus.PENDING),
        one(status == RecipientStatus.CLAIMED),
        one(status == RecipientStatus.ATTEMPTING),
        one(status == RecipientStatus.SENT),
        one(status == RecipientStatus.FAILED),
        one(status == RecipientStatus.REJECTED),
        one(status == RecipientStatus.IN_DOUBT),
        one(traces.seen() != null),
        one(traces.seenByMachine() != null),
        one(traces.spam() != null),
        one(traces.unsubscribed() != null),
        one(traces.answered() != null));
  }

  private static long one(boolean is) {
    return is ? 1 : 0;
  }

  public RecipientCounts plus(RecipientCounts more) {
    return new RecipientCounts(
        pending + more.pending,
        claimed + more.claimed,
        attempting + more.attempting,
        sent + more.sent,
        failed + more.failed,
        rejected + more.rejected,
        inDoubt + more.inDoubt,
        seen + more.seen,
        seenByMachine + more.seenByMachine,
        spam + more.spam,
        unsubscribed + more.unsubscribed,
        answered + more.answered);
  }

  public RecipientCounts minus(RecipientCounts fewer) {
    return new RecipientCounts(
        pending - fewer.pending,
        claimed - fewer.claimed,
        attempting - fewer.attempting,
        sent - fewer.sent,
        failed - fewer.failed,
        rejected - fewer.rejected,
        inDoubt - fewer.inDoubt,
        seen - fewer.seen,
        seenByMachine - fewer.seenByMachine,
        spam - fewer.spam,
        unsubscribed - fewer.unsubscribed,
        answered - fewer.answered);
  }

  public long total() {
    return processed() + notProcessed();
  }

  /** Those of whom the outcome is known, or known to be unknown. */
  public long processed() {
    return sent + failed + rejected + inDoubt;
  }

  public long notProcessed() {
    return pending + claimed + attempting;
  }

  /** How much is done, 0 to 100, rounded down, so that 100 means all; 0 when there is nobody. */
  public int percent() {
    return total() == 0 ? 0 : (int) (processed() * 100 / total());
  }
}
