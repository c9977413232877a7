package io.engage.examples.posdemo;

/** An evening in the shop: many customers are written to at once, and what waits is given out. */
final class Evening {

  /** What came of the evening. */
  record Day(Mailing.Result mailing, Distributing.Result distributing) {}

  private Evening() {}

  static Day play(Shop shop, Narrator narrator) {
    Stage stage = new Stage(shop, narrator);
    stage.later(60);
    return new Day(Mailing.play(stage), Distributing.play(stage));
  }
}
