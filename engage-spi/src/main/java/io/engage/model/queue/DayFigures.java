package io.engage.model.queue;

import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an inbox did today, in its own time zone. A conversation counts once, as it stands: one that
 * was opened again counts when it is answered or completed anew, and one that was transferred
 * counts where it is.
 *
 * @param answered customers who waited and got their first answer
 * @param inTime those of them who got it within {@link
 *     io.engage.model.inbox.ServiceLevel#firstAnswer}
 * @param abandoned those who wait for their first answer just now, with nobody working on it, for
 *     longer than {@link io.engage.model.inbox.ServiceLevel#abandonedAfter}
 * @param averageWait for the first answer, of those who got it; null when nobody did
 * @param longestWait for the first answer, of those who got it; null when nobody did
 * @param completedIn conversations that customers began
 * @param completedOut conversations that agents began
 */
public record DayFigures(
    int answered,
    int inTime,
    int abandoned,
    @Nullable Duration averageWait,
    @Nullable Duration longestWait,
    int completedIn,
    int completedOut) {
  /** Nothing happened. */
  public static final DayFigures EMPTY = new DayFigures(0, 0, 0, null, null, 0, 0);

  /** Which part of the answers came in time, 0 to 1; empty before the first one. */
  public OptionalDouble serviceLevel() {
    return share(answered);
  }

  /**
   * The same when whoever counts as abandoned was answered too late; empty when there is nobody.
   */
  public OptionalDouble serviceLevelWithAbandoned() {
    return share(answered + abandoned);
  }

  private OptionalDouble share(int of) {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) inTime / of);
  }
}
