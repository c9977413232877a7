package io.engage.core.queueing;

import static java.util.Objects.requireNonNull;

import io.engage.model.audit.Occurrence;
import io.engage.model.conversation.Conversation;
import io.engage.model.queue.AgentSession;
import java.util.List;

/** What comes of a word to an offer. */
public sealed interface OfferStep {

  /**
   * It changes this, at once or not at all.
   *
   * @param session to be stored with the conversation also when nothing in it is different, so that
   *     whoever decided by what it was decides again
   */
  record Changed(Conversation conversation, AgentSession session, List<Occurrence> occurrences)
      implements OfferStep {
    public Changed {
      requireNonNull(conversation, "conversation");
      requireNonNull(session, "session");
      occurrences = List.copyOf(occurrences);
    }
  }

  /** It is so already, and nothing changes. */
  record AlreadySo() implements OfferStep {}

  /** Somebody else has it. */
  record Overtaken() implements OfferStep {}

  /** It cannot be; {@code reason} is shown to the agent. */
  record Refused(String reason) implements OfferStep {}
}
