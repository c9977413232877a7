package io.engage.examples.posdemo;

/** An evening in the shop: many customers are written to at once. */
final class Evening {

  /** What came of the evening. */
  record Day(Mailing.Result mailing) {}

  private Evening() {}

  static Day play(Shop shop, Narrator narrator) {
    Stage stage = new Stage(shop, narrator);
    stage.later(60);
    return new Day(Mailing.play(stage));
  }
}
