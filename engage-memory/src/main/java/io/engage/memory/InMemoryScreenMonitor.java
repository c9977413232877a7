package io.engage.memory;

import io.engage.model.inbox.Agent;
import io.engage.model.inbox.AgentId;
import io.engage.spi.ScreenMonitor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Shows the screens that it was told of, and remembers who asked. */
public final class InMemoryScreenMonitor implements ScreenMonitor {
  private final Map<AgentId, URI> screens = new ConcurrentHashMap<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  private InMemoryScreenMonitor() {}

  /** That a supervisor was told where to look. */
  public record Watch(Agent supervisor, AgentId agent) {}

  /** No screen can be shown yet. */
  public static InMemoryScreenMonitor create() {
    return new InMemoryScreenMonitor();
  }

  /** Says where the screen of an agent is seen, and returns this. */
  public InMemoryScreenMonitor with(AgentId agent, URI screen) {
    screens.put(agent, screen);
    return this;
  }

  /** Who was told where to look, in order. */
  public List<Watch> watches() {
    return List.copyOf(watches);
  }

  @Override
  public Optional<URI> watch(Agent supervisor, AgentId agent) {
    Optional<URI> screen = Optional.ofNullable(screens.get(agent));
    screen.ifPresent(any -> watches.add(new Watch(supervisor, agent)));
    return screen;
  }
}
