package io.engage.examples.posdemo;

import io.engage.core.AccountCheck;
import io.engage.core.Outcome;
import io.engage.core.SavedInbox;
import io.engage.core.SetupDesk;
import io.engage.model.inbox.Confirmation;
import io.engage.model.inbox.Credential;
import io.engage.model.inbox.Inbox;
import io.engage.model.inbox.InboxId;
import io.engage.model.inbox.InboxSettings;
import io.engage.model.inbox.MailAccount;
import io.engage.model.inbox.RatingRequest;
import io.engage.model.inbox.StoredAccount;
import io.engage.model.template.Template;
import io.engage.model.template.TemplateId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** First chapter of the afternoon: the head office opens an inbox for rentals. */
final class Opening {
  static final InboxId RENTALS = InboxId.of("rentals");
  private static final TemplateId THANKS = TemplateId.of("thanks");

  /** Behind the name of a server; another one every day. */
  private static final Pattern PORT = Pattern.compile(":[0-9]+'");

  /**
   * What came of it.
   *
   * @param refusal what was said of a mistyped password
   * @param nothingStored whether there was no inbox after that
   * @param check how the servers answered to the right one
   */
  record Result(String refusal, boolean nothingStored, AccountCheck check, Inbox inbox) {}

  private final Stage stage;
  private final Narrator narrator;
  private final SetupDesk desk;

  private Opening(Stage stage) {
    this.stage = stage;
    this.narrator = stage.narrator();
    this.desk = stage.shop().engage().setupOf(Shop.SVEN);
  }

  static Result play(Stage stage) {
    return new Opening(stage).play();
  }

  private Result play() {
    narrator.chapter("Sven of the head office opens an inbox for rentals");
    narrator.tell("He mistypes the password. Both servers are asked before anything is stored:");
    String refusal = Stage.refused(save("rentels-password"));
    narrator.say("refused", PORT.matcher(refusal).replaceAll("'"));
    boolean nothing = find().isEmpty() && isAccountUnknown();
    narrator.tell("Once more:");
    SavedInbox saved = Stage.done(save(Shop.RENTALS_PASSWORD));
    stage.shop().keepPassword(Shop.RENTALS, Credential.password(Shop.RENTALS_PASSWORD));
    AccountCheck check = Objects.requireNonNull(saved.check(), "a new account is tried");
    check.findings().forEach(this::say);
    return new Result(refusal, nothing, check, giveWords());
  }

  private Outcome<SavedInbox> save(String password) {
    MailServer server = stage.shop().server();
    return desk.saveInbox(
        Inbox.of("rentals", "Ridgeway Rentals", "rentals@ridgeway.example", Shop.RENTALS),
        new StoredAccount(MailAccount.of("rentals", "rentals", server.imap(), server.smtp()), 0),
        Credential.password(password));
  }

  private boolean isAccountUnknown() {
    return desk.accounts().stream().noneMatch(it -> it.account().id().equals(Shop.RENTALS));
  }

  private void say(AccountCheck.Finding finding) {
    narrator.say(
        finding.server() + " " + finding.what(), finding.good() ? "green" : finding.words());
  }

  /** What the inbox says by itself: that a mail has come, and how customers rate an answer. */
  private Inbox giveWords() {
    narrator.tell("Whoever writes hears that it has come, and may rate what they are answered.");
    Stage.done(
        desk.templates()
            .save(
                Template.of(
                    THANKS.value(),
                    "Thanks",
                    Template.Purpose.CONFIRMATION,
                    "We have your mail",
                    "Dear ${customer.name},\n\nwe have your mail and answer today. Its number"
                        + " is ${number}.")));
    Inbox now = find().orElseThrow();
    InboxSettings settings =
        now.settings()
            .change()
            .confirmation(new Confirmation(THANKS, true, stage.shop().clock().instant()))
            .rating(new RatingRequest("How did we do?", "Thank you, ride safely!"))
            .build();
    return Stage.done(desk.saveInbox(now.withSettings(settings))).inbox();
  }

  private Optional<Inbox> find() {
    return stage.shop().engage().inboxes().stream()
        .filter(each -> each.id().equals(RENTALS))
        .findFirst();
  }
}
