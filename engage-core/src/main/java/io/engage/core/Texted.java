package io.engage.core;

import static java.util.Objects.requireNonNull;

import io.engage.model.message.Message;
import io.engage.model.writing.Draft;

/** What went out when an agent wanted to send a text. */
public sealed interface Texted {
  /** What was committed for sending. */
  Message message();

  /** The agent's text. */
  record Queued(Message message) implements Texted {
    public Queued {
      requireNonNull(message, "message");
    }
  }

  /**
   * The opt-in request instead: it is the first message to every customer, and nothing else goes
   * before they agree. The agent's words are kept, to be sent with {@link TextDesk#sendKept} when
   * the customer has said yes, which shows as a new message in the conversation.
   *
   * @param message the request
   * @param kept the agent's words
   */
  record AskedFirst(Message message, Draft kept) implements Texted {
    public AskedFirst {
      requireNonNull(message, "message");
      requireNonNull(kept, "kept");
    }
  }
}
