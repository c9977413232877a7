package io.engage.core;

import java.util.Optional;

/** Counts what an erasure has done so far. */
final class ErasureTally {
  private int conversations;
  private int messages;
  private int postponed;
  private boolean again;

  /**
   * @param erased how many messages of a conversation; empty when something of it is being sent
   * @return whether all of it is gone
   */
  boolean count(Optional<Integer> erased) {
    conversations += again && erased.filter(some -> some == 0).isPresent() ? 0 : 1;
    erased.ifPresentOrElse(some -> messages += some, () -> postponed++);
    return erased.isPresent();
  }

  /** A mail that is in no conversation. */
  void count(boolean erased) {
    messages += erased ? 1 : 0;
  }

  /**
   * All is gone through once more: what had to be left is counted anew, and what has nothing left
   * in it is counted already.
   */
  void again() {
    conversations -= postponed;
    postponed = 0;
    again = true;
  }

  /** How many conversations were erased so far. */
  int erased() {
    return conversations - postponed;
  }

  int messages() {
    return messages;
  }

  Erasure of(String pseudonym) {
    return new Erasure(pseudonym, conversations, messages, postponed);
  }
}
