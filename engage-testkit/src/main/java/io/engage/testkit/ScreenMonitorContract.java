package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.AgentId;
import io.engage.spi.ScreenMonitor;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link ScreenMonitor} must do. Extend it and return one that can show a screen. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("DI-6")
public abstract class ScreenMonitorContract {
  private ScreenMonitor monitor;

  /** The monitor to be tested. */
  protected abstract ScreenMonitor monitor();

  /** An agent whose screen can be shown. */
  protected abstract AgentId shown();

  /** An agent whose screen cannot. */
  protected abstract AgentId notShown();

  @BeforeEach
  void openMonitor() {
    monitor = monitor();
  }

  @Test
  void a_supervisor_is_told_where_to_look_in_full() {
    assertThat(monitor.watch(Sample.dario(), shown())).get().matches(URI::isAbsolute);
  }

  @Test
  void a_screen_that_cannot_be_shown_is_nowhere() {
    assertThat(monitor.watch(Sample.dario(), notShown())).isEmpty();
    assertThat(monitor.watch(Sample.dario(), AgentId.of("no-such-agent"))).isEmpty();
  }

  @Test
  void a_screen_can_be_watched_again_and_by_another() {
    monitor.watch(Sample.dario(), shown());

    assertThat(monitor.watch(Sample.dario(), shown())).isPresent();
    assertThat(monitor.watch(Sample.clara(), shown())).isPresent();
  }

  @Test
  void many_may_watch_at_once() {
    List<Optional<URI>> answers = Race.run(8, () -> monitor.watch(Sample.dario(), shown()));

    assertThat(answers).allMatch(Optional::isPresent);
  }
}
