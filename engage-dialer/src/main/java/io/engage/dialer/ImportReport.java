package io.engage.dialer;

import static java.util.Objects.requireNonNull;

import io.engage.dialer.listing.RowProblem;
import io.engage.model.campaign.CampaignList;
import java.util.List;

/**
 * What came of importing a list.
 *
 * @param duplicates how many rows have failed because their address stands in an earlier one
 * @param problems the first {@value #MOST_PROBLEMS}
 * @param problemCount how many there are
 */
public record ImportReport(
    CampaignList list,
    ImportProgress progress,
    long duplicates,
    List<RowProblem> problems,
    long problemCount) {
  /** So many are kept; the others are only told one by one. */
  public static final int MOST_PROBLEMS = 1000;

  public ImportReport {
    requireNonNull(list, "list");
    requireNonNull(progress, "progress");
    problems = List.copyOf(problems);
  }
}
