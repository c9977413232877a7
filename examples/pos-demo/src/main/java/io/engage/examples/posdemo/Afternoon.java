package io.engage.examples.posdemo;

/** An afternoon in the shop: an inbox is set up, and everything that one can do with it. */
final class Afternoon {

  /** What came of the afternoon. */
  record Day(
      Opening.Result opening,
      Renting.Result renting,
      Writing.Result writing,
      Planning.Result planning,
      Texting.Result texting,
      Accounting.Result accounting) {}

  private Afternoon() {}

  static Day play(Shop shop, Narrator narrator) {
    Stage stage = new Stage(shop, narrator);
    stage.later(180);
    return new Day(
        Opening.play(stage),
        Renting.play(stage),
        Writing.play(stage),
        Planning.play(stage),
        Texting.play(stage),
        Accounting.play(stage));
  }
}
