package io.engage.memory;

import io.engage.model.inbox.AgentId;
import io.engage.model.inbox.CallState;
import io.engage.spi.Presence;
import io.engage.testkit.PresenceContract;
import io.engage.testkit.Sample;

class InMemoryPresenceTest extends PresenceContract {
  @Override
  protected Presence presence() {
    return InMemoryPresence.create()
        .with(inCall(), CallState.IN_CALL)
        .with(notInCall(), CallState.IN_CALL)
        .with(notInCall(), CallState.NO_CALL);
  }

  @Override
  protected AgentId inCall() {
    return Sample.clara().id();
  }

  @Override
  protected AgentId notInCall() {
    return Sample.dario().id();
  }
}
