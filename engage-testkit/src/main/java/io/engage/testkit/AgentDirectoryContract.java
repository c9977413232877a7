package io.engage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.engage.model.inbox.Agent;
import io.engage.spi.AgentDirectory;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every {@link AgentDirectory} promises. Extend it in the tests of yours. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Tag("PO-1")
@Tag("WK-11")
public abstract class AgentDirectoryContract {
  private static final Agent CLARA = Agent.of("u-17", "Clara Rossi");
  private static final Agent ROSA = Agent.of("u-18", "Rosa Klarsson");
  private static final Agent DIRK = Agent.of("u-19", "Dirk Jensen");

  /** The directory to try, with these agents and no others. */
  protected abstract AgentDirectory of(Agent... agents);

  @Test
  void agents_are_found_by_a_part_of_their_name_in_any_case() {
    AgentDirectory directory = of(CLARA, ROSA, DIRK);

    assertThat(directory.search("jensen", 10)).containsExactly(DIRK);
    assertThat(directory.search("ROS", 10)).containsExactlyInAnyOrder(CLARA, ROSA);
    assertThat(directory.search("Clara R", 10)).containsExactly(CLARA);
    assertThat(directory.search("%", 10)).isEmpty();
  }

  @Test
  void at_most_so_many_are_found() {
    assertThat(of(CLARA, ROSA, DIRK).search("r", 2)).hasSize(2);
  }

  @Test
  void nobody_is_found_by_nothing() {
    AgentDirectory directory = of(CLARA, DIRK);

    assertThat(directory.search(" ", 10)).isEmpty();
    assertThat(directory.search("zoe", 10)).isEmpty();
  }

  @Test
  void several_threads_ask_at_once() {
    AgentDirectory directory = of(CLARA, DIRK);

    List<List<Agent>> found = Race.run(8, () -> directory.search("dirk", 10));

    assertThat(found).containsOnly(List.of(DIRK));
  }
}
