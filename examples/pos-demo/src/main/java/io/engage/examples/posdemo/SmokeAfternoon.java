package io.engage.examples.posdemo;

import io.engage.model.conversation.Conversation;
import io.engage.model.inbox.InboxId;
import io.engage.model.sms.SmsConsent;
import java.util.List;
import java.util.Objects;

/** Compares what came of an afternoon with what the story tells. */
final class SmokeAfternoon {
  private final Checks checks = new Checks();

  private SmokeAfternoon() {}

  /**
   * @return how many checks were made
   * @throws IllegalStateException when something came out differently; the message names each
   */
  static int check(Afternoon.Day day) {
    SmokeAfternoon smoke = new SmokeAfternoon();
    smoke.opening(day.opening());
    smoke.renting(day.renting());
    smoke.writing(day.writing());
    smoke.planning(day.planning());
    smoke.texting(day.texting());
    smoke.accounting(day.accounting());
    return smoke.checks.done("afternoon");
  }

  private void opening(Opening.Result result) {
    expect(
        result.refusal().contains("did not accept user and password"),
        "a mistyped password is refused in plain words");
    expect(!result.refusal().contains("rentels"), "which do not repeat it");
    expect(result.nothingStored(), "and nothing is stored");
    expect(result.check().isGreen(), "the right one is green");
  }

  private void renting(Renting.Result result) {
    expect(result.confirmations().size() == 1, "Omar gets one confirmation");
    expect(result.confirmations().get(0).text().startsWith("Dear Omar Haddad,"), "with his name");
    expect(result.replay().messages().size() == 2, "the rule is tried on two mails");
    expect(result.replay().differences().size() == 1, "and would change one");
    expect(!result.changedByReplay(), "which it does not by being tried");
    expect(result.ruled().state().tags().contains("tandem"), "live, it tags");
    expect(
        result.ruled().findAssignee().filter(Shop.PRIYA.id()::equals).isPresent(),
        "and gives it to Priya");
    expect(
        result.found().stream()
            .map(Conversation::subject)
            .toList()
            .equals(List.of("Two bikes for Saturday")),
        "the filter finds Omar's bikes alone");
    expect(!result.mistake().equals("understood"), "a mistyped filter says where");
  }

  private void writing(Writing.Result result) {
    expect(
        result.preview().mail().text().startsWith("Yes, we have two. Come at nine."),
        "the preview shows what would go");
    expect(result.beforeTheWindow() == 1, "nothing goes before the window ends");
    expect(result.arrived().size() == 2, "Omar gets one answer beside the confirmation");
    expect(result.arrived().get(1).text().contains("Come at ten."), "the better one");
    expect(result.ratedByLooking().isEmpty(), "following a link rates nothing");
    expect(result.rating().filter(it -> it.stars() == 4).isPresent(), "the button does");
    expect(result.forwarded().size() == 1, "the supplier has the forward");
    expect(result.forwarded().get(0).text().contains("white tandem"), "with Lena's words");
    expect(result.side().messages() == 2, "the supplier's answer is beside the conversation");
    expect(result.lenas().messages() == 2, "and Lena's has her mail and its confirmation alone");
  }

  private void planning(Planning.Result result) {
    expect(
        result.transferred().inbox().equals(InboxId.of("workshop")),
        "the wedding is the workshop's");
    expect(result.transferred().state().tags().contains("wedding"), "with its tag");
    expect(result.notes().size() == 1, "and its note");
    expect(
        result.toDos().stream().anyMatch(each -> each.title().equals("Reserve the white tandem")),
        "the to-do is the till's");
    expect(result.appointments().size() == 1, "the fitting is booked once");
    expect(!result.bookedTwice().isBlank(), "and not twice");
  }

  private void texting(Texting.Result result) {
    expect(
        Objects.requireNonNull(result.onboarded().settings().sms()).enabled(), "Downtown may text");
    expect(result.askedFirst(), "the first text asks");
    expect(result.texts().size() == 3, "a request, a text and a goodbye go out");
    expect(result.texts().get(1).equals("Your bike is ready."), "the text after the yes");
    expect(result.afterStop().contains("wants no text messages"), "and none after STOP");
    expect(
        result.consent().state() == SmsConsent.State.OPTED_OUT
            && result.consent().evidence().size() == 3,
        "with evidence of all three steps");
  }

  private void accounting(Accounting.Result result) {
    expect(result.before().isIntact(), "nobody changed the trail");
    expect(result.lines() > 100, "it can be exported");
    expect(result.file().messages() >= 2 && result.bytes() > 1000, "Giulia gets her copy");
    expect(result.erasure().isComplete() && result.left() == 0, "and is forgotten");
    expect(result.after().isIntact(), "by everything but the trail, which holds");
  }

  private void expect(boolean holds, String what) {
    checks.expect(holds, what);
  }
}
