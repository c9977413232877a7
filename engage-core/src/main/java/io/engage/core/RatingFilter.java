package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.InboxId;
import io.engage.model.message.Rating;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which ratings are looked at: those that customers gave from {@code from} up to, not including,
 * {@code until}.
 *
 * @param inboxes that sent what was rated; empty for all in which it is permitted
 * @param agent who wrote what was rated; null for anybody
 */
public record RatingFilter(
    Set<InboxId> inboxes, @Nullable AgentId agent, Instant from, Instant until) {
  static final int LONGEST_IN_YEARS = 10;

  public RatingFilter {
    inboxes = Set.copyOf(inboxes);
    requireNonNull(from, "from");
    requireNonNull(until, "until");
    if (from.atOffset(ZoneOffset.UTC)
        .plusYears(LONGEST_IN_YEARS)
        .isBefore(until.atOffset(ZoneOffset.UTC))) {
      throw new IllegalArgumentException(
          "Ratings are looked at over %d years at most, but these are from %s until %s"
              .formatted(LONGEST_IN_YEARS, from, until));
    }
  }

  /** Of everybody, in every inbox in which it is permitted. */
  public static RatingFilter between(Instant from, Instant until) {
    return new RatingFilter(Set.of(), null, from, until);
  }

  public RatingFilter in(InboxId inbox) {
    return new RatingFilter(Set.of(inbox), agent, from, until);
  }

  public RatingFilter of(AgentId writer) {
    return new RatingFilter(inboxes, writer, from, until);
  }

  boolean passes(Rating rating) {
    return !rating.at().isBefore(from)
        && rating.at().isBefore(until)
        && (agent == null || agent.equals(rating.agent()));
  }
}
