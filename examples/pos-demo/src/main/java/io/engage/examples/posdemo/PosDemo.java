package io.engage.examples.posdemo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Shows Engage at work in a point of sale, with nothing but a JDK: {@code mvn -q -Pdemo
 * process-classes}. With {@code --smoke} it also checks that everything came out as told.
 *
 * <p>Everything is kept in an H2 file of its own. With {@code --store jdbc:h2:FILE} it is kept
 * there; a shop that has had its day already opens again and shows what it finds.
 */
public final class PosDemo {
  private PosDemo() {}

  /** Ends with 0 when all went well, 1 when something did not, 2 for arguments it does not know. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(run(List.of(args), out));
  }

  static int run(List<String> args, PrintStream out) {
    Optional<Wish> wish = Wish.of(args);
    if (wish.isEmpty()) {
      out.println("usage: PosDemo [--smoke] [--store jdbc:h2:FILE]");
      return 2;
    }
    Instant start = Instant.now();
    try (ShopStore store = wish.get().open();
        Shop shop = Shop.open(store)) {
      IntSupplier smoke = play(shop, new ConsoleNarrator(out));
      if (wish.get().smoke()) {
        out.printf("%nSmoke: %d checks hold.%n", smoke.getAsInt());
      }
      out.printf("%nThat was a day in %.1f seconds.%n", seconds(start));
      out.printf(
          "It is kept: -Dengage.demo.args=\"--store %s\" opens the shop again.%n", store.url());
    } catch (RuntimeException wrong) {
      wrong.printStackTrace(out);
      return 1;
    }
    return 0;
  }

  /** What checks it afterwards, and says how many checks hold. */
  private static IntSupplier play(Shop shop, Narrator narrator) {
    if (shop.hasHadItsDay()) {
      Returning.Result found = Returning.play(shop, narrator);
      return () -> SmokeReturning.check(found);
    }
    Morning.Day morning = Morning.play(shop, narrator);
    Afternoon.Day afternoon = Afternoon.play(shop, narrator);
    Evening.Day evening = Evening.play(shop, narrator);
    return () ->
        Smoke.check(morning) + SmokeAfternoon.check(afternoon) + SmokeEvening.check(evening);
  }

  /**
   * What the arguments ask for.
   *
   * @param store empty for a new one
   */
  private record Wish(boolean smoke, Optional<String> store) {
    static Optional<Wish> of(List<String> args) {
      List<String> rest = new ArrayList<>(args);
      boolean smoke = rest.remove("--smoke");
      if (rest.isEmpty()) {
        return Optional.of(new Wish(smoke, Optional.empty()));
      }
      return rest.size() == 2 && rest.get(0).equals("--store") && ShopStore.isKnown(rest.get(1))
          ? Optional.of(new Wish(smoke, Optional.of(rest.get(1))))
          : Optional.empty();
    }

    ShopStore open() {
      return store.map(ShopStore::at).orElseGet(ShopStore::inNewFolder);
    }
  }

  private static double seconds(Instant start) {
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }
}
