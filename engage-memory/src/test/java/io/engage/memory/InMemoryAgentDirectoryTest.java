package io.engage.memory;

import io.engage.model.inbox.Agent;
import io.engage.spi.AgentDirectory;
import io.engage.testkit.AgentDirectoryContract;

class InMemoryAgentDirectoryTest extends AgentDirectoryContract {
  @Override
  protected AgentDirectory of(Agent... agents) {
    InMemoryAgentDirectory directory = InMemoryAgentDirectory.create();
    for (Agent each : agents) {
      directory.with(each);
    }
    return directory;
  }
}
