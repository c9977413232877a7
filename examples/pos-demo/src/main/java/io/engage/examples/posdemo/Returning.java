package io.engage.examples.posdemo;

import io.engage.core.OpenedMessage;
import io.engage.model.audit.AuditVerdict;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.ConversationFilter;
import io.engage.model.conversation.Page;
import io.engage.model.customer.CustomerId;
import io.engage.model.inbox.Inbox;
import io.engage.model.message.Message;
import java.util.List;

/** Another morning: the process was another one, and everything is as it was left. */
final class Returning {
  private static final CustomerId ANA = CustomerId.of("K1001");
  private static final CustomerId GIULIA = CustomerId.of("K1004");

  /**
   * What was found.
   *
   * @param opened Ana's newest mail, read from the bytes that were kept
   * @param historyOfGiulia who had asked to be forgotten
   * @param trail whether anybody changed it overnight
   */
  record Result(
      List<Inbox> inboxes,
      List<Conversation> conversations,
      List<Message> historyOfAna,
      OpenedMessage opened,
      List<Message> historyOfGiulia,
      AuditVerdict trail) {}

  private Returning() {}

  static Result play(Shop shop, Narrator narrator) {
    Stage stage = new Stage(shop, narrator);
    narrator.chapter("The shop opens again, and everything is as it was left");
    List<Inbox> inboxes = shop.engage().inboxes();
    List<Conversation> conversations = stage.list(stage.mara(), ConversationFilter.all());
    narrator.say("inboxes", Integer.toString(inboxes.size()));
    narrator.list(
        "Still open",
        stage.list(stage.mara(), ConversationFilter.open()).stream().map(stage::line).toList());
    List<Message> ofAna = history(stage, ANA);
    narrator.history(shop.customers().findByIds(List.of(ANA)).get(0), ofAna);
    OpenedMessage opened = stage.open(stage.mara(), "brake");
    AuditVerdict trail = Stage.done(shop.engage().auditOf(Shop.SVEN).verify());
    narrator.say("trail", trail.isIntact() ? "as it was written" : "changed");
    return new Result(inboxes, conversations, ofAna, opened, history(stage, GIULIA), trail);
  }

  private static List<Message> history(Stage stage, CustomerId customer) {
    return stage.mara().history(customer, Page.Request.first(50)).items();
  }
}
