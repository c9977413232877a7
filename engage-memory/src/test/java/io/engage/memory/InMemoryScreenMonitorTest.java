package io.engage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.spi.ScreenMonitor;
import io.engage.testkit.Sample;
import io.engage.testkit.ScreenMonitorContract;
import java.net.URI;
import org.junit.jupiter.api.Test;

class InMemoryScreenMonitorTest extends ScreenMonitorContract {
  private final InMemoryScreenMonitor monitor =
      InMemoryScreenMonitor.create().with(shown(), URI.create("https://screens.example/clara"));

  @Override
  protected ScreenMonitor monitor() {
    return monitor;
  }

  @Override
  protected AgentId shown() {
    return Sample.clara().id();
  }

  @Override
  protected AgentId notShown() {
    return Sample.dario().id();
  }

  @Test
  void who_was_told_where_to_look_is_remembered() {
    monitor.watch(Sample.dario(), notShown());
    monitor.watch(Sample.dario(), shown());

    assertThat(monitor.watches())
        .containsExactly(new InMemoryScreenMonitor.Watch(Sample.dario(), shown()));
  }
}
