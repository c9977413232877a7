package io.engage.examples.posdemo;

import io.engage.core.Listing;
import io.engage.core.RulesDesk;
import io.engage.core.SetupDesk;
import io.engage.model.conversation.Conversation;
import io.engage.model.conversation.Page;
import io.engage.model.inbox.Inbox;
import io.engage.model.rule.Condition;
import io.engage.model.rule.Rule;
import io.engage.model.rule.RuleAction;
import io.engage.model.rule.RuleSet;
import io.engage.model.rule.TextMatch;
import java.time.Instant;
import java.util.List;

/** Second chapter of the afternoon: customers write, a rule is tried and goes live, lists find. */
final class Renting {
  private static final RuleSet RULES =
      RuleSet.of(
          Rule.named("tandems")
              .when(Condition.subject(TextMatch.containing("tandem")))
              .then(RuleAction.tag("tandem"), RuleAction.routeTo(Shop.PRIYA)));

  /**
   * What came of it.
   *
   * @param confirmations what Omar's server has
   * @param found what the filter found
   * @param mistake what was said of a mistyped one
   */
  record Result(
      List<ArrivedMail> confirmations,
      RulesDesk.Replay replay,
      boolean changedByReplay,
      Conversation ruled,
      List<Conversation> found,
      String mistake) {}

  private final Stage stage;
  private final Narrator narrator;

  private Renting(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
  }

  static Result play(Stage stage) {
    return new Renting(stage).play();
  }

  private Result play() {
    narrator.chapter("The first customers of Rentals");
    List<ArrivedMail> confirmations = confirmed();
    narrator.chapter("Sven tries a rule before it goes live");
    RulesDesk.Replay replay = replay();
    boolean changed = !stage.find("tandem").state().tags().isEmpty();
    Conversation ruled = goLive();
    narrator.chapter("Priya looks for something");
    List<Conversation> found = find("inbox:rentals AND from:(omar OR lena) AND NOT subject:tandem");
    String mistake = misunderstood("from:(omar OR AND subject:tandem");
    return new Result(confirmations, replay, changed, ruled, found, mistake);
  }

  private List<ArrivedMail> confirmed() {
    arrives("rental-omar.eml");
    arrives("rental-lena.eml");
    stage.sync(Shop.RENTALS);
    stage.workOffOutbox();
    List<ArrivedMail> mails = stage.shop().server().arrivedAt("omar.haddad@mail.example");
    mails.forEach(mail -> narrator.arrived("Omar's", mail));
    return mails;
  }

  private void arrives(String file) {
    stage.arrives("rentals", Postbag.writtenAt(stage.shop().clock().instant(), file));
  }

  private RulesDesk.Replay replay() {
    RulesDesk.Replay replay =
        Stage.done(
            stage
                .shop()
                .engage()
                .rulesOf(Shop.SVEN)
                .replay(
                    Opening.RENTALS, RULES, Instant.EPOCH, Instant.MAX, Page.Request.first(50)));
    narrator.tell(
        "Of %d mails that came it would have changed %d. Nothing was touched:"
            .formatted(replay.messages().size(), replay.differences().size()));
    replay.differences().forEach(each -> narrator.say("tandems", each.after().explanation()));
    return replay;
  }

  private Conversation goLive() {
    SetupDesk desk = stage.shop().engage().setupOf(Shop.SVEN);
    long version =
        stage.shop().engage().inboxes().stream()
            .filter(each -> each.id().equals(Opening.RENTALS))
            .findFirst()
            .map(Inbox::version)
            .orElseThrow();
    Stage.done(desk.saveRules(Opening.RENTALS, version, RULES));
    arrives("rental-giulia.eml");
    stage.sync(Shop.RENTALS);
    stage.workOffOutbox();
    narrator.tell("It goes live, and Giulia asks for a tandem:");
    Conversation ruled = stage.find("giulia tandem");
    narrator.trail(stage.mara().auditTrail(ruled.id()));
    return ruled;
  }

  private List<Conversation> find(String words) {
    narrator.tell(words);
    List<Conversation> found =
        stage.priya().list(words, Page.Request.first(50)).findPage().orElseThrow().items();
    narrator.list("Found", found.stream().map(stage::line).toList());
    return found;
  }

  private String misunderstood(String words) {
    narrator.tell(words);
    Listing listing = stage.priya().list(words, Page.Request.first(50));
    String mistake =
        listing instanceof Listing.Misunderstood mistyped ? mistyped.describe() : "understood";
    narrator.say("not understood", mistake);
    return mistake;
  }
}
