package io.engage.imap.fetching;

/**
 * What is fetched at once.
 *
 * @param batchBytes a batch of small mails has about this many
 * @param batchMails and at most so many mails
 * @param pieceBytes a mail of this size or more comes in pieces of it, past the heap
 * @param largestMail of a mail over this only the header is fetched
 */
public record FetchLimits(long batchBytes, int batchMails, int pieceBytes, long largestMail) {
  public FetchLimits {
    requireRange("bytes of a batch", batchBytes, 1, 64L << 20);
    requireRange("number of mails of a batch", batchMails, 1, 10_000);
    requireRange("bytes of a piece", pieceBytes, 1_024, 4L << 20);
    requireRange("size of the largest mail", largestMail, 1_024, Integer.MAX_VALUE);
  }

  /** What serves ordinary mailboxes in a small heap. */
  public static FetchLimits standard() {
    return new FetchLimits(4L << 20, 500, 1 << 20, 512L << 20);
  }

  public FetchLimits withBatch(long bytes, int mails) {
    return new FetchLimits(bytes, mails, pieceBytes, largestMail);
  }

  public FetchLimits withLargestMail(long bytes) {
    return new FetchLimits(batchBytes, batchMails, pieceBytes, bytes);
  }

  /** Whether a mail of this size comes whole in one answer. */
  boolean comesWhole(long bytes) {
    return bytes < pieceBytes && bytes <= largestMail;
  }

  private static void requireRange(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "The %s has to be from %d to %d, but is %d".formatted(what, least, most, value));
    }
  }
}
