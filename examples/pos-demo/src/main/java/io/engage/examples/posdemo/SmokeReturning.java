package io.engage.examples.posdemo;

/** Compares what another morning finds with what the day before left. */
final class SmokeReturning {
  private SmokeReturning() {}

  /**
   * @return how many checks were made
   * @throws IllegalStateException when something came out differently; the message names each
   */
  static int check(Returning.Result found) {
    Checks checks = new Checks();
    checks.expect(found.inboxes().size() == 4, "four inboxes are there, one of them Sven's");
    checks.expect(found.conversations().size() > 30, "and all their conversations");
    checks.expect(found.historyOfAna().size() >= 6, "Ana's history is whole");
    checks.expect(!found.opened().content().text().isBlank(), "her newest mail can be read");
    checks.expect(found.historyOfGiulia().isEmpty(), "Giulia stays forgotten");
    checks.expect(found.trail().isIntact(), "nobody changed the trail overnight");
    return checks.done("other morning");
  }
}
