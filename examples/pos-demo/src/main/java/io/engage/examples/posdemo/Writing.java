package io.engage.examples.posdemo;

import io.engage.core.LinkRequest;
import io.engage.core.Preview;
import io.engage.core.WritingDesk;
import io.engage.model.address.NamedAddress;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.message.Direction;
import io.engage.model.message.Message;
import io.engage.model.message.Rating;
import io.engage.model.writing.Draft;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Third chapter of the afternoon: a draft, second thoughts, a rating, and a forward. */
final class Writing {
  private static final Pattern FOUR_STARS =
      Pattern.compile("https://ridgeway\\.example/engage(/r/[A-Za-z0-9_-]+)\\?chosen=4");
  private static final NamedAddress SUPPLIER =
      NamedAddress.of("Twinbike Sales", "sales@twinbike.example");

  /**
   * What came of it.
   *
   * @param beforeTheWindow how many mails Omar had while the answer could be taken back
   * @param arrived all that Omar's server has at the end
   * @param ratedByLooking what was stored when a program had only followed the link
   * @param rating what Omar gave
   * @param forwarded what the supplier's server has
   * @param side the conversation with the supplier
   * @param lenas Lena's own
   */
  record Result(
      Preview preview,
      int beforeTheWindow,
      List<ArrivedMail> arrived,
      Optional<Rating> ratedByLooking,
      Optional<Rating> rating,
      List<ArrivedMail> forwarded,
      Conversation side,
      Conversation lenas) {}

  private final Stage stage;
  private final Narrator narrator;
  private final WritingDesk desk;

  private Writing(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.desk = stage.priya().writing();
  }

  static Result play(Stage stage) {
    return new Writing(stage).play();
  }

  private Result play() {
    narrator.chapter("Priya answers Omar, and has second thoughts");
    Draft draft = Stage.done(desk.reply(question("Two bikes").id()));
    Draft hasty = saying(draft, "Yes, we have two. Come at nine.");
    Preview preview = preview(hasty);
    Message sent = Stage.done(desk.send(hasty));
    stage.workOffOutbox();
    int before = omars().size();
    Draft back = Stage.done(desk.undo(sent.id()));
    narrator.tell("Sent, and taken back in time: Omar asked for ten. It is a draft again.");
    Message answer = Stage.done(desk.send(saying(back, "Yes, we have two. Come at ten.")));
    stage.afterTheWindow();
    ArrivedMail arrived = omars().get(omars().size() - 1);
    narrator.arrived("Omar's", masked(arrived));

    narrator.chapter("Omar rates it");
    String path = pathIn(arrived.text());
    stage.shop().engage().links().handle(new LinkRequest("GET", path, Map.of("chosen", "4")));
    Optional<Rating> looked = stage.priya().rating(answer.id());
    narrator.tell("His mail program looks at every link. That rates nothing; the button does:");
    stage.shop().engage().links().handle(new LinkRequest("POST", path, Map.of("stars", "4")));
    Optional<Rating> rating = stage.priya().rating(answer.id());
    rating.ifPresent(it -> narrator.say("rating", "*".repeat(it.stars())));

    narrator.chapter("Lena wants a white tandem, so Priya asks the supplier");
    Conversation side = askSupplier();
    return new Result(
        preview,
        before,
        omars(),
        looked,
        rating,
        stage.shop().server().arrivedAt(SUPPLIER.address().value()),
        side,
        stage.find("wedding"));
  }

  private Message question(String words) {
    return stage.messages(stage.find(words).id()).get(0);
  }

  private Draft saying(Draft draft, String text) {
    return draft.withContent(
        draft.content().withText(text + "\n\nPriya, Ridgeway Rentals"),
        stage.shop().clock().instant());
  }

  private Preview preview(Draft draft) {
    Preview preview = Stage.done(desk.preview(draft));
    narrator.tell("The preview is the mail itself:");
    preview.mail().envelopeRecipients().forEach(each -> narrator.say("to", each.value()));
    narrator.say("subject", preview.mail().subject());
    narrator.say("begins", preview.mail().text().lines().findFirst().orElse(""));
    return preview;
  }

  private Conversation askSupplier() {
    Draft forward = Stage.done(desk.forward(question("wedding").id()));
    Draft asking =
        forward.withContent(
            forward.content().to(SUPPLIER).withText("Do you have one in white?\n\nPriya"),
            stage.shop().clock().instant());
    Message sent = Stage.done(desk.send(asking));
    stage.afterTheWindow();
    stage.arrives(
        "rentals", Postbag.answerOfSupplier(Objects.requireNonNull(sent.headers().messageId())));
    stage.sync(Shop.RENTALS);
    Conversation side =
        Stage.done(stage.priya().besides(stage.find("wedding").id(), Page.Request.first(9)))
            .items()
            .get(0);
    narrator.tell("Question and answer stand beside Lena's conversation, where she sees neither:");
    stage.messages(side.id()).forEach(each -> narrator.say(who(each), each.preview()));
    return side;
  }

  private static String who(Message message) {
    return message.direction() == Direction.OUTBOUND ? "Priya" : "Twinbike";
  }

  private List<ArrivedMail> omars() {
    return stage.shop().server().arrivedAt("omar.haddad@mail.example");
  }

  private static String pathIn(String text) {
    Matcher link = FOUR_STARS.matcher(text);
    if (!link.find()) {
      throw new IllegalStateException("The answer asks for no rating");
    }
    return link.group(1);
  }

  /** Nobody reads a signature of a hundred letters. */
  private static ArrivedMail masked(ArrivedMail mail) {
    return new ArrivedMail(
        mail.from(),
        mail.to(),
        mail.cc(),
        mail.subject(),
        mail.thread(),
        mail.text().replaceAll("/r/[A-Za-z0-9_-]+", "/r/..."));
  }
}
