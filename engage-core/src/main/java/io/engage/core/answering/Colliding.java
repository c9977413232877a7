package io.engage.core.answering;

import io.engage.model.writing.Draft.Seen;
import java.util.Objects;
import java.util.Optional;

/** Decides whether an answer may be out of date, because somebody wrote since it was begun. */
public final class Colliding {
  private Colliding() {}

  /**
   * @param then how far the conversation had come when the answer was begun
   * @param now how far it is
   * @return what to tell the agent; empty when nothing happened
   */
  public static Optional<String> decide(Seen then, Seen now) {
    boolean more = now.messages() > then.messages();
    boolean other = now.messages() > 0 && !Objects.equals(then.newest(), now.newest());
    return more || other
        ? Optional.of(
            "Somebody wrote in this conversation since you began. Look at it before you send this.")
        : Optional.empty();
  }
}
