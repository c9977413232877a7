package io.engage.core.attending;

import io.engage.model.queue.AgentMessage;
import java.time.Duration;
import java.util.Optional;

/** Decides whether somebody can be told something. */
public final class Telling {
  /** How many messages one agent may have that they have not seen. */
  public static final int MOST_UNSEEN = 100;

  /** How long a message waits for who has not seen it. */
  public static final Duration KEPT = Duration.ofDays(30);

  /**
   * Why not; empty when they can.
   *
   * @param unseen how many messages they have not seen yet
   */
  public Optional<String> decide(String text, long unseen) {
    if (text.isBlank()) {
      return Optional.of("The message is empty.");
    } else if (text.length() > AgentMessage.LONGEST) {
      return Optional.of(
          "The message has %d characters; at most %d are possible."
              .formatted(text.length(), AgentMessage.LONGEST));
    }
    return unseen < MOST_UNSEEN
        ? Optional.empty()
        : Optional.of(
            "%d messages wait for this agent already. Talk to them another way.".formatted(unseen));
  }
}
