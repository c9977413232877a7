package io.engage.testkit.peers;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What all peers need: to be found, a free port, and an answer from it. */
final class Peers {
  private static final Duration LONGEST_START = Duration.ofSeconds(20);

  private Peers() {}

  /**
   * The program, from the variable or from PATH. A missing one fails the test under CI; elsewhere
   * it is said loudly, and the test is aborted.
   */
  static Path find(String program, String variable, String debianPackage) {
    String path =
        System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin:/usr/local/bin";
    return Stream.concat(
            Stream.ofNullable(System.getenv(variable)).map(Path::of),
            Stream.of(path.split(":"))
                .filter(each -> !each.isBlank())
                .map(each -> Path.of(each, program)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program, variable, debianPackage));
  }

  private static Path missing(String program, String variable, String debianPackage) {
    String what =
        "%s is not installed, so nothing is tested against it. Install %s or name it in %s."
            .formatted(program, debianPackage, variable);
    if ("true".equals(System.getenv("CI"))) {
      fail(what);
    }
    System.err.println("NOT TESTED: " + what);
    return abort(what);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until a server on this port greets, beginning with this character. */
  static void awaitGreeting(int port, char first) throws IOException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!greets(port, first)) {
      if (System.nanoTime() > end) {
        throw new IOException("Nothing answers on port " + port);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static boolean greets(int port, char first) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(5_000);
      return socket.getInputStream().read() == first;
    } catch (IOException notYet) {
      return false;
    }
  }
}
