package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.forecasting.Forecast;
import java.util.List;
import java.util.Set;

/**
 * What would come of starting a campaign now.
 *
 * @param problems what is wrong with the texts that all mails have in common: it cannot be started
 * @param warnings what the provider of the account will not take like this; it can be started
 * @param mails how many would go out
 * @param suppressed how many recipients want no such mail
 * @param faults of rows that would fail, the first {@value #MOST_FAULTS}
 * @param faultCount how many such rows there are
 * @param missing fields for which rows bring no value
 * @param largest the size of the largest mail in bytes; 0 when there is none
 * @param forecast when the last mail goes out
 */
public record Preflight(
    List<String> problems,
    List<String> warnings,
    long mails,
    long suppressed,
    List<RowFault> faults,
    long faultCount,
    Set<String> missing,
    long largest,
    Forecast forecast) {
  /** So many are kept, the others counted. */
  public static final int MOST_FAULTS = 1000;

  public Preflight {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    faults = List.copyOf(faults);
    missing = Set.copyOf(missing);
    requireNonNull(forecast, "forecast");
  }

  /** Whether nothing is wrong with it at all; of what is warned of, the dialer takes care. */
  public boolean isClean() {
    return problems.isEmpty() && faultCount == 0;
  }
}
