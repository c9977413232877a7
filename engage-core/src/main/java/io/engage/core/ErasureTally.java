package io.engage.core;

import java.util.Optional;

/** Counts what an erasure has done so far. */
final class ErasureTally {
  private int conversations;
  private int messages;
  private int postponed;

  /**
   * @param erased how many messages of a conversation; empty when something of it is being sent
   * @return whether all of it is gone
   */
  boolean count(Optional<Integer> erased) {
    conversations++;
    erased.ifPresentOrElse(some -> messages += some, () -> postponed++);
    return erased.isPresent();
  }

  /** A mail that is in no conversation. */
  void count(boolean erased) {
    messages += erased ? 1 : 0;
  }

  int messages() {
    return messages;
  }

  Erasure of(String pseudonym) {
    return new Erasure(pseudonym, conversations, messages, postponed);
  }
}
