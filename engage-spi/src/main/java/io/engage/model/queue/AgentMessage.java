package io.engage.model.queue;

import static java.util.Objects.requireNonNull;

import io.engage.model.document.Document;
import io.engage.model.document.DocumentKey;
import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import java.time.Instant;

/**
 * What a supervisor tells an agent. It is there until the agent has seen it, at most thirty days.
 *
 * @param id begins with the time, so that messages are found in their order
 */
public record AgentMessage(String id, AgentId to, Agent from, String text, Instant at, long version)
    implements Document {
  /** How long a message may be, in UTF-16 code units. */
  public static final int LONGEST = 2000;

  public AgentMessage {
    requireNonNull(id, "id");
    requireNonNull(to, "to");
    requireNonNull(from, "from");
    requireNonNull(text, "text");
    requireNonNull(at, "at");
  }

  public static DocumentKey keyOf(String id) {
    return new DocumentKey(DocumentKey.Kind.AGENT_MESSAGE, id);
  }

  @Override
  public DocumentKey key() {
    return keyOf(id);
  }

  @Override
  public String owner() {
    return to.value();
  }

  @Override
  public AgentMessage withVersion(long newVersion) {
    return new AgentMessage(id, to, from, text, at, newVersion);
  }

  @Override
  public String toString() {
    return "AgentMessage[" + id + "]";
  }
}
