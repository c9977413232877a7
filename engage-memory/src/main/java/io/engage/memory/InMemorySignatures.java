package io.engage.memory;

import io.engage.model.inbox.AgentId;
import io.engage.model.writing.Signature;
import io.engage.spi.Signatures;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers how agents sign. Any thread may use it, many at once. */
public final class InMemorySignatures implements Signatures {
  private final Map<AgentId, Signature> byAgent = new ConcurrentHashMap<>();

  private InMemorySignatures() {}

  /** Nobody has one yet. */
  public static InMemorySignatures create() {
    return new InMemorySignatures();
  }

  /** Gives an agent a signature. */
  public InMemorySignatures with(AgentId agent, Signature signature) {
    byAgent.put(agent, signature);
    return this;
  }

  @Override
  public Optional<Signature> signatureOf(AgentId agent) {
    return Optional.ofNullable(byAgent.get(agent));
  }
}
