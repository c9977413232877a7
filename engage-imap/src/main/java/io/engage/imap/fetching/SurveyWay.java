package io.engage.imap.fetching;

/**
 * How a folder can be surveyed, best first. Where a server refuses one, or answers it in a way that
 * cannot be understood, the next is taken.
 */
enum SurveyWay {
  /** What changed, and all there are as ranges (RFC 7162, RFC 4731). */
  CHANGES_AND_RANGES(100_000),

  /** What changed, and all there are as a list. */
  CHANGES_AND_LIST(50_000),

  /** The flags of every mail. */
  FLAGS(SurveyQuery.MOST),

  /** All there are as a list, and those that are read: no answer about one mail can spoil it. */
  LISTS(SurveyQuery.MOST);

  /** In a folder of more mails a window is no wider, however they are spread. */
  private static final long MANY = 1_000_000;

  private final long most;

  SurveyWay(long most) {
    this.most = most;
  }

  static SurveyWay first(boolean countsChanges, boolean tellsRanges) {
    if (!countsChanges) {
      return FLAGS;
    }
    return tellsRanges ? CHANGES_AND_RANGES : CHANGES_AND_LIST;
  }

  /**
   * How many UIDs are asked for at once: all, unless the answer could be long. One line has to hold
   * it, and a line is bounded ({@link BoundedBuffer}).
   *
   * @param uids all UIDs of the folder are from 1 to this
   */
  long decideWidth(long uids, long messages) {
    long inside = Math.min(messages, uids);
    long answers = this == CHANGES_AND_RANGES ? Math.min(inside, uids - inside + 1) : inside;
    if (answers <= most) {
      return uids;
    }
    long even = (long) (uids / (double) answers * most * 0.9);
    return Math.max(1, messages > MANY ? Math.min(even, MANY) : even);
  }
}
