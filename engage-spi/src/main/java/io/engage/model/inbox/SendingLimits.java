package io.engage.model.inbox;

/**
 * How much a mail provider takes from one account, as far as it says so; {@link #UNSTATED} where it
 * does not.
 *
 * @param perMinute mails in a minute; what comes faster is put off or refused
 * @param perDay recipients in a day; who writes to more is refused for a while, or for good
 * @param connections how many programs may send at once, over all nodes
 */
public record SendingLimits(int perMinute, int perDay, int connections) {
  public static final int UNSTATED = 0;

  /** The provider says nothing. */
  public static final SendingLimits NONE = new SendingLimits(UNSTATED, UNSTATED, UNSTATED);

  public SendingLimits {
    if (perMinute < 0 || perDay < 0 || connections < 0) {
      throw new IllegalArgumentException("A provider has no negative limits");
    }
  }

  /** Recipients in a day, and nothing else that is known. */
  public static SendingLimits daily(int recipients) {
    return new SendingLimits(UNSTATED, recipients, UNSTATED);
  }
}
