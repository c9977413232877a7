package io.engage.cluster;

import io.engage.core.Job;
import io.engage.core.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A node that is a program of its own: while it watches, it writes its name into the database. */
final class NodeProcess implements AutoCloseable {
  static final String JOB = "mailbox:shop";

  private final String name;
  private final Process process;

  private NodeProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  static NodeProcess start(String name, String address) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            NodeProcess.class.getName(),
            name,
            address);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return new NodeProcess(name, builder.start());
    } catch (IOException e) {
      throw new IllegalStateException("No further Java could be started", e);
    }
  }

  String name() {
    return name;
  }

  void stall() {
    signal("-STOP");
  }

  void wakeUp() {
    signal("-CONT");
  }

  /** As the power does. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String which) {
    try {
      int exitCode =
          new ProcessBuilder("kill", which, String.valueOf(process.pid())).start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException("kill " + which + " ended with " + exitCode);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    DataSource database = Databases.at(arguments[1]);
    try (Cluster node =
        Cluster.over(database)
            .name(arguments[0])
            .heartbeat(Duration.ofMillis(500))
            .look(Duration.ofMillis(100))
            .jobs(() -> List.of(new Watch(arguments[0], database)))
            .start()) {
      new Stop().comesWithin(1, TimeUnit.HOURS);
    }
  }

  private record Watch(String node, DataSource database) implements Job {
    @Override
    public String name() {
      return JOB;
    }

    @Override
    public Instant run(Stop stop) {
      while (!stop.comesWithin(50, TimeUnit.MILLISECONDS)) {
        write();
      }
      return Instant.EPOCH;
    }

    private void write() {
      try (Connection connection = database.getConnection();
          PreparedStatement statement =
              connection.prepareStatement("insert into watching (node) values (?)")) {
        statement.setString(1, node);
        statement.executeUpdate();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
