package io.engage.examples.posdemo;

import io.engage.core.LinkResponse;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.outbox.SendOutcome;
import java.util.List;

/** Compares what came of an evening with what the story tells. */
final class SmokeEvening {
  private final Checks checks = new Checks();

  private SmokeEvening() {}

  /**
   * @return how many checks were made
   * @throws IllegalStateException when something came out differently; the message names each
   */
  static int check(Evening.Day day) {
    SmokeEvening smoke = new SmokeEvening();
    smoke.importing(day.mailing());
    smoke.counting(day.mailing().counts());
    smoke.comingBack(day.mailing());
    return smoke.checks.done("evening");
  }

  private void importing(Mailing.Result result) {
    expect(result.list().progress().recipients() == 7, "seven rows are recipients");
    expect(result.list().progress().refused() == 1, "the row of another campaign is none");
    expect(
        result.preflight().mails() == 5 && result.preflight().faultCount() == 1,
        "a missing variable is found before the start");
    expect(result.test() instanceof SendOutcome.Accepted, "a test goes out first");
  }

  private void counting(List<RecipientCounts> counts) {
    RecipientCounts before = counts.get(0);
    RecipientCounts out = counts.get(1);
    RecipientCounts back = counts.get(2);
    expect(before.processed() == 1 && before.failed() == 1, "an invalid address has failed");
    expect(before.notProcessed() == 6 && before.sent() == 0, "six wait");
    expect(out.notProcessed() == 0 && out.percent() == 100, "then all have had their turn");
    expect(out.sent() == 5 && out.failed() == 2, "five are sent, two have failed");
    expect(out.rejected() == 0 && out.seen() == 0 && out.spam() == 0, "nothing is back yet");
    expect(back.sent() == 4 && back.rejected() == 1, "Ben's came back");
    expect(back.seen() == 1, "Chloé opened hers");
    expect(back.spam() == 1, "Lena complained");
    expect(back.answered() == 1 && back.unsubscribed() == 1, "Ana answered, Yuki wants no more");
    expect(back.total() == 7, "and the counters still add up");
  }

  private void comingBack(Mailing.Result result) {
    expect(
        result.pages().stream().map(LinkResponse::status).allMatch(status -> status == 200),
        "the link asks, the button is heard");
    expect(result.answer().findCampaign().isPresent(), "Ana's answer names its campaign");
    expect(
        result.answer().findCustomer().filter(id -> id.value().equals("K1001")).isPresent(),
        "and is linked to her");
    expect(result.export().lines().count() == 8, "each outcome can be exported");
    expect(result.again().suppressed() == 3, "the next mailing leaves three alone");
  }

  private void expect(boolean holds, String what) {
    checks.expect(holds, what);
  }
}
