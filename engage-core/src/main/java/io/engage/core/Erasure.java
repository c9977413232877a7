package io.engage.core;

import static java.util.Objects.requireNonNull;

/**
 * What came of an erasure.
 *
 * @param pseudonym what the person is called from now on; empty when it was about no person
 * @param conversations how many were touched
 * @param messages how many were erased
 * @param postponed how many conversations had to be left, because something of them is just being
 *     sent: erase again in a while
 */
public record Erasure(String pseudonym, int conversations, int messages, int postponed) {
  public Erasure {
    requireNonNull(pseudonym, "pseudonym");
  }

  public boolean isComplete() {
    return postponed == 0;
  }
}
