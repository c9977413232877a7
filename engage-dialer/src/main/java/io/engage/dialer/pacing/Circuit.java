package io.engage.dialer.pacing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How well an account gets on with its server. When the server does not take us, more of the same
 * only makes it worse: the campaign is to be held, and nobody's address is to blame.
 *
 * @param unreached how often in a row there was no talking to the server
 * @param refusals how often it refused us, since it has taken a number of mails in a row
 * @param taken how many mails it took since it refused us last
 * @param takesMail whether it took any
 * @param retryAt not to be tried before this moment
 */
public record Circuit(int unreached, int refusals, int taken, boolean takesMail, Instant retryAt) {
  /** Of an account that was not used yet. */
  public static final Circuit NEW = new Circuit(0, 0, 0, false, Instant.EPOCH);

  private static final int MOST_UNREACHED = 10;
  private static final int MOST_REFUSALS = 3;
  private static final int FORGIVEN_AFTER = 20;
  private static final long LONGEST_PAUSE_SECONDS = 300;

  public Circuit {
    requireNonNull(retryAt, "retryAt");
  }

  /** Whether a refusal of us is more likely about its recipient than about us. */
  public boolean takesOthers() {
    return takesMail && refusals < MOST_REFUSALS;
  }

  public Circuit tookMail() {
    boolean forgiven = taken + 1 >= FORGIVEN_AFTER && refusals < MOST_REFUSALS;
    return new Circuit(0, forgiven ? 0 : refusals, taken + 1, true, Instant.EPOCH);
  }

  /** It refused a recipient or asked for patience: it is there. */
  public Circuit answered() {
    return unreached == 0 ? this : new Circuit(0, refusals, taken, takesMail, Instant.EPOCH);
  }

  /** It refused a mail because of us. */
  public Circuit refusedUs() {
    return new Circuit(0, MOST_REFUSALS, 0, takesMail, retryAt);
  }

  /** It refused a recipient because of us. */
  public Circuit mindedUs() {
    return new Circuit(0, refusals + 1, 0, takesMail, retryAt);
  }

  /** Somebody has looked at it. */
  public Circuit triedAnew() {
    return new Circuit(0, 0, 0, takesMail, Instant.EPOCH);
  }

  public Circuit notReached(Instant now) {
    long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(unreached, 20));
    return new Circuit(
        unreached + 1, refusals, taken, takesMail, now.plus(Duration.ofSeconds(pause)));
  }

  /** Why no campaign is to send through this account until somebody has looked at it. */
  public Optional<String> findTrouble() {
    if (refusals >= MOST_REFUSALS) {
      return Optional.of("The mail server refuses the sender. See why, then resume");
    }
    return unreached >= MOST_UNREACHED
        ? Optional.of("The mail server could not be reached again and again. See why, then resume")
        : Optional.empty();
  }
}
