package io.engage.examples.posdemo;

/**
 * A morning in the shop, in the order in which it happens. What is shown of it, and how, is the
 * narrator's business.
 */
final class Morning {

  /** What came of the morning. */
  record Day(
      Arriving.Result arriving,
      Reading.Result reading,
      Answering.Result answering,
      Tidying.Result tidying) {}

  private Morning() {}

  static Day play(Shop shop, Narrator narrator) {
    Stage stage = new Stage(shop, narrator);
    return new Day(
        Arriving.play(stage), Reading.play(stage), Answering.play(stage), Tidying.play(stage));
  }
}
