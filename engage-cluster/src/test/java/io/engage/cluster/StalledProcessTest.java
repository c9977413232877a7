package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Nodes that are programs of their own, stopped and killed from outside. */
@Tag("PO-3")
@DisabledOnOs(OS.WINDOWS)
class StalledProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String address = Databases.address();
  private final DataSource database = Databases.at(address);
  private final List<NodeProcess> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    query(
        "create table watching (number bigint generated always as identity, node text not null,"
            + " at timestamp with time zone default clock_timestamp())");
    nodes.add(NodeProcess.start("ana", address));
    nodes.add(NodeProcess.start("ben", address));
  }

  @AfterEach
  void close() {
    nodes.forEach(NodeProcess::close);
  }

  @Test
  void a_stalled_program_is_replaced_and_keeps_out_of_the_way_when_it_wakes_up() {
    NodeProcess first = watching();
    NodeProcess second = nodes.get(1 - nodes.indexOf(first));

    first.stall();
    await().atMost(PATIENCE).until(() -> watching() == second);
    first.wakeUp();

    await().atMost(PATIENCE).until(() -> lastBeats(40).equals(List.of(second.name())));
    assertThat(query("select picked_by from engage_job")).containsExactly(second.name());
    second.close();
    await().atMost(PATIENCE).until(() -> watching() == first);
    await().atMost(PATIENCE).until(() -> lastBeats(20).equals(List.of(first.name())));
  }

  /** Whoever wrote last. */
  private NodeProcess watching() {
    await().atMost(PATIENCE).until(() -> !lastBeats(1).isEmpty());
    String name = lastBeats(1).get(0);
    return nodes.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> lastBeats(int count) {
    return query(
        "select distinct node from"
            + " (select node from watching order by number desc limit %d) as last"
                .formatted(count));
  }

  private List<String> query(String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> texts = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            texts.add(rows.getString(1));
          }
        }
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
