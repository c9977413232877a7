package io.engage.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Four processes of a shop and what happens to them: each is killed and stalled once, in an order
 * that prefers those who watch a mailbox; afterwards it is a matter of luck.
 */
final class ChaosNodes implements AutoCloseable {
  private static final int NODES = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration STALL = DialingNode.LEASE.plusSeconds(1);
  private static final Duration LONGEST_STALL = STALL.plusSeconds(6);

  private final Random random = new Random(20_261_122);
  private final List<Node> nodes = new ArrayList<>();
  private final List<Blow> due;
  private final List<String> arguments;
  private int started;
  private int blows;

  private record Node(String name, Process process) {}

  private record Blow(int victim, boolean isDeadly) {}

  /** What is done to the shop meanwhile. */
  interface Step {
    void take() throws Exception;
  }

  ChaosNodes(String address, int smtpPort, int imapPort) {
    this.arguments = List.of(address, String.valueOf(smtpPort), String.valueOf(imapPort));
    this.due =
        new ArrayList<>(
            IntStream.range(0, NODES)
                .boxed()
                .flatMap(victim -> Stream.of(new Blow(victim, true), new Blow(victim, false)))
                .toList());
    Collections.shuffle(due, random);
  }

  void start() throws IOException {
    while (nodes.size() < NODES) {
      nodes.add(startOne());
    }
  }

  boolean isSomethingDue() {
    return !due.isEmpty();
  }

  /** How often one was killed or stalled. */
  int blows() {
    return blows;
  }

  /**
   * One of them is killed and replaced, or stalled, or nothing happens for a moment.
   *
   * @param watching the names of those who watch a mailbox
   * @param meanwhile done while one is stalled
   * @param isOver whether the others have coped; a stall ends then, or when it has lasted too long
   */
  void disturb(Collection<String> watching, Step meanwhile, Callable<Boolean> isOver)
      throws Exception {
    Blow blow = next(watching);
    if (blow.isDeadly()) {
      kill(blow.victim());
    } else {
      stall(nodes.get(blow.victim()).process(), meanwhile, isOver);
    }
    blows++;
    rest();
  }

  private Blow next(Collection<String> watching) {
    if (due.isEmpty()) {
      return new Blow(random.nextInt(NODES), random.nextBoolean());
    }
    Blow next =
        due.stream()
            .filter(each -> watching.contains(nodes.get(each.victim()).name()))
            .findFirst()
            .orElse(due.get(0));
    due.remove(next);
    return next;
  }

  private void kill(int victim) throws Exception {
    Process process = nodes.get(victim).process();
    process.toHandle().destroyForcibly();
    process.waitFor();
    nodes.set(victim, startOne());
  }

  private static void stall(Process process, Step meanwhile, Callable<Boolean> isOver)
      throws Exception {
    Instant begin = Instant.now();
    signal("STOP", process);
    meanwhile.take();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Instant.now().isAfter(begin.plus(LONGEST_STALL))
                    || (Instant.now().isAfter(begin.plus(STALL)) && isOver.call()));
    signal("CONT", process);
  }

  /** What a moment is to the chaos; nothing is waited for. */
  private void rest() {
    Instant end = Instant.now().plusMillis(100 + random.nextInt(900));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> Instant.now().isAfter(end));
  }

  private static void signal(String name, Process process) throws Exception {
    int sent =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    assertThat(sent).as("kill -%s", name).isZero();
  }

  private Node startOne() throws IOException {
    String name = "node-" + started++;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                DialingNode.class.getName()));
    command.addAll(arguments);
    command.add(name);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("at work");
    return new Node(name, process);
  }

  /** Has all of them end what they are at, and let go what they hold. */
  void end() throws Exception {
    for (Node each : nodes) {
      each.process().getOutputStream().close();
    }
    for (Node each : nodes) {
      assertThat(each.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("%s ends", each.name())
          .isTrue();
    }
  }

  @Override
  public void close() {
    nodes.forEach(each -> each.process().toHandle().destroyForcibly());
  }
}
