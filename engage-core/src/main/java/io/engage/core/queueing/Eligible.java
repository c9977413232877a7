package io.engage.core.queueing;

import io.engage.model.inbox.CallState;
import io.engage.model.inbox.Eligibility;
import io.engage.model.inbox.InboxId;
import io.engage.model.queue.Obstacle;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may be offered something, each eligibility as the contact centre has it: {@code
 * incall}, {@code nocall}, {@code interaction}, {@code ringall}, {@code ringallmultiple}, {@code
 * omni}, {@code nopause}.
 */
final class Eligible {
  private final Situation situation;
  private final Eligibility eligibility;
  private final Set<InboxId> otherInCallInboxes;

  Eligible(Situation situation) {
    this.situation = situation;
    this.eligibility = situation.strategy().eligibility();
    this.otherInCallInboxes = new HashSet<>(situation.inCallInboxes());
    otherInCallInboxes.remove(situation.inbox().id());
  }

  /** Why they may not; null when they may. */
  @Nullable Obstacle decide(Candidate candidate) {
    Obstacle absent = absent(candidate);
    if (absent != null) {
      return absent;
    } else if (!mayPhone() && candidate.call() == CallState.IN_CALL) {
      return Obstacle.IN_A_CALL;
    } else if (isOneAtATime() && candidate.load() > 0) {
      return Obstacle.WORKING;
    }
    return room(candidate) > 0 ? null : Obstacle.AT_THE_LIMIT;
  }

  private @Nullable Obstacle absent(Candidate candidate) {
    if (!candidate.mayBeOffered()) {
      return Obstacle.NOT_PERMITTED;
    } else if (!candidate.session().online()) {
      return Obstacle.OFFLINE;
    } else if (candidate.session().isOnBreak()) {
      return Obstacle.ON_BREAK;
    }
    return candidate.hasAnyIn(otherInCallInboxes) ? Obstacle.HANDLING : null;
  }

  private boolean mayPhone() {
    return switch (eligibility) {
      case NO_CALL, INTERACTION, RING_ALL, RING_ALL_MULTIPLE -> true;
      case IN_CALL, OMNI, NO_PAUSE -> false;
    };
  }

  private boolean isOneAtATime() {
    return switch (eligibility) {
      case IN_CALL, INTERACTION, RING_ALL -> true;
      case NO_CALL, RING_ALL_MULTIPLE, OMNI, NO_PAUSE -> false;
    };
  }

  /** How many more they may have, whatever else stands in the way. */
  int room(Candidate candidate) {
    return switch (eligibility) {
      case IN_CALL, INTERACTION, RING_ALL -> candidate.load() == 0 ? 1 : 0;
      case RING_ALL_MULTIPLE -> Integer.MAX_VALUE;
      case NO_CALL, OMNI, NO_PAUSE -> limit() - candidate.loadIn(situation.inbox().id());
    };
  }

  private int limit() {
    return situation.settings().limits().activePerAgent();
  }
}
