package io.engage.examples.posdemo;

import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.message.Message;
import io.engage.model.message.Reply;
import io.engage.model.message.RfcMessageId;
import java.util.List;
import java.util.Objects;

/** Third chapter: answers go out, and come back in more than one way. */
final class Answering {

  /**
   * What came of it.
   *
   * @param sent our answer, as it was committed
   * @param arrived the same, as Ana's server has it
   * @param copyInSent whether the server's Sent folder has it as well
   * @param answer Ana's answer to it
   * @param joined the conversation after that
   * @param bounced our answer to Gus, after it came back
   */
  record Result(
      Conversation assigned,
      Message sent,
      List<ArrivedMail> arrived,
      boolean copyInSent,
      Conversation completed,
      Message answer,
      Conversation joined,
      Message bounced) {}

  private final Stage stage;
  private final Narrator narrator;

  private Answering(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
  }

  static Result play(Stage stage) {
    return new Answering(stage).play();
  }

  private Result play() {
    narrator.chapter("Mara answers Ana");
    Conversation assigned = assign();
    Message sent = answerAna();
    List<ArrivedMail> arrived = stage.shop().server().arrivedAt("ana.alvarez@mail.example");
    arrived.forEach(mail -> narrator.arrived("Ana's", mail));
    boolean copy = stage.shop().server().holds("stores", "Sent", idOf(sent).value());
    narrator.tell("A copy lies in the account's Sent folder: " + (copy ? "yes." : "no."));
    Conversation completed = complete(assigned);

    narrator.chapter("Ana answers");
    Message answer = anaAnswers(idOf(sent));
    Conversation joined = stage.find("brake");
    stage.later(7);

    narrator.chapter("An answer that comes back");
    Message bounced = answerGus();
    return new Result(assigned, sent, arrived, copy, completed, answer, joined, bounced);
  }

  private Conversation assign() {
    Conversation brake = stage.find("brake");
    narrator.tell("Jonas gives the conversation to Mara.");
    stage.answers(stage.jonas().assign(List.of(brake.id()), Shop.MARA));
    return stage.find("brake");
  }

  private Message answerAna() {
    Message ofAna = stage.messages(stage.find("brake").id()).get(1);
    Reply reply =
        Reply.of("Good morning,\n\nMarc is welcome at five today.\n\nMara, Ridgeway Downtown");
    Message sent =
        Stage.done(
            stage
                .mara()
                .reply(
                    ofAna.id(),
                    reply.toEverybody().withCc(NamedAddress.of("marc.alvarez@mail.example"))));
    narrator.tell("Mara answers all. The answer is committed, then the outbox sends it.");
    stage.workOffOutbox();
    return sent;
  }

  private Conversation complete(Conversation brake) {
    stage.later(2);
    narrator.tell("Mara completes the conversation; it leaves the list.");
    stage.answers(stage.mara().complete(List.of(brake.id())));
    return stage.find("brake");
  }

  private Message anaAnswers(RfcMessageId ours) {
    stage.later(10);
    stage
        .shop()
        .server()
        .deliver("stores", Postbag.answerOfAna(ours), stage.shop().clock().instant());
    stage.sync(Shop.STORES);
    Message answer = stage.newestOf(stage.find("brake"));
    narrator.opened(Stage.done(stage.mara().open(answer.id())));
    narrator.tell("It joins the conversation of Friday and opens it again.");
    return answer;
  }

  /** Gus mistyped his own Reply-To; the mail server finds out. */
  private Message answerGus() {
    Conversation bike = stage.find("red city bike");
    Message question = stage.newestOf(bike);
    Message sent =
        Stage.done(
            stage
                .jonas()
                .reply(
                    question.id(), Reply.of("It is, come and see it.\n\nJonas").withoutHistory()));
    stage.workOffOutbox();
    narrator.tell(
        "Jonas answers Gus at the address that he wants answers at: gus.lindholm@mial.example.");
    stage
        .shop()
        .server()
        .deliver("stores", Postbag.bounceOf(idOf(sent)), stage.shop().clock().instant());
    stage.sync(Shop.STORES);
    Message after =
        stage.messages(bike.id()).stream()
            .filter(each -> each.id().equals(sent.id()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The answer stays where it was"));
    narrator.tell(
        "The mail server returns it. The answer to Gus now reads: "
            + after.state().delivery().code()
            + ". Nobody was answered automatically, nothing was reopened.");
    stage.later(3);
    return after;
  }

  private static RfcMessageId idOf(Message sent) {
    return Objects.requireNonNull(sent.headers().messageId(), "our own mails have a Message-ID");
  }
}
