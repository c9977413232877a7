package io.engage.examples.posdemo;

import io.engage.core.LinkResponse;
import io.engage.dialer.listing.RowProblem;
import io.engage.model.campaign.RecipientCounts;
import io.engage.model.outbox.SendOutcome;
import io.engage.model.queue.Obstacle;
import io.engage.model.queue.QueueState;
import java.util.List;
import java.util.Objects;

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
    smoke.distributing(day.distributing());
    smoke.recording(day.distributing());
    return smoke.checks.done("evening");
  }

  private void importing(Mailing.Result result) {
    expect(result.list().progress().recipients() == 6, "six rows are recipients");
    expect(
        result.list().problems().stream()
            .map(RowProblem::code)
            .toList()
            .equals(
                List.of(
                    RowProblem.Code.INVALID_ADDRESS,
                    RowProblem.Code.MISSING_VARIABLE,
                    RowProblem.Code.OTHER_CAMPAIGN)),
        "what is wrong with the others is said row by row");
    expect(
        result.preflight().isClean() && result.preflight().mails() == 5,
        "nothing is missing in the five that can go");
    expect(result.test() instanceof SendOutcome.Accepted, "a test goes out first");
  }

  private void counting(List<RecipientCounts> counts) {
    RecipientCounts before = counts.get(0);
    RecipientCounts out = counts.get(1);
    RecipientCounts back = counts.get(2);
    expect(before.processed() == 1 && before.failed() == 1, "an invalid address has failed");
    expect(before.notProcessed() == 5 && before.sent() == 0, "five wait");
    expect(out.notProcessed() == 0 && out.percent() == 100, "then all have had their turn");
    expect(out.sent() == 5 && out.failed() == 1, "five are sent, one has failed");
    expect(out.rejected() == 0 && out.seen() == 0 && out.spam() == 0, "nothing is back yet");
    expect(back.sent() == 4 && back.rejected() == 1, "Ben's came back");
    expect(back.seen() == 1, "Chloé opened hers");
    expect(back.spam() == 1, "Lena complained");
    expect(back.answered() == 1 && back.unsubscribed() == 1, "Ana answered, Yuki wants no more");
    expect(back.total() == 6, "and the counters still add up");
  }

  private void comingBack(Mailing.Result result) {
    expect(
        result.pages().stream().map(LinkResponse::status).allMatch(status -> status == 200),
        "the link asks, the button is heard");
    expect(result.answer().findCampaign().isPresent(), "Ana's answer names its campaign");
    expect(
        result.answer().findCustomer().filter(id -> id.value().equals("K1001")).isPresent(),
        "and is linked to her");
    expect(result.export().lines().count() == 7, "each outcome can be exported");
    expect(result.again().suppressed() == 3, "the next mailing leaves three alone");
  }

  private void distributing(Distributing.Result result) {
    expect(
        result.whyNot().get(Shop.JONAS.id()) == Obstacle.AT_THE_LIMIT,
        "Jonas has as many as he takes");
    expect(result.whyNot().get(Shop.MARA.id()) == Obstacle.ON_BREAK, "Mara has a break");
    expect(!result.second().id().equals(result.first().id()), "each is offered to one");
    expect(result.declined().queueState() == QueueState.QUEUED, "what is declined waits on");
    expect(
        Objects.equals(
            result.declined().state().service().waitingSince(),
            result.second().state().service().waitingSince()),
        "at its old place");
    expect(!result.instead().id().equals(result.second().id()), "Mara is offered another");
    expect(result.again().id().equals(result.second().id()), "Jonas gets what she declined");
    expect(result.seen().now().queued() > 0, "Sven's screen shows who waits");
    expect(Distributing.has(result.seen(), Shop.MARA, 0, 1), "and who is asked");
    expect(result.told().size() == 1, "and what Sven says is heard");
  }

  private void recording(Distributing.Result result) {
    expect(
        result.found().stream().anyMatch(each -> each.id().equals(result.first().id())),
        "Sven finds what Jonas had");
    expect(result.printed().messages() == 2, "with his answer");
    expect(result.page().startsWith("<!DOCTYPE html>"), "as a page for paper");
    expect(result.page().contains("It is here. Come when you like."), "that says it");
    expect(!result.page().contains("<script"), "and runs nothing");
  }

  private void expect(boolean holds, String what) {
    checks.expect(holds, what);
  }
}
