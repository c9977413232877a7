package io.engage.model.inbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How the conversations of an inbox reach its members by themselves.
 *
 * @param eligibility who may be offered one
 * @param distribution who of them gets it
 * @param patience how long an offer stands before it counts as not answered, at least a second
 * @param absence how long an assignee may be away while a customer waits for them; then {@code
 *     away} says what becomes of it. Zero: at once. Away is who is on break or not signed in,
 *     however they came by it; nothing is taken from anybody while the inbox is closed
 * @param away what becomes of a conversation whose assignee is away
 */
public record Strategy(
    Eligibility eligibility,
    Distribution distribution,
    Duration patience,
    Duration absence,
    Away away) {
  /** Whoever is free, in turns; half a minute to accept; back to the queue after ten minutes. */
  public static final Strategy USUAL =
      new Strategy(
          Eligibility.NO_CALL,
          Distribution.ROUND_ROBIN,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Away.QUEUES);

  /** What becomes of a conversation whose assignee is away. */
  public enum Away {
    /** It waits for them. */
    WAITS("waits"),
    /** It goes to its old place in the queue. */
    QUEUES("queues");

    private final String code;

    Away(String code) {
      this.code = code;
    }

    /** The name under which it is stored, for ever. */
    public String code() {
      return code;
    }
  }

  public Strategy {
    requireNonNull(eligibility, "eligibility");
    requireNonNull(distribution, "distribution");
    requireNonNull(absence, "absence");
    requireNonNull(away, "away");
    if (patience.compareTo(Duration.ofSeconds(1)) < 0 || absence.isNegative()) {
      throw new IllegalArgumentException(
          "An offer stands for at least a second, and absence is not below zero, but these are %s"
              .formatted(patience + " and " + absence));
    }
  }

  public static Strategy of(Eligibility eligibility, Distribution distribution) {
    return USUAL.with(eligibility, distribution);
  }

  public Strategy with(Eligibility newEligibility, Distribution newDistribution) {
    return new Strategy(newEligibility, newDistribution, patience, absence, away);
  }

  public Strategy withPatience(Duration newPatience) {
    return new Strategy(eligibility, distribution, newPatience, absence, away);
  }

  public Strategy withAway(Away newAway, Duration newAbsence) {
    return new Strategy(eligibility, distribution, patience, newAbsence, newAway);
  }
}
