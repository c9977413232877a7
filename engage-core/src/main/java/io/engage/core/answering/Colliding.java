package io.engage.core.answering;

import io.engage.model.conversation.Conversation;
import io.engage.model.writing.Draft.Seen;
import java.util.Objects;
import java.util.Optional;

/** Decides whether a mail may be out of date, because somebody wrote since it was begun. */
public final class Colliding {
  private Colliding() {}

  /**
   * A draft opens its conversation once; it may be there again when whoever took it back died
   * before its message was withdrawn.
   *
   * @param opened the conversation that the draft opens
   * @return what to tell the agent; empty while nothing of it was sent
   */
  public static Optional<String> decide(Conversation opened) {
    return opened.isEmpty()
        ? Optional.empty()
        : Optional.of("This was sent already. Send it once more, or throw the draft away.");
  }

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
