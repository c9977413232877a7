package io.engage.memory;

import io.engage.model.inbox.AgentId;
import io.engage.model.writing.Signature;
import io.engage.spi.Signatures;
import io.engage.testkit.SignaturesContract;

class InMemorySignaturesTest extends SignaturesContract {
  @Override
  protected Signatures with(AgentId agent, Signature signature) {
    return InMemorySignatures.create().with(agent, signature);
  }
}
