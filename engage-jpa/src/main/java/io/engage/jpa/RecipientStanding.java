package io.engage.jpa;

import io.engage.model.campaign.RecipientCounts;
import io.engage.model.campaign.RecipientId;
import io.engage.model.campaign.RecipientState;
import io.engage.model.campaign.RecipientStatus;

/**
 * How far a recipient is, and who has it.
 *
 * @param token of its newest claim
 * @param freeAt when it may be claimed, in nanoseconds: at its {@code notBefore}, at the end of its
 *     lease, or {@link #NEVER}
 * @param erased whether what servers say of it is no longer kept
 */
record RecipientStanding(
    RecipientId id, int priority, RecipientState state, long token, long freeAt, boolean erased) {
  /** Of those that are final. */
  static final long NEVER = Long.MAX_VALUE;

  static RecipientStanding of(RecipientId id, int priority, RecipientState state) {
    return new RecipientStanding(id, priority, state, 0, endOf(state), false);
  }

  boolean isHeldBy(long claim) {
    return token == claim && isClaimed();
  }

  private boolean isClaimed() {
    return state.status() == RecipientStatus.CLAIMED
        || state.status() == RecipientStatus.ATTEMPTING;
  }

  RecipientCounts counts() {
    return RecipientCounts.of(state);
  }

  RecipientStanding claimed(long newToken, long leaseUntil) {
    return new RecipientStanding(id, priority, state.claimed(), newToken, leaseUntil, erased);
  }

  RecipientStanding prolonged(long leaseUntil) {
    return new RecipientStanding(id, priority, state, token, Math.max(freeAt, leaseUntil), erased);
  }

  /** Whoever has a claim keeps it, as long as it is one. */
  RecipientStanding with(RecipientState next) {
    RecipientState kept = erased ? next.withoutWords() : next;
    boolean goesOn = kept.status() == state.status() || kept.status() == RecipientStatus.ATTEMPTING;
    return new RecipientStanding(id, priority, kept, token, goesOn ? freeAt : endOf(kept), erased);
  }

  /** Nobody has a claim any more. */
  RecipientStanding ended(RecipientState next) {
    RecipientState kept = erased ? next.withoutWords() : next;
    return new RecipientStanding(id, priority, kept, token, endOf(kept), erased);
  }

  RecipientStanding erasedAs(RecipientState next) {
    return new RecipientStanding(id, priority, state, token, freeAt, true).with(next);
  }

  private static long endOf(RecipientState state) {
    return state.status().isFinal() ? NEVER : Moments.of(state.notBefore());
  }
}
