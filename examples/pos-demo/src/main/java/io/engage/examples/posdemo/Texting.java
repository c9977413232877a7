package io.engage.examples.posdemo;

import io.engage.core.TextDesk;
import io.engage.core.Texted;
import io.engage.model.address.PhoneNumber;
import io.engage.model.conversation.ConversationId;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.sms.InboundSms;
import io.engage.model.sms.OutboundSms;
import io.engage.model.sms.SmsConsent;
import java.time.Instant;
import java.util.List;

/** Fifth chapter of the afternoon: a store gets a number, and asks before it texts. */
final class Texting {
  private static final InboxId DOWNTOWN = InboxId.of("downtown");
  private static final CustomerId TOMAS = CustomerId.of("K1008");
  private static final PhoneNumber TOMASS = PhoneNumber.of("+14155550108");

  /**
   * What came of it.
   *
   * @param texts what went out, oldest first
   * @param afterStop what was said of one more
   * @param consent how it stands, with its evidence
   */
  record Result(
      Inbox onboarded,
      boolean askedFirst,
      List<String> texts,
      String afterStop,
      SmsConsent consent) {}

  private final Stage stage;
  private final Narrator narrator;
  private final TextDesk desk;

  private Texting(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.desk = stage.mara().texting();
  }

  static Result play(Stage stage) {
    return new Texting(stage).play();
  }

  private Result play() {
    narrator.chapter("Downtown may text, if customers want it");
    Inbox onboarded =
        Stage.done(
            stage
                .shop()
                .engage()
                .clientelingOf(Shop.SVEN)
                .onboard(DOWNTOWN, Shop.SMS_NUMBER, "(415) 555-0190", true));
    narrator.tell("Sven gives Downtown a number; calls to it ring in the store. Mara texts Tomas:");
    Texted texted = Stage.done(desk.begin(DOWNTOWN, TOMAS, TOMASS, "Your bike is ready."));
    goOut();
    tomasTexts("Yes");
    ConversationId tomas = texted.message().conversation();
    Stage.done(desk.send(tomas, "Your bike is ready."));
    goOut();
    tomasTexts("STOP");
    goOut();
    String refused = Stage.refused(desk.send(tomas, "And the lamp?"));
    narrator.say("Mara, again", "refused: " + refused);
    return new Result(
        onboarded,
        texted instanceof Texted.AskedFirst,
        texts(),
        refused,
        Stage.done(desk.consent(tomas)));
  }

  /** What waits goes out, and is shown. */
  private void goOut() {
    int before = texts().size();
    stage.workOffOutbox();
    List<String> all = texts();
    all.subList(before, all.size()).forEach(each -> narrator.say("to Tomas", each));
  }

  private void tomasTexts(String words) {
    stage.later(1);
    Instant now = stage.shop().clock().instant();
    narrator.say("Tomas", words);
    Stage.done(
        stage
            .shop()
            .engage()
            .sms()
            .receive(new InboundSms("in-" + now, TOMASS, Shop.SMS_NUMBER, words, now)));
  }

  private List<String> texts() {
    return stage.shop().gateway().sent().stream().map(OutboundSms::text).toList();
  }
}
