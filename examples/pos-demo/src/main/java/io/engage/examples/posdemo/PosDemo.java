package io.engage.examples.posdemo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Shows Engage at work in a point of sale, with nothing but a JDK: {@code mvn -q -Pdemo
 * process-classes}. With {@code --smoke} it also checks that everything came out as told.
 */
public final class PosDemo {
  private PosDemo() {}

  /** Ends with 0 when all went well, 1 when something did not, 2 for arguments it does not know. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  static int run(List<String> args, PrintStream out) {
    if (!List.of("--smoke").containsAll(args)) {
      out.println("usage: PosDemo [--smoke]");
      return 2;
    }
    Instant start = Instant.now();
    try (Shop shop = Shop.open()) {
      Narrator narrator = new ConsoleNarrator(out);
      Morning.Day morning = Morning.play(shop, narrator);
      Afternoon.Day afternoon = Afternoon.play(shop, narrator);
      Evening.Day evening = Evening.play(shop, narrator);
      if (!args.isEmpty()) {
        int checks =
            Smoke.check(morning) + SmokeAfternoon.check(afternoon) + SmokeEvening.check(evening);
        out.printf("%nSmoke: %d checks hold.%n", checks);
      }
    } catch (RuntimeException wrong) {
      wrong.printStackTrace(out);
      return 1;
    }
    out.printf("%nThat was a day in %.1f seconds.%n", seconds(start));
    return 0;
  }

  private static double seconds(Instant start) {
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }
}
